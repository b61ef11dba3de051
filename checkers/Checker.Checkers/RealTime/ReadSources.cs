namespace Checker.Checkers.RealTime;

/// <summary>
/// For each operation that reads: the write it may have read from, and what real time says about it. One walk over the events, O(n).
/// </summary>
/// <remarks>
/// Of several writes of the value the one that ended last is taken: a write w lies between a source and a read iff it began after the
/// source had ended and ended before the read began, so no other source can do better.
/// </remarks>
internal sealed class ReadSources
{
    /// <summary>The source of a read of the initial value.</summary>
    public const int Initial = -1;

    /// <summary>Nobody had begun to write the value when the read ended.</summary>
    public const int Nobody = -2;

    private readonly RegisterTimes _times;
    private readonly int[] _source;
    private readonly int[] _newest;
    private readonly bool[] _overlaps;
    private readonly bool[] _ambiguous;

    private ReadSources(RegisterTimes times)
    {
        _times = times;
        var count = times.History.Count;
        _source = new int[count];
        _newest = new int[count];
        _overlaps = new bool[count];
        _ambiguous = new bool[times.History.KeyCount];
    }

    /// <summary>The write that a read may have read from; <see cref="Initial"/>; or <see cref="Nobody"/>.</summary>
    public int Source(int read) => _source[read];

    /// <summary>Of the writes that had certainly ended when an operation that reads began, the one that began last; −1 if there is
    /// none.</summary>
    public int Newest(int read) => _newest[read];

    /// <summary>Whether some write, other than itself, was under way at some time during an operation that reads.</summary>
    public bool Overlaps(int read) => _overlaps[read];

    /// <summary>Whether some read of a key may have read from several writes, or from one or the initial value.</summary>
    public bool IsAmbiguous(int key) => _ambiguous[key];

    /// <summary>Whether a read returned a value that was certainly out of date, or that nobody had begun to write.</summary>
    public bool IsIrregular(int read)
    {
        var source = _source[read];
        if (source == Nobody) return true;
        var newest = _newest[read];
        return newest >= 0 && (source == Initial || _times.Return(source) < _times.History.Invoke[newest]);
    }

    /// <summary>Walks the events.</summary>
    /// <param name="times">The history.</param>
    /// <param name="never">Operations of unknown outcome that did not happen; null if there are none.</param>
    public static ReadSources Find(RegisterTimes times, IReadOnlySet<int>? never = null)
    {
        var sources = new ReadSources(times);
        sources.Walk(never);
        return sources;
    }

    private void Walk(IReadOnlySet<int>? never)
    {
        var history = _times.History;
        var invokes = history.Invoke;
        var keys = history.Key;
        var newest = new int[history.KeyCount];
        Array.Fill(newest, -1);
        var begun = new int[history.KeyCount];
        var open = new int[history.KeyCount];
        var begunBefore = new int[history.Count];
        var writers = new LatestWriters(history.Count);
        var next = 0;
        for (var position = 0; position < history.EventCount; position++)
        {
            if (next < invokes.Length && invokes[next] == position)
            {
                var op = next++;
                var key = keys[op];
                var writes = _times.Writes(op) && never?.Contains(op) != true;
                if (_times.Reads(op))
                {
                    _newest[op] = newest[key];
                    _overlaps[op] = open[key] > 0;
                    begunBefore[op] = begun[key] + (writes ? 1 : 0);
                }

                if (!writes) continue;
                writers.Add(key, _times.WrittenValue(op), op, _times.Return(op));
                begun[key]++;
                open[key]++;
                continue;
            }

            var done = _times.CompletedAt(position);
            if (done < 0) continue;
            var at = keys[done];
            if (_times.Reads(done)) Settle(done, at, writers, begun[at] > begunBefore[done]);
            if (!_times.Writes(done)) continue;
            open[at]--;
            if (newest[at] < done) newest[at] = done;
        }

        if (!_times.HasUnknownSwaps) return;
        for (var op = 0; op < history.Count; op++)
        {
            if (_times.Reads(op) && !_times.IsCertain(op)) Settle(op, keys[op], writers, begun[keys[op]] > begunBefore[op]);
        }
    }

    private void Settle(int read, int key, LatestWriters writers, bool overlapped)
    {
        var value = _times.ReadValue(read);
        var source = writers.Latest(key, value, out var several);
        _source[read] = source >= 0 ? source : value == _times.Initial ? Initial : Nobody;
        _ambiguous[key] |= several || (source >= 0 && value == _times.Initial);
        _overlaps[read] |= overlapped;
    }
}
