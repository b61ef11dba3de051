namespace Checker.Checkers.Objects;

/// <summary>
/// Monotonic reads of registers read and written together, each value written once, exactly. What a process has seen goes on to be seen, in one order: of what it
/// has seen all that write a register stand before the source of what it found there last, within each process the order is that of its rows, and its own updates
/// stand after what it had seen by then. Nothing else is asked, so there is an order iff these make no cycle; to see more would only add constraints.
/// </summary>
/// <remarks>
/// An operation that found something in a register puts the writers of it that were seen since the last such operation before its source: those
/// that had been seen then stand before the source of that, which is one of them or the same. O(what was found · log rows).
/// </remarks>
internal sealed class VersionOrder(ObjectHistory rows, VersionTraces traces, Grounds grounds)
{
    private readonly Dictionary<int, int> _node = [];
    private readonly List<int> _row = [];
    private readonly List<List<(int To, int By)>> _after = []; // by which row of the process
    private readonly Dictionary<int, int> _firstSeen = []; // by update: the first row of the process
    private readonly List<int>?[] _fresh = new List<int>[traces.Registers]; // writers seen since the register was last found
    private readonly int[] _current = new int[traces.Registers];

    /// <summary>Why there is no order; null if there is one.</summary>
    public Anomaly? Refute()
    {
        for (var process = 0; process < rows.ProcessCount; process++)
        {
            if (Refute(process) is { } anomaly) return anomaly;
        }

        return null;
    }

    private Anomaly? Refute(int process)
    {
        _node.Clear();
        _row.Clear();
        _after.Clear();
        _firstSeen.Clear();
        Array.Clear(_fresh);
        Array.Fill(_current, VersionTraces.AtFirst);
        var (own, waiting) = (-1, new List<(int Update, int By)>());
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            foreach (var (_, source) in traces.Found[row])
            {
                if (source < 0 || !_firstSeen.TryAdd(source, row)) continue;
                waiting.Add((source, row));
                foreach (var register in traces.Written[source]) (_fresh[register] ??= []).Add(source);
            }

            foreach (var (register, source) in traces.Found[row])
            {
                ref var current = ref _current[register];
                if (source == VersionTraces.AtFirst && (current >= 0 || _fresh[register] is { Count: > 0 })) return AtFirst(row, current >= 0 ? current : _fresh[register]![0]);
                if (current >= 0 && current != source) Edge(current, source, row);
                foreach (var writer in _fresh[register] ?? [])
                {
                    if (writer != source) Edge(writer, source, row);
                }

                _fresh[register]?.Clear();
                current = source;
            }

            if (!rows.Update[row]) continue;
            foreach (var (update, by) in waiting) Edge(update, row, by);
            waiting.Clear();
            if (own >= 0) Edge(own, row, row);
            own = row;
        }

        foreach (var others in _row.Where(row => rows.Process[row] != process).GroupBy(row => rows.Process[row]).ToList())
        {
            var previous = -1;
            foreach (var row in others.Order())
            {
                if (previous >= 0) Edge(previous, row, -1);
                previous = row;
            }
        }

        return Find() is { } cycle ? Because(cycle) : null;
    }

    private void Edge(int from, int to, int by)
    {
        if (from != to) _after[Node(from)].Add((Node(to), by));
    }

    private int Node(int row)
    {
        if (_node.TryGetValue(row, out var node)) return node;
        _node.Add(row, node = _row.Count);
        _row.Add(row);
        _after.Add([]);
        return node;
    }

    private List<(int From, int To, int By)>? Find()
    {
        var waiting = new int[_row.Count];
        foreach (var (to, _) in _after.SelectMany(static edges => edges)) waiting[to]++;
        var ready = new Stack<int>(Enumerable.Range(0, _row.Count).Where(node => waiting[node] == 0));
        var left = _row.Count;
        while (ready.TryPop(out var node))
        {
            left--;
            foreach (var (to, _) in _after[node])
            {
                if (--waiting[to] == 0) ready.Push(to);
            }
        }

        if (left == 0) return null;

        // What is left waits for something that is left: walking back must come round.
        var before = new (int From, int By)[_row.Count];
        for (var node = 0; node < _row.Count; node++)
        {
            foreach (var (to, by) in _after[node])
            {
                if (waiting[node] > 0) before[to] = (node, by);
            }
        }

        var (walk, seen) = (new List<(int From, int To, int By)>(), new Dictionary<int, int>());
        var at = Array.FindIndex(waiting, static count => count > 0);
        for (; seen.TryAdd(at, walk.Count); at = before[at].From) walk.Add((_row[before[at].From], _row[at], before[at].By));
        walk = walk[seen[at]..];
        walk.Reverse();
        return walk;
    }

    private Anomaly AtFirst(int row, int update) => grounds.Because(
        "ForgottenUpdate", [update, _firstSeen[update], row], [(update, _firstSeen[update])],
        "a process finds a register as it was at first, though it had seen one of its updates by then, so nothing explains");

    // With each step goes the operation that shows it, and those by which its ends had been seen.
    private Anomaly Because(List<(int From, int To, int By)> cycle)
    {
        var members = new List<int>();
        foreach (var (from, to, by) in cycle)
        {
            members.AddRange([from, to]);
            if (by < 0) continue;
            members.Add(by);
            if (_firstSeen.TryGetValue(from, out var seen)) members.Add(seen);
        }

        return grounds.Because(
            "ReplacedVersion", [.. members], [.. cycle.Select(static step => (step.From, step.To))],
            "for one process each of these updates came before the next, and the last before the first, so no order explains");
    }
}
