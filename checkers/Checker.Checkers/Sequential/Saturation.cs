using Checker.Checkers.Causal;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Sequential;

/// <summary>
/// What every sequential order must keep: the least transitive relation that contains program order and reads-from, and for a read r of
/// w1 and another write w2 of the key: if w2 is before r then w2 is before w1; if w1 is before w2 then r is before w2 (Gibbons and Korach
/// 1997, section 4; a read of the initial value is before every write). Sound, but not complete: a relation without a cycle may still
/// have no order.
/// </summary>
/// <remarks>
/// One vector timestamp per operation, as in <see cref="CausalOrder"/>. Operations whose timestamp has grown are looked at again, in sweeps
/// over one topological order of program order and reads-from: each applies the first rule if it reads, the second if it writes, and hands
/// its timestamp on. A cycle shows as an operation that knows of a later one of its own session. O(sessions × log) each time an operation is
/// looked at. Of the edges into or out of one session only the tightest are added, since program order implies the others.
/// </remarks>
internal sealed class Saturation
{
    private const int None = -1;

    private readonly RegisterHistory _history;
    private readonly int _width;
    private readonly int[] _clocks;
    private readonly bool[] _grown;
    private readonly int[] _firstEdge;
    private readonly List<int> _nextEdge = [];
    private bool _cyclic;

    public Saturation(RegisterHistory history)
    {
        _history = history;
        _width = history.SessionCount;
        _clocks = GC.AllocateUninitializedArray<int>(checked(history.Count * _width));
        _grown = new bool[history.Count];
        _firstEdge = new int[history.Count];
        Array.Fill(_clocks, CausalOrder.None);
        Array.Fill(_grown, true);
        Array.Fill(_firstEdge, None);
        for (var op = 0; op < history.Count; op++) Clock(op)[history.Session[op]] = op;
    }

    /// <summary>The edges that were forced, in the order in which they were found.</summary>
    public List<ForcedEdge> Edges { get; } = [];

    /// <summary>Steps taken: comparisons of an operation with a session's writes.</summary>
    public long Steps { get; private set; }

    /// <summary>Saturates.</summary>
    /// <param name="maxSteps">The most steps.</param>
    /// <param name="cancellation">Stops it.</param>
    public SaturationOutcome Run(long maxSteps, CancellationToken cancellation)
    {
        if (CausalOrder.TrySort(_history) is not { } order) return SaturationOutcome.Cyclic;
        ForceInitialReads();
        for (var again = true; again;)
        {
            again = false;
            foreach (var op in order)
            {
                if (!_grown[op]) continue;
                if (Steps > maxSteps || cancellation.IsCancellationRequested) return SaturationOutcome.Stopped;
                again = true;
                _grown[op] = false;
                if (_history.Source[op] >= 0) PlaceSource(op);
                if (_history.Writes[op]) PlaceReaders(op);
                HandOn(op);
                if (_cyclic) return SaturationOutcome.Cyclic;
            }
        }

        return SaturationOutcome.FixedPoint;
    }

    // A read of the initial value is before each session's first write of the key.
    private void ForceInitialReads()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Source[op] != RegisterHistory.Initial) continue;
            foreach (var writes in _history.SessionWritesOf(_history.Key[op]))
            {
                var first = _history.Writers[writes.First];
                if (first == op || (first > op && _history.Session[first] == _history.Session[op])) continue;
                Add(new ForcedEdge(op, first, op));
            }
        }
    }

    // The writes that are before a read are before its source.
    private void PlaceSource(int read)
    {
        var source = _history.Source[read];
        foreach (var writes in _history.SessionWritesOf(_history.Key[read]))
        {
            Steps++;
            var bound = writes.Session == _history.Session[read] ? read - 1 : Clock(read)[writes.Session];
            // What the source knows of that session is known to be before it.
            if (bound < _history.Writers[writes.First] || Clock(source)[writes.Session] >= bound) continue;
            var older = _history.LastWrite(writes, bound);
            if (older >= 0 && older != source && !Before(older, source)) Add(new ForcedEdge(older, source, read));
        }
    }

    // The reads of the writes that are before a write are before it; those of what the session's write before knew of are already.
    private void PlaceReaders(int write)
    {
        var key = _history.Key[write];
        var own = _history.Session[write];
        var before = -1;
        foreach (var writes in _history.SessionWritesOf(key))
        {
            if (writes.Session == own) before = _history.LastWrite(writes, write - 1);
        }

        foreach (var writes in _history.SessionWritesOf(key))
        {
            Steps++;
            var bound = writes.Session == own ? write - 1 : Clock(write)[writes.Session];
            if (bound < _history.Writers[writes.First]) continue;
            var older = _history.LastWrite(writes, bound);
            if (older < 0 || (before >= 0 && writes.Session != own && Clock(before)[writes.Session] >= older)) continue;
            var readers = _history.ReadersOf(older);
            for (var i = 0; i < readers.Length; i++)
            {
                // The last reader of a session stands for those before it.
                var reader = readers[i];
                if (i + 1 < readers.Length && readers[i + 1] != write && _history.Session[readers[i + 1]] == _history.Session[reader]) continue;
                if (reader != write && !Before(reader, write)) Add(new ForcedEdge(reader, write, reader));
            }
        }
    }

    private void HandOn(int op)
    {
        var clock = Clock(op);
        var next = op + 1;
        if (next < _history.Count && _history.Session[next] == _history.Session[op]) Raise(next, clock);
        foreach (var reader in _history.ReadersOf(op)) Raise(reader, clock);
        for (var edge = _firstEdge[op]; edge >= 0; edge = _nextEdge[edge]) Raise(Edges[edge].To, clock);
    }

    private void Add(ForcedEdge edge)
    {
        _nextEdge.Add(_firstEdge[edge.From]);
        _firstEdge[edge.From] = Edges.Count;
        Edges.Add(edge);
        Raise(edge.To, Clock(edge.From));
    }

    private void Raise(int op, ReadOnlySpan<int> by)
    {
        var clock = Clock(op);
        if (CausalOrder.Covers(clock, by)) return;
        CausalOrder.Join(clock, by);
        _grown[op] = true;
        _cyclic |= clock[_history.Session[op]] > op;
    }

    private bool Before(int first, int second) => first != second && Clock(second)[_history.Session[first]] >= first;

    private Span<int> Clock(int op) => _clocks.AsSpan(op * _width, _width);
}
