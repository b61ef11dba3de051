namespace Checker.Checkers.Objects;

/// <summary>
/// Writes-follow-reads of registers read and written together, each value written once, exactly, of one operation: it sees its sources and, with each
/// update, what that one's process had seen by then, which each operation of that process chose in the same way. Of what is seen all that write a
/// register stand before the source of what was found there, and all orders keep program order and sources; there is one iff these make no cycle.
/// O(rows · what was found).
/// </summary>
/// <remarks>
/// Less is seen than under causal consistency, where a process's own updates are seen as well, by the same constraints, so only operations that break
/// that need be asked for. A cycle goes from one source to an update that is seen and that another replaces, or is, and so on.
/// </remarks>
internal sealed class VersionDependencies(ObjectHistory rows, VersionTraces traces, CausalPasts pasts, Grounds grounds)
{
    private readonly Dictionary<int, (int By, int Of)> _seen = []; // by the result of which row, needed by which update
    private readonly int[] _looked = new int[rows.ProcessCount];
    private readonly Lazy<List<int>[]> _readers = new(() => Readers(rows, traces));

    /// <summary>Why an operation breaks the model; null if it does not. Program order and sources must have no cycle.</summary>
    public Anomaly? Refute(int row)
    {
        var found = traces.Found[row];
        See(row);
        var after = new (int To, int By)[found.Length][];
        for (var a = 0; a < found.Length; a++)
        {
            var next = new List<(int, int)>();
            var reached = found[a].Source < 0 ? [] : Reach(found[a].Source);
            for (var b = 0; b < found.Length; b++)
            {
                if (By(found[a].Source, found[b], reached) is { } by) next.Add((b, by));
            }

            after[a] = [.. next];
        }

        return VersionCycles.Find(after) is { } cycle ? Because(row, found, cycle) : null;
    }

    private static List<int>[] Readers(ObjectHistory rows, VersionTraces traces)
    {
        var readers = new List<int>[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (_, source) in traces.Found[row])
            {
                if (source >= 0) (readers[source] ??= []).Add(row);
            }
        }

        return readers;
    }

    private void See(int row)
    {
        _seen.Clear();
        rows.Start.AsSpan(0, rows.ProcessCount).CopyTo(_looked);
        var open = new Stack<int>();
        Look(row, -1);
        while (open.TryPop(out var update))
        {
            for (ref var next = ref _looked[rows.Process[update]]; next <= update; next++) Look(next, update);
        }

        void Look(int by, int of)
        {
            foreach (var (_, source) in traces.Found[by])
            {
                if (source >= 0 && _seen.TryAdd(source, (by, of))) open.Push(source);
            }
        }
    }

    // What comes after a row in program order and by sources.
    private bool[] Reach(int from)
    {
        var reached = new bool[rows.Count];
        var open = new Stack<int>([from]);
        reached[from] = true;
        while (open.TryPop(out var row))
        {
            if (row + 1 < rows.Start[rows.Process[row] + 1]) Add(row + 1);
            foreach (var reader in _readers.Value[row] ?? []) Add(reader);
        }

        return reached;

        void Add(int row)
        {
            if (reached[row]) return;
            reached[row] = true;
            open.Push(row);
        }
    }

    // An update at or after the first source that stands before the second, or is it; null if there is none.
    private int? By(int first, (int Register, int Source) second, bool[] reached)
    {
        if (first < 0 && second.Source >= 0) return null;
        if (second.Source >= 0 && second.Source != first && reached[second.Source]) return second.Source;
        foreach (var update in _seen.Keys)
        {
            if (update != second.Source && (first < 0 || reached[update]) && traces.Written[update].Contains(second.Register)) return update;
        }

        return null;
    }

    private Anomaly Because(int row, (int Register, int Source)[] found, List<(int At, int By)> cycle)
    {
        var (members, edges) = (new List<int> { row }, new List<(int, int)>());
        foreach (var (at, by) in cycle)
        {
            var source = found[at].Source;
            if (source >= 0 && source != by) AddAll(rows.Process[source] == rows.Process[by] ? [source, by] : pasts.Way(source, by));
            for (var update = by; update >= 0; update = _seen[update].Of)
            {
                AddAll([update, _seen[update].By]);
                if (_seen[update].Of >= 0) AddAll([_seen[update].By, _seen[update].Of]);
            }
        }

        return grounds.Because(
            "ReplacedVersion", [.. members], [.. edges.Distinct()], "what an operation found was replaced by what else it must have seen, so nothing explains");

        void AddAll(List<int> path)
        {
            members.AddRange(path);
            for (var i = 0; i + 1 < path.Count; i++)
            {
                if (path[i] != path[i + 1]) edges.Add((path[i], path[i + 1]));
            }
        }
    }
}
