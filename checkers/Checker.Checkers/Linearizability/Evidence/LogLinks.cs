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
        var values = history.History.Values;
        var first = Malformations.ItemsOf(values, history.Initial).Length;
        var end = FirstFree(history, [], first, out var hole);
        var shown = Unplaced(history, end);
        for (var row = 0; row < history.Count; row++)
        {
            if (Takes(history, row) is > long.MinValue and var taken) links.TakeUpTo(row, taken);
            if (history.Functions[row] != Function.Send) continue;
            if (Offset(history, row) is { } offset)
            {
                links.GiveFrom(row, Rank(offset));
                continue;
            }

            links.Stays[row] = hole;
            links.GiveFrom(row, Rank(shown[history.Inputs[row]]));
        }

        var whole = history;
        if (!hole) links.Opens = gone => FirstFree(whole, gone, first, out var opened) >= 0 && opened;
    }

    /// <summary>
    /// Marks what the rows that are marked need, as <see cref="Dependence.AddNeeds(bool[], bool)"/> does, without a list of what goes with what: of long
    /// histories.
    /// </summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        var end = FirstFree(history, [], Malformations.ItemsOf(history.History.Values, history.Initial).Length, out var hole);
        var shown = Unplaced(history, end);
        var last = long.MinValue;
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) last = Math.Max(last, Takes(history, row));
        }

        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row] || history.Functions[row] != Function.Send) continue;
            var offset = Offset(history, row);
            kept[row] = (hole && offset is null) || Rank(offset ?? shown[history.Inputs[row]]) < last;
        }
    }

    private static long Rank(long offset) => 2 * Math.Clamp(offset, -1, int.MaxValue);

    // What a row comes after.
    private static long Takes(in KeyHistory history, int row)
    {
        if (history.Functions[row] == Function.Send) return Offset(history, row) is { } offset ? Rank(offset) : long.MinValue;
        var taken = long.MinValue;
        foreach (var pair in Malformations.ItemsOf(history.History.Values, history.Outputs[row]))
        {
            if (Shown(history, pair) is var (at, _)) taken = Math.Max(taken, Rank(at) + 1);
        }

        return taken;
    }

    // By entry of the sends that do not know their offsets: the first one at which it was shown, or else where it would come next.
    private static Dictionary<ValueId, long> Unplaced(in KeyHistory history, long end)
    {
        var shown = new Dictionary<ValueId, long>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send && Offset(history, row) is null) shown[history.Inputs[row]] = end;
        }

        for (var row = 0; shown.Count > 0 && row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send) continue;
            foreach (var pair in Malformations.ItemsOf(history.History.Values, history.Outputs[row]))
            {
                if (Shown(history, pair) is var (at, entry) && shown.TryGetValue(entry, out var earliest) && at < earliest) shown[entry] = at;
            }
        }

        return shown;
    }

    // The first offset at which nothing stands or is shown, and whether something is further on.
    private static long FirstFree(in KeyHistory history, ReadOnlySpan<bool> gone, long first, out bool hole)
    {
        var most = 1L; // no more offsets than that are taken
        for (var row = 0; row < history.Count; row++)
            most += history.Functions[row] == Function.Send ? 1 : Malformations.ItemsOf(history.History.Values, history.Outputs[row]).Length;
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
        return values.TryGetList(pair, out var items) && items is [var where, var entry] && values.TryGetInteger(where, out var at) ? (at, entry) : null;
    }

    private static long? Offset(in KeyHistory history, int row)
    {
        if (history.Types[row] != OperationType.Ok || history.Outputs[row] == history.Inputs[row]) return null;
        var values = history.History.Values;
        var output = history.Outputs[row];
        if (values.TryGetList(output, out var items) && items is [var first, var sent] && sent == history.Inputs[row]) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }
}
