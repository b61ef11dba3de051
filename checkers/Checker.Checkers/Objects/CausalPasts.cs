namespace Checker.Checkers.Objects;

/// <summary>
/// Program order and what results show, as a graph: an order of all rows that keeps both, or a cycle; and how far each process has come in
/// the past of each row. O(edges · log rows + rows · processes).
/// </summary>
internal sealed class CausalPasts
{
    private readonly ObjectHistory _rows;
    private readonly int[][] _sees;
    private readonly int[] _start;
    private readonly int[] _targets;
    private readonly int[] _waiting;

    /// <summary>Makes the graph.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observed">What results show; null if nothing is known of it.</param>
    /// <param name="ordered">Whether updates come in the order in which results list them.</param>
    public CausalPasts(ObjectHistory rows, Observed? observed, bool ordered)
    {
        (_rows, _sees) = (rows, observed?.Sees ?? NothingSeen(rows));
        var edges = new List<(int From, int To)>();
        var pairs = new HashSet<(int, int)>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (row > rows.Start[rows.Process[row]]) edges.Add((row - 1, row));
            for (var i = 0; i < _sees[row].Length; i++)
            {
                edges.Add((_sees[row][i], row));
                if (ordered && i > 0 && pairs.Add((_sees[row][i - 1], _sees[row][i]))) edges.Add((_sees[row][i - 1], _sees[row][i]));
            }
        }

        _start = new int[rows.Count + 1];
        _waiting = new int[rows.Count];
        foreach (var (from, to) in edges)
        {
            _start[from + 1]++;
            _waiting[to]++;
        }

        for (var row = 0; row < rows.Count; row++) _start[row + 1] += _start[row];
        _targets = new int[edges.Count];
        var free = _start[..^1];
        foreach (var (from, to) in edges) _targets[free[from]++] = to;
        Order = Sort();
    }

    /// <summary>The rows in an order that keeps everything, near that in which they returned; fewer than all if there is a cycle.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Whether there is a cycle.</summary>
    public bool IsCyclic => Order.Count < _rows.Count;

    /// <summary>A cycle, each row followed by one that comes after it; if there is one.</summary>
    public List<int> Cycle()
    {
        // What was not ordered has a predecessor that was not: walking back must come round.
        var left = new bool[_rows.Count];
        Array.Fill(left, true);
        foreach (var row in Order) left[row] = false;
        var before = new int[_rows.Count];
        for (var from = 0; from < _rows.Count; from++)
        {
            if (!left[from]) continue;
            for (var at = _start[from]; at < _start[from + 1]; at++) before[_targets[at]] = from;
        }

        var (walk, seen) = (new List<int>(), new Dictionary<int, int>());
        for (var row = Array.IndexOf(left, true); seen.TryAdd(row, walk.Count); row = before[row]) walk.Add(row);
        var last = before[walk[^1]];
        walk = walk[seen[last]..];
        walk.Reverse();
        return walk;
    }

    /// <summary>For each row, how far each process has come in its past: row · processes + process → the first row that is not in it.</summary>
    public int[] Clocks()
    {
        var width = _rows.ProcessCount;
        var clocks = new int[_rows.Count * width];
        foreach (var row in Order)
        {
            var clock = clocks.AsSpan(row * width, width);
            var process = _rows.Process[row];
            if (row > _rows.Start[process]) clocks.AsSpan((row - 1) * width, width).CopyTo(clock);
            else _rows.Start.AsSpan(0, width).CopyTo(clock);
            clock[process] = row;
            foreach (var seen in _sees[row])
            {
                if (seen < clock[_rows.Process[seen]]) continue;
                var other = clocks.AsSpan(seen * width, width);
                for (var p = 0; p < width; p++) clock[p] = Math.Max(clock[p], other[p]);
                clock[_rows.Process[seen]] = Math.Max(clock[_rows.Process[seen]], seen + 1);
            }
        }

        return clocks;
    }

    // The rows from one of a process, at or after the given one, to a later row, by the fewest edges.
    private List<int> Path(int from, int to)
    {
        var after = new Dictionary<int, int> { [to] = -1 };
        var queue = new Queue<int>([to]);
        while (queue.TryDequeue(out var row))
        {
            if (row != to && _rows.Process[row] == _rows.Process[from] && row >= from)
            {
                var path = new List<int>();
                for (; row >= 0; row = after[row]) path.Add(row);
                if (path[0] != from) path.Insert(0, from);
                return path;
            }

            // What results show first: it leads to other processes.
            foreach (var seen in _sees[row])
            {
                if (after.TryAdd(seen, row)) queue.Enqueue(seen);
            }

            if (row > _rows.Start[_rows.Process[row]] && after.TryAdd(row - 1, row)) queue.Enqueue(row - 1);
        }

        return [from, to];
    }

    /// <summary>The same without what is between two rows of one process.</summary>
    public List<int> Way(int from, int to)
    {
        var way = new List<int>();
        foreach (var row in Path(from, to))
        {
            if (way.Count >= 2 && _rows.Process[way[^1]] == _rows.Process[row] && _rows.Process[way[^2]] == _rows.Process[row]) way[^1] = row;
            else way.Add(row);
        }

        return way;
    }

    private static int[][] NothingSeen(ObjectHistory rows)
    {
        var sees = new int[rows.Count][];
        Array.Fill(sees, []);
        return sees;
    }

    private List<int> Sort()
    {
        var order = new List<int>(_rows.Count);
        var ready = new PriorityQueue<int, int>();
        var waiting = (int[])_waiting.Clone();
        for (var row = 0; row < _rows.Count; row++)
        {
            if (waiting[row] == 0) ready.Enqueue(row, Rank(row));
        }

        while (ready.TryDequeue(out var row, out _))
        {
            order.Add(row);
            for (var at = _start[row]; at < _start[row + 1]; at++)
            {
                if (--waiting[_targets[at]] == 0) ready.Enqueue(_targets[at], Rank(_targets[at]));
            }
        }

        return order;
    }

    // What never returned is of use from its beginning on.
    private int Rank(int row)
    {
        var op = _rows.Original[row];
        return _rows.Optional[row] ? _rows.History.Invoke[op] : _rows.History.Complete[op];
    }
}
