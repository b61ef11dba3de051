using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// What one process must believe about the order of all writes over the causal order, as <see cref="ProcessView"/> says it, without timestamps: the past of
/// its operations is found by walking back from them. For the view of a session or two of a history of thousands, whose timestamps would be many.
/// </summary>
/// <remarks>
/// The past of a process's operations only grows, so one number for each operation, the process's first operation that has it in its past,
/// holds all of them; what is forced lowers it. O(operations + rounds × (the session's reads × sessions that write their keys)) time, but for operations
/// whose number is lowered again; 4 bytes × operations. Program order and reads-from must have no cycle.
/// </remarks>
internal sealed class WalkedView
{
    private const int OperationsOfStep = 8;

    private readonly RegisterHistory _history;
    private readonly int _session;
    private readonly int[] _knownTo;
    private readonly Stack<int> _ahead = new();
    private readonly Dictionary<int, List<int>> _forcedBefore = [];
    private readonly HashSet<(int From, int To)> _known = [];
    private long _visited;

    public WalkedView(RegisterHistory history, int session)
    {
        _history = history;
        _session = session;
        _knownTo = new int[history.Count];
        Array.Fill(_knownTo, int.MaxValue);
    }

    /// <summary>The edges that were forced, in the order in which they were found.</summary>
    public List<ForcedEdge> Forced { get; } = [];

    /// <summary>Steps taken: a share of the operations passed.</summary>
    public long Steps => _visited / OperationsOfStep;

    /// <summary>Saturates.</summary>
    /// <returns>What is wrong with the view, or null.</returns>
    public Contradiction? Saturate()
    {
        for (var op = _history.Start[_session]; op < _history.Start[_session + 1]; op++)
        {
            LowerBefore(op, op);
            Walk();
        }

        // What is forced only adds to what is before the reads: the last round, which finds nothing, proves that nothing is missing.
        for (var found = -1; found < Forced.Count;)
        {
            found = Forced.Count;
            for (var op = _history.Start[_session]; op < _history.Start[_session + 1]; op++)
            {
                if (_history.Reads(op) && Force(op) is { } contradiction) return contradiction;
            }
        }

        return ForcedGraph.IsAcyclic(_history, Forced) ? null : Circle();
    }

    // The writes that are before a read are before its source; of each session the last one stands for those before it.
    private Contradiction? Force(int read)
    {
        var source = _history.Source[read];
        foreach (var writes in _history.SessionWritesOf(_history.Key[read]))
        {
            _visited++;
            var older = LastBefore(writes, read);
            if (older < 0 || older == source) continue;
            if (source == RegisterHistory.Initial) return new Contradiction(older, RegisterHistory.Initial, read);
            if (_history.Session[older] == _history.Session[source] && older < source) continue;
            if (!_known.Add((older, source))) continue;
            Forced.Add(new ForcedEdge(older, source, read));
            if (!_forcedBefore.TryGetValue(source, out var list)) _forcedBefore[source] = list = [];
            list.Add(older);
            Lower(older, KnownTo(source));
            Walk();
        }

        return null;
    }

    // The first edge that closes a circle with those found before it.
    private Contradiction Circle()
    {
        var (low, high) = (0, Forced.Count - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ForcedGraph.IsAcyclic(_history, Forced[..(middle + 1)])) low = middle + 1;
            else high = middle;
        }

        var closing = Forced[low];
        Forced.RemoveRange(low + 1, Forced.Count - low - 1);
        return new Contradiction(closing.From, closing.To, closing.Because);
    }

    // The past of an operation is the beginning of each session, of its own session what comes before it: that more is known to be before it is a circle.
    private int LastBefore(in SessionWrites writes, int read)
    {
        if (writes.Session == _session) return _history.LastWrite(writes, read - 1);
        var (low, high) = (writes.First, writes.End);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_knownTo[_history.Writers[middle]] <= read) low = middle + 1;
            else high = middle;
        }

        return low > writes.First ? _history.Writers[low - 1] : -1;
    }

    private void Walk()
    {
        while (_ahead.TryPop(out var op)) LowerBefore(op, KnownTo(op));
    }

    // The process's first operation that has the past of an operation in its own: what is before a compare-and-set's write is before its read as well.
    private int KnownTo(int op) => _history.Session[op] == _session ? op : _knownTo[op];

    private void LowerBefore(int op, int by)
    {
        Lower(_history.Previous(op), by);
        Lower(_history.Source[op], by);
        if (!_forcedBefore.TryGetValue(op, out var forced)) return;
        foreach (var older in forced) Lower(older, by);
    }

    private void Lower(int op, int by)
    {
        if (op < 0 || _knownTo[op] <= by) return;
        _visited++;
        _knownTo[op] = by;
        _ahead.Push(op);
    }
}
