using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.RealTime;

/// <summary>
/// Whether program order, reads-from, some forced edges and real time together have a cycle. O(operations + edges): the pairs that are
/// ordered by real time are never listed.
/// </summary>
/// <remarks>
/// Real time is an interval order: if a ended before b began, and c before d, then a ended before d began, or c before b. So a shortest
/// cycle takes at most one step of real time: either there is none, or the other edges lead from an operation b to an a that had ended
/// before b began. Along the other edges it is enough to carry forward, to each operation, the latest beginning of what leads to it.
/// </remarks>
internal sealed class RealTimeCycles
{
    private readonly RegisterHistory _history;
    private readonly int[] _begin;
    private readonly int[] _end;
    private readonly int[] _latest; // of what leads to an operation, itself included, that which began last
    private readonly int[] _hops; // how many edges other than program order lie between the two

    /// <summary>Prepares the graph.</summary>
    /// <param name="history">The traced history.</param>
    /// <param name="edges">The forced edges; those that real time implies are left out.</param>
    public RealTimeCycles(RegisterHistory history, List<ForcedEdge> edges)
    {
        _history = history;
        _begin = new int[history.Count];
        _end = new int[history.Count];
        _latest = new int[history.Count];
        _hops = new int[history.Count];
        var types = history.History.Types;
        var invoke = history.History.Invoke;
        var complete = history.History.Complete;
        for (var op = 0; op < history.Count; op++)
        {
            var original = history.Original[op];
            _begin[op] = invoke[original];
            _end[op] = types[original] == OperationType.Ok ? complete[original] : History.Never;
            _latest[op] = op;
        }

        edges.RemoveAll(edge => _end[edge.From] < _begin[edge.To]);
        Edges = edges;
    }

    /// <summary>The forced edges that real time does not imply.</summary>
    public List<ForcedEdge> Edges { get; }

    /// <summary>If time ran backwards: the operation that had ended …</summary>
    public int Ended { get; private set; } = -1;

    /// <summary>… before this one began, which must nevertheless come before it.</summary>
    public int Began => _latest[Ended];

    /// <summary>The position at which an operation began.</summary>
    public int Begin(int op) => _begin[op];

    /// <summary>Searches.</summary>
    public RealTimeOutcome Search()
    {
        var (start, target) = Successors();
        var waiting = Waiting();
        var ready = new int[_history.Count];
        var end = 0;
        for (var op = 0; op < _history.Count; op++)
        {
            if (waiting[op] == 0) ready[end++] = op;
        }

        for (var at = 0; at < end; at++)
        {
            var op = ready[at];
            if (_end[op] < _begin[_latest[op]] && (Ended < 0 || _hops[op] < _hops[Ended])) Ended = op;
            var next = op + 1;
            if (next < _history.Count && _history.Session[next] == _history.Session[op]) Lead(op, next, 0);
            foreach (var reader in _history.ReadersOf(op)) Lead(op, reader, 1);
            for (var edge = start[op]; edge < start[op + 1]; edge++) Lead(op, target[edge], 1);
        }

        return end < _history.Count ? RealTimeOutcome.Cycle : Ended >= 0 ? RealTimeOutcome.Backwards : RealTimeOutcome.Ordered;

        void Lead(int from, int to, int hops)
        {
            var (began, known) = (_begin[_latest[from]], _begin[_latest[to]]);
            if (began > known || (began == known && _latest[to] != to && _hops[from] + hops < _hops[to]))
            {
                _latest[to] = _latest[from];
                _hops[to] = _hops[from] + hops;
            }

            if (--waiting[to] == 0) ready[end++] = to;
        }
    }

    private int[] Waiting()
    {
        var waiting = new int[_history.Count];
        for (var op = 0; op < _history.Count; op++)
        {
            waiting[op] = (_history.Previous(op) >= 0 ? 1 : 0) + (_history.Source[op] >= 0 ? 1 : 0);
        }

        foreach (var edge in Edges) waiting[edge.To]++;
        return waiting;
    }

    private (int[] Start, int[] Target) Successors()
    {
        var start = new int[_history.Count + 1];
        foreach (var edge in Edges) start[edge.From + 1]++;
        for (var op = 0; op < _history.Count; op++) start[op + 1] += start[op];
        var target = new int[Edges.Count];
        var free = start.AsSpan(0, _history.Count).ToArray();
        foreach (var edge in Edges) target[free[edge.From]++] = edge.To;
        return (start, target);
    }
}
