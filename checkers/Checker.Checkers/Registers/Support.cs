namespace Checker.Checkers.Registers;

/// <summary>
/// The reads on which an argument rests: those whose reads-from edges it walks over, and those that force its forced edges together with
/// what these rest on in turn. O(operations + edges) for each path. The forced edges must be in the order in which they were found: each
/// rests only on those before it.
/// </summary>
internal sealed class Support
{
    private const int ProgramOrder = -1;
    private const int ReadsFrom = -2;

    private readonly RegisterHistory _history;
    private readonly IReadOnlyList<ForcedEdge> _forced;
    private readonly int _readsFromSession;
    private readonly HashSet<int> _reads = [];
    private readonly HashSet<int> _edges = [];
    private readonly Dictionary<int, List<int>> _from = [];

    /// <param name="history">The traced history.</param>
    /// <param name="forced">The forced edges, in the order in which they were found.</param>
    /// <param name="readsFromSession">If not negative, only this session's reads bind (as in PRAM).</param>
    public Support(RegisterHistory history, IReadOnlyList<ForcedEdge> forced, int readsFromSession = -1)
    {
        _history = history;
        _forced = forced;
        _readsFromSession = readsFromSession;
        for (var i = 0; i < forced.Count; i++)
        {
            if (!_from.TryGetValue(forced[i].From, out var list)) _from[forced[i].From] = list = [];
            list.Add(i);
        }
    }

    /// <summary>The reads so far.</summary>
    public IReadOnlyCollection<int> Reads => _reads;

    /// <summary>Adds a read.</summary>
    public Support Read(int op)
    {
        _reads.Add(op);
        return this;
    }

    /// <summary>Adds what a path from one operation to another rests on.</summary>
    public Support Path(int from, int to) => Path(from, to, _forced.Count);

    /// <summary>Adds what the steps of an anomaly rest on.</summary>
    public Support Steps(IReadOnlyList<Edge> steps)
    {
        var numbers = new Dictionary<int, int>();
        for (var op = 0; op < _history.Count; op++) numbers[_history.Original[op]] = op;
        foreach (var step in steps)
        {
            var (from, to) = (numbers[step.From], numbers[step.To]);
            if (step.Relation == "reads-from") _reads.Add(to);
            if (step.Relation == "forced") Edge(_from[from].First(i => _forced[i].To == to));
        }

        return this;
    }

    private Support Path(int from, int to, int limit)
    {
        if (from == to) return this;
        var steps = new Dictionary<int, (int Before, int Edge)>();
        var ahead = new LinkedList<int>([from]);
        var settled = new HashSet<int>();
        while (ahead.First is { } first && !settled.Contains(to))
        {
            ahead.RemoveFirst();
            var op = first.Value;
            if (!settled.Add(op)) continue;
            var next = op + 1;
            if (next < _history.Count && _history.Session[next] == _history.Session[op]) Reach(next, op, ProgramOrder);
            foreach (var reader in _history.ReadersOf(op))
            {
                if (_readsFromSession < 0 || _history.Session[reader] == _readsFromSession) Reach(reader, op, ReadsFrom);
            }

            if (!_from.TryGetValue(op, out var edges)) continue;
            foreach (var edge in edges)
            {
                if (edge < limit) Reach(_forced[edge].To, op, edge);
            }
        }

        if (!settled.Contains(to)) throw new System.Diagnostics.UnreachableException("a forced edge rests on a path");
        for (var op = to; op != from;)
        {
            var (before, edge) = steps[op];
            if (edge == ReadsFrom) _reads.Add(op);
            else if (edge >= 0) Edge(edge);
            op = before;
        }

        return this;

        // The fewest steps that rest on a choice: those of program order, and to reads that can have seen nothing else, cost nothing.
        void Reach(int op, int before, int edge)
        {
            if (settled.Contains(op)) return;
            if (edge == ProgramOrder || (edge == ReadsFrom && _history.Chosen?[op] != true))
            {
                steps[op] = (before, edge);
                ahead.AddFirst(op);
            }
            else if (steps.TryAdd(op, (before, edge)))
            {
                ahead.AddLast(op);
            }
        }
    }

    private void Edge(int index)
    {
        if (!_edges.Add(index)) return;
        var edge = _forced[index];
        var source = _history.Source[edge.Because];
        _reads.Add(edge.Because);
        if (source == edge.To) Path(edge.From, edge.Because, index);
        else if (source >= 0) Path(source, edge.To, index);
    }
}
