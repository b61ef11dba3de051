using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Writes whose order is forced, and reads that each say how many of them came before: at least so many, at most so many. Each read takes
/// the first place that real time allows; that is never worse than a later one. O(n).
/// </summary>
/// <param name="history">The rows.</param>
/// <param name="writes">How many writes there are at most.</param>
/// <param name="reads">How many reads.</param>
internal sealed class SequencedReads(KeyHistory history, int writes, int reads)
{
    private readonly int[] _writes = GC.AllocateUninitializedArray<int>(writes);
    private readonly SequencedRead[] _reads = GC.AllocateUninitializedArray<SequencedRead>(reads);
    private int _writeCount;
    private int _readCount;
    private int[] _places = []; // by read: how many writes come before it

    /// <summary>If there is no order: the row that returned before <see cref="Late"/> was invoked, although it has to come after it.</summary>
    public int Early { get; private set; } = -1;

    /// <summary>If there is no order: the row that has to come before <see cref="Early"/>.</summary>
    public int Late { get; private set; } = -1;

    /// <summary>The reads so far.</summary>
    public ReadOnlySpan<SequencedRead> Reads => _reads.AsSpan(0, _readCount);

    private ReadOnlySpan<int> Writes => _writes.AsSpan(0, _writeCount);

    /// <summary>The next write in the forced order.</summary>
    public void Write(int row) => _writes[_writeCount++] = row;

    /// <summary>A read; they are added in the order of invocation.</summary>
    public void Read(int row, int least, int most) => _reads[_readCount++] = new(row, least, most);

    /// <summary>Whether some order explains all rows; otherwise <see cref="Early"/> and <see cref="Late"/> say why there is none.</summary>
    public bool HasOrder()
    {
        if (RealTime.IsBroken(Writes, history, out var early, out var late)) return Fail(early, late);
        var invokes = history.Invokes;
        var returns = history.Returns;
        using var rented = new Rented<int>(2 * (_writeCount + 1));
        var reached = rented.Span[..(_writeCount + 1)]; // the latest invocation among the first so many writes
        var ahead = rented.Span[(_writeCount + 1)..];   // the earliest return from there on
        Bound(reached, ahead);
        using var ends = new Rented<int>(_readCount);
        for (var i = 0; i < _readCount; i++) ends.Span[i] = returns[_reads[i].Row];
        using var byReturn = PositionSort.NumbersByPosition(ends.Span);
        _places = GC.AllocateUninitializedArray<int>(_readCount);
        var (finished, floor, floorRow, after) = (0, 0, -1, 0);
        for (var i = 0; i < _readCount; i++)
        {
            var (row, least, most) = _reads[i];
            for (; finished < _readCount && ends.Array[byReturn.Array[finished]] < invokes[row]; finished++)
            {
                var before = byReturn.Array[finished];
                if (_places[before] > floor) (floor, floorRow) = (_places[before], _reads[before].Row);
            }

            while (ahead[after] <= invokes[row]) after++;
            if (after > most) return Fail(EarliestFrom(most), row);
            if (floor > most) return Fail(floorRow, row);
            var place = Math.Max(least, Math.Max(floor, after));
            if (reached[place] > returns[row]) return Fail(row, LatestUpTo(place));
            _places[i] = place;
        }

        return true;
    }

    /// <summary>After <see cref="HasOrder"/> said so: all rows in an order that explains them.</summary>
    public int[] Order()
    {
        var next = new int[_writeCount + 1]; // by place: where its reads begin
        foreach (var place in _places) next[place]++;
        var sum = 0;
        for (var place = 0; place < next.Length; place++)
        {
            var count = next[place];
            next[place] = sum;
            sum += count + 1; // the write behind them
        }

        var rows = new int[_writeCount + _readCount];
        for (var i = 0; i < _readCount; i++) rows[next[_places[i]]++] = _reads[i].Row;
        for (var place = 0; place < _writeCount; place++) rows[next[place]] = _writes[place];
        return rows;
    }

    private void Bound(Span<int> reached, Span<int> ahead)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        reached[0] = -1;
        ahead[^1] = int.MaxValue;
        for (var i = 0; i < _writeCount; i++) reached[i + 1] = Math.Max(reached[i], invokes[_writes[i]]);
        for (var i = _writeCount - 1; i >= 0; i--) ahead[i] = Math.Min(ahead[i + 1], returns[_writes[i]]);
    }

    private bool Fail(int early, int late)
    {
        (Early, Late) = (early, late);
        return false;
    }

    private int EarliestFrom(int start)
    {
        var best = _writes[start];
        foreach (var row in Writes[start..])
        {
            if (history.Returns[row] < history.Returns[best]) best = row;
        }

        return best;
    }

    private int LatestUpTo(int end)
    {
        var best = _writes[0];
        foreach (var row in Writes[..end])
        {
            if (history.Invokes[row] > history.Invokes[best]) best = row;
        }

        return best;
    }
}
