namespace Checker.Checkers.Objects;

/// <summary>
/// What one process of a queue shows about the order of insertions in its view, of elements that were inserted once: elements that it takes out one
/// after the other were put in in that order; what it takes out after it had found nothing was put in after that; and program order holds for
/// everybody. A cycle refutes every model in which a process has one view. O(rows · log rows) for all processes together.
/// </summary>
internal sealed class QueueOrders(ObjectHistory rows, Observed observed)
{
    private readonly Dictionary<int, int> _node = [];
    private readonly List<int> _row = [];
    private readonly List<List<int>> _after = [];
    private readonly List<int> _waiting = [];

    /// <summary>A cycle of rows, each before the next in the view of the process; null if there is none.</summary>
    public List<int>? Cycle(int process)
    {
        _node.Clear();
        _row.Clear();
        _after.Clear();
        _waiting.Clear();
        var (own, last) = (-1, new Dictionary<int, int>());
        var empty = new Dictionary<int, int>();
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            if (rows.Optional[row]) continue;
            var target = rows.Object[row];
            if (observed.Sees[row] is [var source])
            {
                Edge(source, row);
                if (!rows.ReadOnly[row])
                {
                    if (last.TryGetValue(target, out var before)) Edge(before, source);
                    if (empty.Remove(target, out var found)) Edge(found, source);
                    last[target] = source;
                }
            }
            else if (observed.Empty(row))
            {
                empty[target] = row;
            }
            else if (rows.ReadOnly[row])
            {
                continue;
            }

            if (own >= 0) Edge(own, row);
            own = row;
        }

        foreach (var others in _row.Where(row => rows.Process[row] != process).GroupBy(row => rows.Process[row]).ToList())
        {
            var previous = -1;
            foreach (var row in others.Order())
            {
                if (previous >= 0) Edge(previous, row);
                previous = row;
            }
        }

        return Find();
    }

    private void Edge(int from, int to)
    {
        var target = Node(to);
        _after[Node(from)].Add(target);
        _waiting[target]++;
    }

    private int Node(int row)
    {
        if (_node.TryGetValue(row, out var node)) return node;
        _node.Add(row, node = _row.Count);
        _row.Add(row);
        _after.Add([]);
        _waiting.Add(0);
        return node;
    }

    private List<int>? Find()
    {
        var ready = new Stack<int>(Enumerable.Range(0, _row.Count).Where(node => _waiting[node] == 0));
        var left = _row.Count;
        while (ready.TryPop(out var node))
        {
            left--;
            foreach (var next in _after[node])
            {
                if (--_waiting[next] == 0) ready.Push(next);
            }
        }

        if (left == 0) return null;

        // What is left waits for something that is left: walking back must come round.
        var before = new int[_row.Count];
        for (var node = 0; node < _row.Count; node++)
        {
            if (_waiting[node] == 0) continue;
            foreach (var next in _after[node]) before[next] = node;
        }

        var (walk, seen) = (new List<int>(), new Dictionary<int, int>());
        for (var node = _waiting.FindIndex(static waiting => waiting > 0); seen.TryAdd(node, walk.Count); node = before[node]) walk.Add(node);
        var cycle = walk[seen[before[walk[^1]]]..];
        cycle.Reverse();
        return cycle.ConvertAll(node => _row[node]);
    }
}
