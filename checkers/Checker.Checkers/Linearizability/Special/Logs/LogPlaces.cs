using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>
/// Gives the sends that nobody told their offsets the offsets that are left: the holes below the greatest known one, all of which must be filled,
/// and those beyond. Real time allows each send a range of offsets; the next offset goes to the send that must be placed soonest, sends of
/// unknown outcome last (Glover, "Maximum matching in a convex bipartite graph", 1967). O(n log n).
/// </summary>
internal sealed class LogPlaces
{
    private readonly KeyHistory _history;
    private readonly LogSends _sends;
    private readonly List<int> _unplaced;
    private readonly int[] _earliest; // by offset: the earliest return of what has to come after it
    private readonly int[] _latest;   // by offset: the latest invocation of what has to come before it

    public LogPlaces(KeyHistory history, LogSends sends, List<int> unplaced)
    {
        _history = history;
        _sends = sends;
        _unplaced = unplaced;
        _earliest = new int[sends.Count + 1];
        _latest = new int[sends.Count + 1];
        Array.Fill(_earliest, int.MaxValue);
        Array.Fill(_latest, -1);
        foreach (var (offset, row) in sends.Known())
        {
            if (offset > 0) Before((int)offset - 1, history.Returns[row]);
            After((int)offset + 1, history.Invokes[row]);
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll) continue;
            var (least, most) = (LogRows.Least(history, row), LogRows.Most(history, row));
            if (least > 0) Before(least - 1, history.Returns[row]);
            if (most < _latest.Length) After(most, history.Invokes[row]);
        }

        for (var offset = _earliest.Length - 2; offset >= 0; offset--) _earliest[offset] = Math.Min(_earliest[offset], _earliest[offset + 1]);
        for (var offset = 1; offset < _latest.Length; offset++) _latest[offset] = Math.Max(_latest[offset], _latest[offset - 1]);

        void Before(int offset, int returns) => _earliest[offset] = Math.Min(_earliest[offset], returns);
        void After(int offset, int invoke) => _latest[offset] = Math.Max(_latest[offset], invoke);
    }

    /// <summary>If a hole could not be filled: its offset.</summary>
    public int Hole { get; private set; } = -1;

    /// <summary>If a send could not be placed: its row.</summary>
    public int Homeless { get; private set; } = -1;

    /// <summary>All sends by offset; null, with <see cref="Hole"/> or <see cref="Homeless"/>, if there is no way.</summary>
    public List<int>? Fill()
    {
        var log = new List<int>(_sends.Count);
        var open = new PriorityQueue<(int Row, int Last), int>();
        var next = 0;
        for (var offset = 0; offset < _sends.Count; offset++)
        {
            if (_sends[offset] is >= 0 and var known)
            {
                log.Add(known);
                continue;
            }

            for (; next < _unplaced.Count && First(_unplaced[next]) <= offset; next++)
            {
                var (row, last) = (_unplaced[next], Last(_unplaced[next]));
                if (last < offset) return Fail(-1, row);
                open.Enqueue((row, last), _history.Returns[row]);
            }

            if (!open.TryPeek(out var soonest, out var returns))
            {
                if (offset > _sends.Last) break;
                return Fail(offset, -1);
            }

            if (soonest.Last < offset) return Fail(-1, soonest.Row);
            if (offset > _sends.Last && returns == KeyHistory.Never) break; // nobody needs it
            open.Dequeue();
            log.Add(soonest.Row);
        }

        return log;
    }

    private List<int>? Fail(int hole, int homeless)
    {
        (Hole, Homeless) = (hole, homeless);
        return null;
    }

    // The first offset before everything of which the send had begun.
    private int First(int row)
    {
        var (low, high) = (0, _earliest.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_earliest[middle] > _history.Invokes[row]) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    // The last offset after nothing of which the send had ended.
    private int Last(int row)
    {
        var (low, high) = (-1, _latest.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (_latest[middle] < _history.Returns[row]) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
