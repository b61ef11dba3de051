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
/// One vector timestamp per operation, as in <see cref="CausalOrder"/>. Each round sorts the graph, brings the timestamps up to date and
/// applies both rules to every read and every session that writes its key: O(reads × sessions × log). Of the edges into or out of one
/// session only the tightest is added, since program order implies the others.
/// </remarks>
internal sealed class Saturation
{
    private readonly RegisterHistory _history;
    private readonly int _width;
    private readonly int[] _clocks;
    private readonly int[] _order;
    private int[] _start;
    private int[] _targets = [];

    public Saturation(RegisterHistory history)
    {
        _history = history;
        _width = history.SessionCount;
        _order = new int[history.Count];
        _start = new int[history.Count + 1];
        _clocks = GC.AllocateUninitializedArray<int>(checked(history.Count * _width));
        Array.Fill(_clocks, CausalOrder.None);
        for (var op = 0; op < history.Count; op++) Clock(op)[history.Session[op]] = op;
    }

    /// <summary>The edges that were forced.</summary>
    public List<ForcedEdge> Edges { get; } = [];

    /// <summary>Steps taken: comparisons of a read with a session's writes.</summary>
    public long Steps { get; private set; }

    /// <summary>The rounds it took.</summary>
    public int Rounds { get; private set; }

    /// <summary>Saturates.</summary>
    /// <param name="maxSteps">The most steps.</param>
    /// <param name="cancellation">Stops it.</param>
    public SaturationOutcome Run(long maxSteps, CancellationToken cancellation)
    {
        while (Steps <= maxSteps && !cancellation.IsCancellationRequested)
        {
            Rounds++;
            if (!Sort()) return SaturationOutcome.Cyclic;
            Propagate();
            var known = Edges.Count;
            foreach (var op in _order)
            {
                Pull(op);
                if (_history.Reads(op)) Force(op);
            }

            if (Edges.Count == known) return SaturationOutcome.FixedPoint;
        }

        return SaturationOutcome.Stopped;
    }

    // A topological order of all edges; false if there is a cycle.
    private bool Sort()
    {
        var waiting = new int[_history.Count];
        _start = new int[_history.Count + 1];
        _targets = new int[Edges.Count];
        foreach (var edge in Edges)
        {
            _start[edge.From + 1]++;
            waiting[edge.To]++;
        }

        for (var op = 0; op < _history.Count; op++) _start[op + 1] += _start[op];
        var free = _start.AsSpan(0, _history.Count).ToArray();
        foreach (var edge in Edges) _targets[free[edge.From]++] = edge.To;

        var end = 0;
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Previous(op) >= 0) waiting[op]++;
            if (_history.Source[op] >= 0) waiting[op]++;
            if (waiting[op] == 0) _order[end++] = op;
        }

        for (var at = 0; at < end; at++)
        {
            var op = _order[at];
            var next = op + 1;
            if (next < _history.Count && _history.Session[next] == _history.Session[op] && --waiting[next] == 0) _order[end++] = next;
            foreach (var reader in _history.ReadersOf(op))
            {
                if (--waiting[reader] == 0) _order[end++] = reader;
            }

            foreach (var target in Targets(op))
            {
                if (--waiting[target] == 0) _order[end++] = target;
            }
        }

        return end == _history.Count;
    }

    private void Propagate()
    {
        foreach (var op in _order)
        {
            Pull(op);
            foreach (var target in Targets(op)) CausalOrder.Join(Clock(target), Clock(op));
        }
    }

    private void Pull(int op)
    {
        if (_history.Previous(op) is >= 0 and var previous) CausalOrder.Join(Clock(op), Clock(previous));
        if (_history.Source[op] is >= 0 and var source) CausalOrder.Join(Clock(op), Clock(source));
    }

    // Joining at once what a new edge implies saves rounds; the next round finds what was too late.
    private void Force(int read)
    {
        var source = _history.Source[read];
        foreach (var writes in _history.SessionWritesOf(_history.Key[read]))
        {
            Steps++;
            if (source >= 0)
            {
                var bound = writes.Session == _history.Session[read] ? read - 1 : Clock(read)[writes.Session];
                var older = _history.LastWrite(writes, bound);
                if (older >= 0 && older != source && !Before(older, source))
                {
                    Edges.Add(new ForcedEdge(older, source, read));
                    CausalOrder.Join(Clock(source), Clock(older));
                    CausalOrder.Join(Clock(read), Clock(source));
                }
            }

            var newer = source >= 0 ? FirstAfter(writes, source) : _history.Writers[writes.First];
            if (newer < 0 || newer == read || Before(read, newer)) continue;
            Edges.Add(new ForcedEdge(read, newer, read));
            CausalOrder.Join(Clock(newer), Clock(read));
        }
    }

    // The first write of a session that is after another write; timestamps only grow along a session.
    private int FirstAfter(in SessionWrites writes, int source)
    {
        var session = _history.Session[source];
        var low = writes.First;
        var high = writes.End;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var write = _history.Writers[middle];
            if (write != source && Clock(write)[session] >= source) high = middle;
            else low = middle + 1;
        }

        return low < writes.End ? _history.Writers[low] : -1;
    }

    private bool Before(int first, int second) => first != second && Clock(second)[_history.Session[first]] >= first;

    private ReadOnlySpan<int> Targets(int op) => _targets.AsSpan(_start[op], _start[op + 1] - _start[op]);

    private Span<int> Clock(int op) => _clocks.AsSpan(op * _width, _width);
}
