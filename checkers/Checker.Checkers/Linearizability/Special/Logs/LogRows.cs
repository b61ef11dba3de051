using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>What the rows of a log say about offsets.</summary>
internal static class LogRows
{
    /// <summary>The offset that a send was told; null if it was not.</summary>
    public static long? Offset(in KeyHistory history, int row) =>
        Offset(history.History.Values, history.Types[row], history.Inputs[row], history.Outputs[row]);

    /// <summary>The offset that a send was told; null if it was not.</summary>
    public static long? Offset(ValueTable values, OperationType type, ValueId input, ValueId output)
    {
        if (type != OperationType.Ok || output == input) return null;
        if (values.TryGetList(output, out var items) && items is [var first, var sent] && sent == input) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }

    /// <summary>How many entries there are at least where a poll stands.</summary>
    public static int Least(ValueTable values, ReadOnlySpan<ValueId> shown)
    {
        var least = 0L;
        foreach (var pair in shown) least = Math.Max(least, Pair(values, pair).Offset + 1);
        return (int)least;
    }

    /// <summary>How many entries there are at most where a poll stands: it was asked for the one beyond and did not show it.</summary>
    public static int Most(ValueTable values, ValueId asked, ReadOnlySpan<ValueId> shown)
    {
        var most = (long)int.MaxValue;
        if (!values.TryGetList(asked, out var offsets)) return int.MaxValue;
        foreach (var one in offsets)
        {
            if (!values.TryGetInteger(one, out var offset) || offset < 0) continue;
            var found = false;
            foreach (var pair in shown) found |= values.Items(pair)[0] == one;
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

    /// <summary>Whether a poll's result is a list of pairs of an offset and an entry; the pairs, if so.</summary>
    public static bool TryGetPairs(ValueTable values, ValueId list, out ReadOnlySpan<ValueId> pairs)
    {
        pairs = [];
        if (list.IsNull) return true;
        if (!values.TryGetList(list, out pairs)) return false;
        foreach (var pair in pairs)
        {
            if (!values.TryGetList(pair, out var items) || items is not [var offset, _] || !values.TryGetInteger(offset, out _)) return false;
        }

        return true;
    }

    /// <summary>The items of a list; none if it is null.</summary>
    public static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) => list.IsNull ? [] : values.Items(list);
}
