using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Sessions;

/// <summary>
/// The order of writes that writes-follow-reads alone forces: each write after those that its session had read, and after the session's
/// earlier writes of its key. All that becomes visible through the guarantee is older in that order than the write it comes with, so a
/// history breaks the guarantee iff the order has a cycle. O(operations).
/// </summary>
/// <remarks>A compare-and-set is a read and then a write, so every operation has two nodes: 2·op for its read, 2·op + 1 for its
/// write.</remarks>
internal sealed class WriteDependencies
{
    private readonly RegisterHistory _history;
    private readonly DataType _type;
    private readonly int[] _readBefore;
    private readonly int[] _writeBefore;

    public WriteDependencies(RegisterHistory history, DataType type)
    {
        _history = history;
        _type = type;
        _readBefore = new int[history.Count];
        _writeBefore = new int[history.Count];
        var lastWrite = new int[history.KeyCount];
        Array.Fill(lastWrite, -1);
        for (var op = 0; op < history.Count; op++)
        {
            var previous = history.Previous(op);
            _readBefore[op] = previous < 0 ? -1 : history.Reads(previous) ? previous : _readBefore[previous];
            if (!history.Writes[op]) continue;
            ref var write = ref lastWrite[history.Key[op]];
            _writeBefore[op] = write >= history.Start[history.Session[op]] ? write : -1;
            write = op;
        }
    }

    /// <summary>A cycle, or null.</summary>
    public Conflict? Cycle()
    {
        var alive = Alive();
        var start = Array.IndexOf(alive, true);
        if (start < 0) return null;

        // What is left has a predecessor that is left: walking back must come round.
        var seen = new Dictionary<int, int>();
        var walk = new List<int>();
        var node = start;
        while (seen.TryAdd(node, walk.Count))
        {
            walk.Add(node);
            var (first, second) = Before(node);
            node = first >= 0 && alive[first] ? first : second;
        }

        var cycle = walk[seen[node]..];
        cycle.Reverse();
        return new Conflict(() => Describe(cycle), () => [.. cycle.Where(at => (at & 1) == 0).Select(at => at >> 1)]);
    }

    private bool[] Alive()
    {
        var nodes = 2 * _history.Count;
        var alive = new bool[nodes];
        var waiting = new byte[nodes];
        var ready = new Stack<int>();
        for (var op = 0; op < _history.Count; op++)
        {
            alive[2 * op] = _history.Reads(op);
            alive[(2 * op) + 1] = _history.Writes[op];
        }

        for (var node = 0; node < nodes; node++)
        {
            if (!alive[node]) continue;
            var (first, second) = Before(node);
            waiting[node] = (byte)((first >= 0 ? 1 : 0) + (second >= 0 ? 1 : 0));
            if (waiting[node] == 0) ready.Push(node);
        }

        var (start, targets) = Successors(alive);
        while (ready.TryPop(out var done))
        {
            alive[done] = false;
            for (var at = start[done]; at < start[done + 1]; at++)
            {
                if (--waiting[targets[at]] == 0) ready.Push(targets[at]);
            }
        }

        return alive;
    }

    private (int[] Start, int[] Targets) Successors(bool[] exists)
    {
        var start = new int[exists.Length + 1];
        for (var node = 0; node < exists.Length; node++)
        {
            if (!exists[node]) continue;
            var (first, second) = Before(node);
            if (first >= 0) start[first + 1]++;
            if (second >= 0) start[second + 1]++;
        }

        for (var node = 0; node < exists.Length; node++) start[node + 1] += start[node];
        var targets = new int[start[^1]];
        var free = start.AsSpan(0, exists.Length).ToArray();
        for (var node = 0; node < exists.Length; node++)
        {
            if (!exists[node]) continue;
            var (first, second) = Before(node);
            if (first >= 0) targets[free[first]++] = node;
            if (second >= 0) targets[free[second]++] = node;
        }

        return (start, targets);
    }

    // The nodes right before a node, or −1: of a read the session's read before and the source; of a write the session's read and its
    // write of the key.
    private (int First, int Second) Before(int node)
    {
        var op = node >> 1;
        if ((node & 1) == 0)
        {
            return (_history.Source[op] >= 0 ? (2 * _history.Source[op]) + 1 : -1, _readBefore[op] >= 0 ? 2 * _readBefore[op] : -1);
        }

        var read = _history.Reads(op) ? op : _readBefore[op];
        return (read >= 0 ? 2 * read : -1, _writeBefore[op] >= 0 ? (2 * _writeBefore[op]) + 1 : -1);
    }

    private Anomaly Describe(List<int> cycle)
    {
        var argument = new Argument(_history, _type, []);
        var edges = new List<Edge>();
        for (var i = 0; i < cycle.Count; i++)
        {
            var from = cycle[i] >> 1;
            var to = cycle[(i + 1) % cycle.Count] >> 1;
            if (from == to) continue;
            var (first, second) = (_history.Original[from], _history.Original[to]);
            edges.Add((cycle[i] & 1) == 1 && _history.Source[to] == from
                ? new Edge(first, second, "reads-from", $"{argument.Short(to)} saw what {argument.Short(from)} wrote")
                : new Edge(first, second, "program-order", $"{argument.Short(from)} came before {argument.Short(to)} in the same process"));
        }

        var writes = cycle.Where(node => (node & 1) == 1).Select(node => argument.Full(node >> 1));
        return new Anomaly(
            "WritesFollowReadsCycle",
            argument.Operations(edges),
            $"each of these writes must come after a value that its process had read before, and so all of them after each other: " +
            $"{string.Join("; ", writes)}.")
        {
            Edges = edges,
        };
    }
}
