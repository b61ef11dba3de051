using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of a log: what stands at an offset goes together with everything that stands, or is shown, there or further on. A send whose offset nobody
/// knows may have filled a hole; it stays while there is one, and nothing goes that would leave a hole where there was none.
/// </summary>
internal static class LogLinks
{
    /// <summary>Adds them. Ranks are doubled offsets, so that what is shown at an offset comes after what stands there.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var values = history.History.Values;
        var shown = new Dictionary<ValueId, long>(); // the first offset at which an entry was shown
        var taken = new HashSet<long>();
        var places = new List<(int Row, long Offset)>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send)
            {
                if (Offset(history, row) is not { } offset) continue;
                taken.Add(offset);
                places.Add((row, offset));
                links.GivesFrom[row] = 2 * Math.Clamp(offset, -1, int.MaxValue);
                links.TakesUpTo[row] = links.GivesFrom[row];
                continue;
            }

            if (values.Kind(history.Outputs[row]) != ValueKind.List) continue;
            foreach (var pair in values.Items(history.Outputs[row]))
            {
                if (values.Kind(pair) != ValueKind.List || values.Items(pair) is not [var where, var entry] || !values.TryGetInteger(where, out var at)) continue;
                shown[entry] = Math.Min(at, shown.GetValueOrDefault(entry, long.MaxValue));
                taken.Add(at);
                places.Add((row, at));
                links.TakesUpTo[row] = Math.Max(links.TakesUpTo[row], (2 * Math.Clamp(at, -1, int.MaxValue)) + 1);
            }
        }

        var first = values.Kind(history.Initial) == ValueKind.List ? values.Items(history.Initial).Length : 0;
        var end = (long)first;
        while (taken.Contains(end)) end++;
        var hole = taken.Any(offset => offset > end);
        if (!hole) links.Opens = gone => HasHole(places, gone, first);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Send || links.GivesFrom[row] != long.MaxValue) continue;
            links.Stays[row] = hole;
            links.GivesFrom[row] = 2 * Math.Clamp(Math.Min(end, shown.GetValueOrDefault(history.Inputs[row], long.MaxValue)), -1, int.MaxValue);
        }
    }

    private static bool HasHole(List<(int Row, long Offset)> places, bool[] gone, long first)
    {
        var left = new HashSet<long>();
        var last = first - 1;
        foreach (var (row, offset) in places)
        {
            if (gone[row] || offset < first || !left.Add(offset)) continue;
            last = Math.Max(last, offset);
        }

        return last - first + 1 > left.Count;
    }

    private static long? Offset(in KeyHistory history, int row)
    {
        if (history.Types[row] != OperationType.Ok || history.Outputs[row] == history.Inputs[row]) return null;
        var values = history.History.Values;
        var output = history.Outputs[row];
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [var first, var sent] && sent == history.Inputs[row]) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }
}
