namespace Checker.Checkers.Registers;

/// <summary>The graph of program order, reads-from and forced edges, trimmed to what lies on cycles.</summary>
internal sealed class ForcedGraph
{
    private readonly RegisterHistory _history;
    private readonly (int[] Start, int[] Target) _forward;
    private readonly (int[] Start, int[] Target) _backward;

    private ForcedGraph(RegisterHistory history, IReadOnlyList<ForcedEdge> edges)
    {
        _history = history;
        _forward = Adjacency(history.Count, edges, static edge => edge.From, static edge => edge.To);
        _backward = Adjacency(history.Count, edges, static edge => edge.To, static edge => edge.From);
    }

    /// <summary>Whether program order, reads-from and the forced edges have no cycle. O(operations + edges).</summary>
    public static bool IsAcyclic(RegisterHistory history, List<ForcedEdge> edges)
    {
        var waiting = new int[history.Count];
        var start = new int[history.Count + 1];
        foreach (var edge in edges)
        {
            start[edge.From + 1]++;
            waiting[edge.To]++;
        }

        var ready = new int[history.Count];
        var end = 0;
        for (var op = 0; op < history.Count; op++)
        {
            start[op + 1] += start[op];
            waiting[op] += (history.Previous(op) >= 0 ? 1 : 0) + (history.Source[op] >= 0 ? 1 : 0);
            if (waiting[op] == 0) ready[end++] = op;
        }

        var targets = new int[edges.Count];
        var free = start.AsSpan(0, history.Count).ToArray();
        foreach (var edge in edges) targets[free[edge.From]++] = edge.To;
        for (var at = 0; at < end; at++)
        {
            var op = ready[at];
            var next = op + 1;
            if (next < history.Count && history.Session[next] == history.Session[op] && --waiting[next] == 0) ready[end++] = next;
            foreach (var reader in history.ReadersOf(op))
            {
                if (--waiting[reader] == 0) ready[end++] = reader;
            }

            for (var edge = start[op]; edge < start[op + 1]; edge++)
            {
                if (--waiting[targets[edge]] == 0) ready[end++] = targets[edge];
            }
        }

        return end == history.Count;
    }

    /// <summary>The operations that lie on a cycle, or between two cycles; null if there is no cycle. O(operations + edges).</summary>
    public static bool[]? CycleMembers(RegisterHistory history, IReadOnlyList<ForcedEdge> edges)
    {
        var graph = new ForcedGraph(history, edges);
        var alive = new bool[history.Count];
        Array.Fill(alive, true);
        if (graph.Trim(alive, forward: true) == 0) return null;
        graph.Trim(alive, forward: false);
        return alive;
    }

    // Removes, again and again, what has no living predecessor (forward) or successor (backward); returns how many are left.
    private int Trim(bool[] alive, bool forward)
    {
        var waiting = new int[_history.Count];
        for (var op = 0; op < _history.Count; op++)
        {
            if (alive[op]) Visit(op, forward, next => waiting[next]++);
        }

        var ready = new Stack<int>();
        var left = 0;
        for (var op = 0; op < _history.Count; op++)
        {
            if (!alive[op]) continue;
            left++;
            if (waiting[op] == 0) ready.Push(op);
        }

        while (ready.TryPop(out var op))
        {
            alive[op] = false;
            left--;
            Visit(op, forward, next =>
            {
                if (alive[next] && --waiting[next] == 0) ready.Push(next);
            });
        }

        return left;
    }

    private void Visit(int op, bool forward, Action<int> visit)
    {
        if (forward)
        {
            var next = op + 1;
            if (next < _history.Count && _history.Session[next] == _history.Session[op]) visit(next);
            foreach (var reader in _history.ReadersOf(op)) visit(reader);
        }
        else
        {
            if (_history.Previous(op) >= 0) visit(_history.Previous(op));
            if (_history.Source[op] >= 0) visit(_history.Source[op]);
        }

        var (start, target) = forward ? _forward : _backward;
        for (var edge = start[op]; edge < start[op + 1]; edge++) visit(target[edge]);
    }

    private static (int[] Start, int[] Target) Adjacency(
        int count, IReadOnlyList<ForcedEdge> edges, Func<ForcedEdge, int> from, Func<ForcedEdge, int> to)
    {
        var start = new int[count + 1];
        foreach (var edge in edges) start[from(edge) + 1]++;
        for (var op = 0; op < count; op++) start[op + 1] += start[op];
        var target = new int[edges.Count];
        var free = start.AsSpan(0, count).ToArray();
        foreach (var edge in edges) target[free[from(edge)]++] = to(edge);
        return (start, target);
    }
}
