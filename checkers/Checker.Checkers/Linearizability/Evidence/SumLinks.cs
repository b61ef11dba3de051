using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of identifiers and sums: an identifier goes alone, a fetch-and-add with everything that found a greater sum. One of unknown outcome may have
/// filled a gap; it stays while there is one. Where sums also fall, nothing is known.
/// </summary>
internal static class SumLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var values = history.History.Values;
        var steps = new List<(long Before, long After)>();
        var falls = false;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.FetchAndAdd) continue;
            var delta = values.TryGetInteger(history.Inputs[row], out var given) ? given : 1;
            falls |= delta < 0;
            if (history.Types[row] != OperationType.Ok || !values.TryGetInteger(history.Outputs[row], out var before)) continue;
            steps.Add((before, before + delta));
            links.TakeUpTo(row, before);
            if (delta != 0) links.GiveFrom(row, before);
        }

        steps.Sort();
        var end = values.TryGetInteger(history.Initial, out var initial) ? initial : 0;
        var gap = false;
        foreach (var (before, after) in steps)
        {
            gap |= before > end;
            end = Math.Max(end, after);
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.FetchAndAdd) continue;
            var known = links.TakesUpTo(row) != long.MinValue;
            links.Stays[row] = falls || (gap && !known);
        }
    }
}
