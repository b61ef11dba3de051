using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Writes whose order is forced, and reads that each say how many of them came before: at least so many, at most so many. Each read takes
/// the first
/// place that real time allows; that is never worse than a later one. O(n log n).
/// </summary>
internal sealed class SequencedReads(KeyHistory history)
{
    private readonly List<int> _writes = [];
    private readonly List<(int Row, int Least, int Most)> _reads = [];

    /// <summary>If not valid: the row that returned before <see cref="Late"/> was invoked, although it has to come after it.</summary>
    public int Early { get; private set; } = -1;

    /// <summary>If not valid: the row that has to come before <see cref="Early"/>.</summary>
    public int Late { get; private set; } = -1;

    /// <summary>The next write in the forced order.</summary>
    public void Write(int row) => _writes.Add(row);

    /// <summary>A read; they are added in the order of invocation.</summary>
    public void Read(int row, int least, int most) => _reads.Add((row, least, most));

    /// <summary>All rows in an order that explains them; null, with <see cref="Early"/> and <see cref="Late"/>, if there is none.</summary>
    public int[]? Order()
    {
        var writes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_writes);
        if (RealTime.IsBroken(writes, history, out var early, out var late)) return Fail(early, late);
        var invokes = history.Invokes;
        var returns = history.Returns;
        var reached = new int[writes.Length + 1]; // the latest invocation among the first so many writes
        var ahead = new int[writes.Length + 1];   // the earliest return from there on
        reached[0] = -1;
        ahead[^1] = int.MaxValue;
        for (var i = 0; i < writes.Length; i++) reached[i + 1] = Math.Max(reached[i], invokes[writes[i]]);
        for (var i = writes.Length - 1; i >= 0; i--) ahead[i] = Math.Min(ahead[i + 1], returns[writes[i]]);
        var byReturn = new long[_reads.Count];
        for (var i = 0; i < byReturn.Length; i++) byReturn[i] = PositionSort.Entry(returns[_reads[i].Row], i);
        PositionSort.Sort(byReturn);
        var places = new long[_reads.Count];
        var (finished, floor, floorRow) = (0, 0, -1);
        for (var i = 0; i < _reads.Count; i++)
        {
            var (row, least, most) = _reads[i];
            for (; finished < byReturn.Length && PositionSort.PositionOf(byReturn[finished]) < invokes[row]; finished++)
            {
                var before = PositionSort.NumberOf(byReturn[finished]);
                if (PositionSort.PositionOf(places[before]) <= floor) continue;
                (floor, floorRow) = (PositionSort.PositionOf(places[before]), _reads[before].Row);
            }

            var after = FirstAbove(ahead, invokes[row]);
            if (after > most) return Fail(EarliestFrom(writes, most), row);
            if (floor > most) return Fail(floorRow, row);
            var place = Math.Max(least, Math.Max(floor, after));
            if (reached[place] > returns[row]) return Fail(row, LatestUpTo(writes, place));
            places[i] = PositionSort.Entry(place, i);
        }

        return Merge(writes, places);
    }

    private int[] Merge(ReadOnlySpan<int> writes, long[] places)
    {
        PositionSort.Sort(places);
        var rows = new int[writes.Length + places.Length];
        var (next, read) = (0, 0);
        for (var place = 0; place <= writes.Length; place++)
        {
            while (read < places.Length && PositionSort.PositionOf(places[read]) == place) rows[next++] = _reads[PositionSort.NumberOf(places[read++])].Row;
            if (place < writes.Length) rows[next++] = writes[place];
        }

        return rows;
    }

    private int[]? Fail(int early, int late)
    {
        (Early, Late) = (early, late);
        return null;
    }

    private int EarliestFrom(ReadOnlySpan<int> writes, int start)
    {
        var best = writes[start];
        foreach (var row in writes[start..])
        {
            if (history.Returns[row] < history.Returns[best]) best = row;
        }

        return best;
    }

    private int LatestUpTo(ReadOnlySpan<int> writes, int end)
    {
        var best = writes[0];
        foreach (var row in writes[..end])
        {
            if (history.Invokes[row] > history.Invokes[best]) best = row;
        }

        return best;
    }

    private static int FirstAbove(int[] ahead, int position)
    {
        var (low, high) = (0, ahead.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ahead[middle] > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
