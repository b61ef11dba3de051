using System.Collections;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
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
        var first = Malformations.ItemsOf(history.History.Values, history.Initial).Length;
        var end = FirstFree(history, [], first, out var hole);
        var shown = new Dictionary<ValueId, long>(); // the first offset at which an entry of a send that does not know its own was shown
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send && Offset(history, row) is null) shown[history.Inputs[row]] = end;
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send)
            {
                if (Offset(history, row) is not { } offset) continue;
                links.GiveFrom(row, 2 * Math.Clamp(offset, -1, int.MaxValue));
                links.TakeUpTo(row, links.GivesFrom(row));
                continue;
            }

            foreach (var pair in Malformations.ItemsOf(history.History.Values, history.Outputs[row]))
            {
                if (Shown(history, pair) is not var (at, entry)) continue;
                if (shown.TryGetValue(entry, out var earliest) && at < earliest) shown[entry] = at;
                links.TakeUpTo(row, Math.Max(links.TakesUpTo(row), (2 * Math.Clamp(at, -1, int.MaxValue)) + 1));
            }
        }

        var whole = history;
        if (!hole) links.Opens = gone => FirstFree(whole, gone, first, out var opened) >= 0 && opened;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Send || Offset(history, row) is not null) continue;
            links.Stays[row] = hole;
            links.GiveFrom(row, 2 * Math.Clamp(shown[history.Inputs[row]], -1, int.MaxValue));
        }
    }

    // The first offset at which nothing stands or is shown, and whether something is further on.
    private static long FirstFree(in KeyHistory history, ReadOnlySpan<bool> gone, long first, out bool hole)
    {
        var most = 1L; // no more offsets than that are taken
        for (var row = 0; row < history.Count; row++) most += history.Functions[row] == Function.Send ? 1 : Malformations.ItemsOf(history.History.Values, history.Outputs[row]).Length;
        var taken = new BitArray((int)Math.Min(most, Array.MaxLength));
        var last = first - 1;
        for (var row = 0; row < history.Count; row++)
        {
            if (!gone.IsEmpty && gone[row]) continue;
            if (history.Functions[row] == Function.Send)
            {
                if (Offset(history, row) is { } offset) Mark(offset);
                continue;
            }

            foreach (var pair in Malformations.ItemsOf(history.History.Values, history.Outputs[row]))
            {
                if (Shown(history, pair) is var (at, _)) Mark(at);
            }
        }

        var end = 0;
        while (end < taken.Length && taken[end]) end++;
        hole = last > first + end;
        return first + end;

        void Mark(long offset)
        {
            last = Math.Max(last, offset);
            if (offset >= first && offset - first < taken.Length) taken[(int)(offset - first)] = true;
        }
    }

    private static (long Offset, ValueId Entry)? Shown(in KeyHistory history, ValueId pair)
    {
        var values = history.History.Values;
        return values.Kind(pair) == ValueKind.List && values.Items(pair) is [var where, var entry] && values.TryGetInteger(where, out var at) ? (at, entry) : null;
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
