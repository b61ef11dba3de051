using Checker.Checkers.Linearizability.Problems;

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
    private readonly int[] _earliest = []; // by offset: the earliest return of what has to come after it
    private readonly int[] _latest = [];   // by offset: the latest invocation of what has to come before it

    public LogPlaces(KeyHistory history, LogSends sends, List<int> unplaced)
    {
        _history = history;
        _sends = sends;
        _unplaced = unplaced;
        if (unplaced.Count > 0) (_earliest, _latest) = Bounds(history, sends);
    }

    /// <summary>If a hole could not be filled: its offset.</summary>
    public int Hole { get; private set; } = -1;

    /// <summary>If a send could not be placed: its row.</summary>
    public int Homeless { get; private set; } = -1;

    /// <summary>Puts all sends into their order; false, with <see cref="Hole"/> or <see cref="Homeless"/>, if there is no way.</summary>
    public bool Fill()
    {
        var log = _sends.Polls;
        var open = new PriorityQueue<(int Row, int Last), int>();
        var next = 0;
        for (var offset = 0; offset < _sends.Count; offset++)
        {
            if (_sends[offset] is >= 0 and var known)
            {
                log.Write(known);
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
            log.Write(soonest.Row);
        }

        return true;
    }

    private bool Fail(int hole, int homeless)
    {
        (Hole, Homeless) = (hole, homeless);
        return false;
    }

    private static (int[] Earliest, int[] Latest) Bounds(in KeyHistory history, LogSends sends)
    {
        var (earliest, latest) = (new int[sends.Count + 1], new int[sends.Count + 1]);
        Array.Fill(earliest, int.MaxValue);
        Array.Fill(latest, -1);
        var invokes = history.Invokes;
        var returns = history.Returns;
        for (var offset = 0; offset <= sends.Last; offset++)
        {
            if (sends[offset] is not (>= 0 and var row)) continue;
            if (offset > 0) Before(offset - 1, returns[row]);
            After(offset + 1, invokes[row]);
        }

        foreach (var (row, least, most) in sends.Polls.Reads)
        {
            if (least > 0) Before(least - 1, returns[row]);
            if (most < latest.Length) After(most, invokes[row]);
        }

        for (var offset = earliest.Length - 2; offset >= 0; offset--) earliest[offset] = Math.Min(earliest[offset], earliest[offset + 1]);
        for (var offset = 1; offset < latest.Length; offset++) latest[offset] = Math.Max(latest[offset], latest[offset - 1]);
        return (earliest, latest);

        void Before(int offset, int returned) => earliest[offset] = Math.Min(earliest[offset], returned);
        void After(int offset, int invoked) => latest[offset] = Math.Max(latest[offset], invoked);
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
