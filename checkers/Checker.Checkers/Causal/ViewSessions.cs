using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// The sessions that can matter to the view of one session, numbered from 0: all of them, or, where only program order counts, those that
/// the session reads from and itself. A history in which thousands of processes were retired one after another has as many sessions, but
/// each of them reads from few.
/// </summary>
/// <remarks>One instance serves many views of one thread one after another, and takes 4 bytes × sessions, and the timestamps of the largest view so
/// far.</remarks>
internal sealed class ViewSessions(RegisterHistory history)
{
    private readonly int[] _local = new int[history.SessionCount];
    private int[] _sessions = [];
    private int[] _stationClocks = [];
    private int[] _ownClocks = [];

    /// <summary>The cursors of the thread.</summary>
    public WriteCursors Cursors { get; } = new(history);

    /// <summary>Room for the timestamps of a view's stations, until the next view of the thread begins; the contents are left over.</summary>
    public int[] StationClocks(int length) => AtLeast(ref _stationClocks, length);

    /// <summary>The same for those of its own operations.</summary>
    public int[] OwnClocks(int length) => AtLeast(ref _ownClocks, length);

    /// <summary>How many sessions matter.</summary>
    public int Count => _sessions.Length;

    /// <summary>The sessions, ascending.</summary>
    public ReadOnlySpan<int> Sessions => _sessions;

    /// <summary>The number of a session; −1 if it does not matter.</summary>
    public int this[int session] => _local[session] - 1;

    /// <summary>Begins the view of a session.</summary>
    public void Begin(int view, bool all)
    {
        foreach (var session in _sessions) _local[session] = 0;
        if (all)
        {
            if (_sessions.Length < history.SessionCount) _sessions = [.. Enumerable.Range(0, history.SessionCount)];
        }
        else
        {
            var sessions = new List<int> { view };
            _local[view] = 1;
            for (var op = history.Start[view]; op < history.Start[view + 1]; op++)
            {
                if (history.Source[op] < 0 || _local[history.Session[history.Source[op]]] > 0) continue;
                sessions.Add(history.Session[history.Source[op]]);
                _local[sessions[^1]] = 1;
            }

            sessions.Sort();
            _sessions = [.. sessions];
        }

        for (var i = 0; i < _sessions.Length; i++) _local[_sessions[i]] = i + 1;
    }

    /// <summary>The entries of <see cref="RegisterHistory.SessionWrites"/> of a key whose sessions matter.</summary>
    public int Entries(int key, Span<int> into)
    {
        var (first, end) = (history.SessionWritesStart[key], history.SessionWritesStart[key + 1]);
        var count = 0;
        if (end - first <= 8 * _sessions.Length)
        {
            for (var entry = first; entry < end; entry++)
            {
                if (_local[history.SessionWrites[entry].Session] > 0) into[count++] = entry;
            }

            return count;
        }

        foreach (var session in _sessions)
        {
            var (low, high) = (first, end);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (history.SessionWrites[middle].Session < session) low = middle + 1;
                else high = middle;
            }

            if (low < end && history.SessionWrites[low].Session == session) into[count++] = low;
            first = low;
        }

        return count;
    }

    private static int[] AtLeast(ref int[] clocks, int length)
    {
        if (clocks.Length < length) clocks = GC.AllocateUninitializedArray<int>((int)Math.Min(Array.MaxLength, length + (length / 4L)));
        return clocks;
    }
}
