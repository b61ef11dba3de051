using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.Staleness;

/// <summary>
/// The writes of each key that certainly happened, in the order in which they began, so that "how many began after that one had ended"
/// is a difference of two numbers. O(n) to build; a question costs O(writes of the key under way).
/// </summary>
internal sealed class CertainWrites
{
    private readonly RegisterTimes _times;
    private readonly int[] _ordinal; // of a certain write: how many of its key began before it
    private readonly int[] _begunAtReturn; // of a certain write: how many of its key had begun when it ended
    private readonly int[] _start; // of each key in _firstEnd
    private readonly int[] _firstEnd; // per key and ordinal: the earliest end of that write and those that began later

    public CertainWrites(RegisterTimes times)
    {
        _times = times;
        var history = times.History;
        _ordinal = new int[history.Count];
        _begunAtReturn = new int[history.Count];
        _start = new int[history.KeyCount + 1];
        var keys = history.Key;
        for (var op = 0; op < history.Count; op++)
        {
            if (IsCertainWrite(op)) _ordinal[op] = _start[keys[op] + 1]++;
        }

        for (var key = 0; key < history.KeyCount; key++) _start[key + 1] += _start[key];
        _firstEnd = new int[_start[^1]];
        for (var op = 0; op < history.Count; op++)
        {
            if (IsCertainWrite(op)) _firstEnd[_start[keys[op]] + _ordinal[op]] = times.Return(op);
        }

        for (var key = 0; key < history.KeyCount; key++)
        {
            for (var at = _start[key + 1] - 2; at >= _start[key]; at--) _firstEnd[at] = Math.Min(_firstEnd[at], _firstEnd[at + 1]);
        }
    }

    /// <summary>For each of some reads: how many certain writes of its key began after its source had ended, and ended before it
    /// began.</summary>
    public int[] VersionsBehind(ReadSources sources, int[] reads)
    {
        var history = _times.History;
        var keys = history.Key;
        var invokes = history.Invoke;
        var behind = new int[reads.Length];
        var begun = new int[history.KeyCount];
        var open = new OpenWrites(history);
        var next = 0;
        var read = 0;
        for (var position = 0; position < history.EventCount; position++)
        {
            if (next < invokes.Length && invokes[next] == position)
            {
                var op = next++;
                var key = keys[op];
                if (read < reads.Length && reads[read] == op)
                {
                    var known = BegunWhenEnded(sources.Source(op), position);
                    if (begun[key] > known) behind[read] = begun[key] - known - open.CountFrom(key, known, _ordinal);
                    read++;
                }

                // A compare-and-set reads before it writes.
                if (!IsCertainWrite(op)) continue;
                begun[key]++;
                open.Add(key, op);
                continue;
            }

            var done = _times.CompletedAt(position);
            if (done < 0 || !_times.Writes(done)) continue;
            open.Remove(keys[done], done);
            _begunAtReturn[done] = begun[keys[done]];
        }

        return behind;
    }

    /// <summary>The first position at which a write that is certainly newer than a source had ended. There must be one.</summary>
    public int FirstEndOfNewer(int key, int source) => _firstEnd[_start[key] + BegunWhenEnded(source, History.Never)];

    // How many writes of the key had begun when a source ended; all, if it had not ended at a position.
    private int BegunWhenEnded(int source, int position) =>
        source == ReadSources.Initial ? 0 : _times.Return(source) < position ? _begunAtReturn[source] : int.MaxValue;

    private bool IsCertainWrite(int op) => _times.Writes(op) && _times.IsCertain(op);
}
