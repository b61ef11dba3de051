using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>What the rows of a log say about offsets.</summary>
internal static class LogRows
{
    /// <summary>The offset that a send was told; null if it was not.</summary>
    public static long? Offset(in KeyHistory history, int row)
    {
        if (history.Types[row] != OperationType.Ok || history.Outputs[row] == history.Inputs[row]) return null;
        var values = history.History.Values;
        var output = history.Outputs[row];
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [var first, var sent] && sent == history.Inputs[row]) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }

    /// <summary>How many entries there are at least where a poll stands.</summary>
    public static int Least(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        var least = 0L;
        foreach (var pair in ItemsOf(values, history.Outputs[row])) least = Math.Max(least, Pair(values, pair).Offset + 1);
        return (int)least;
    }

    /// <summary>How many entries there are at most where a poll stands: it was asked for the one beyond and did not show it.</summary>
    public static int Most(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        if (values.Kind(history.Inputs[row]) != ValueKind.List) return int.MaxValue;
        var shown = ItemsOf(values, history.Outputs[row]);
        var most = (long)int.MaxValue;
        foreach (var asked in values.Items(history.Inputs[row]))
        {
            if (!values.TryGetInteger(asked, out var offset) || offset < 0) continue;
            var found = false;
            foreach (var pair in shown) found |= values.Items(pair)[0] == asked;
            if (!found) most = Math.Min(most, offset);
        }

        return (int)most;
    }

    /// <summary>What a pair in a poll's result says; offset −1 if it is no integer.</summary>
    public static (long Offset, ValueId Entry) Pair(ValueTable values, ValueId pair)
    {
        var items = values.Items(pair);
        return (values.TryGetInteger(items[0], out var offset) ? offset : -1, items[1]);
    }

    /// <summary>Whether a poll's result is a list of pairs of an offset and an entry.</summary>
    public static bool IsListOfPairs(ValueTable values, ValueId list)
    {
        if (list.IsNull) return true;
        if (values.Kind(list) != ValueKind.List) return false;
        foreach (var pair in values.Items(list))
        {
            if (values.Kind(pair) != ValueKind.List || values.Items(pair).Length != 2 || !values.TryGetInteger(values.Items(pair)[0], out _)) return false;
        }

        return true;
    }

    /// <summary>The items of a list; none if it is null.</summary>
    public static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) => list.IsNull ? [] : values.Items(list);
}
