using Checker.Checkers.Prose;
using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>Says why a key is not k-atomic, by few operations that are not so by themselves.</summary>
internal sealed class KAtomicEvidence(KeyJudge judge, DataType type, int key, int k)
{
    private readonly History _history = judge.Times.History;
    private readonly OperationText _text = new(judge.Times.History, type);

    /// <summary>Two compare-and-sets that replaced the same value.</summary>
    public Anomaly Rivals()
    {
        var (first, second) = judge.Clusters.Rivals[key];
        var source = judge.Sources.Source(first);
        var value = _text.Text(judge.Times.ReadValue(first));
        var origin = source < 0 ? "it is the initial value and was not written again" : $"it was written once ({_text.Short(source)})";
        List<int> operations = source < 0 ? [first, second] : [source, first, second];
        List<Edge> edges = [.. operations.Where(op => op != source).Select(op => source < 0
            ? new Edge(op, op == first ? second : first, "forced", $"once {value} was replaced it never came back")
            : new Edge(source, op, "reads-from", $"{_text.Short(op)} found {value}, and {origin}"))];
        foreach (var swap in (int[])[first, second]) operations.AddRange(Observers(swap));
        return new Anomaly(
            "lost-update",
            [.. operations.Distinct()],
            $"{_text.Full(first)}, and {_text.Full(second)}; both found {value}, but {origin}, so only one of them can have replaced it.")
        {
            Key = key,
            Edges = edges,
        };
    }

    /// <summary>A value with a read after k writes that certainly came after it, by what their readers saw.</summary>
    public Anomaly Between()
    {
        var clusters = judge.Clusters.Of(key).ToArray();
        foreach (var old in clusters)
        {
            if (old.LastRead <= old.End) continue;
            var between = clusters.Where(other => other.Begin > old.End && other.End < old.LastRead).Take(k).ToArray();
            if (between.Length < k) continue;
            int[] operations = [old.Write, old.Earliest, old.Latest, .. between.SelectMany(other => new[] { other.Write, other.Earliest })];
            return new Anomaly(
                "stale-read",
                [.. operations.Where(op => op >= 0).Distinct().Order()],
                $"{_text.Full(old.Latest)}, but these {k} writes came after that value and before the read, and a read may return only the last " +
                $"{k}: {string.Join("; ", between.Select(other => _text.Full(other.Write)))}.")
            {
                Key = key,
                Edges = Edges([old, .. between], operations.Where(op => op >= 0).Distinct().ToList()),
            };
        }

        throw new System.Diagnostics.UnreachableException("the lower bound counts such writes");
    }

    /// <summary>A read that is at least k versions behind for certain; or a compare-and-set that is behind at all.</summary>
    public Anomaly Stale(int read)
    {
        var source = judge.Sources.Source(read);
        var swap = _history.Functions[read] == Function.Cas;
        var from = source < 0 ? -1 : judge.Times.Return(source);
        var newer = new List<int>();
        for (var op = 0; op < read && newer.Count < (swap ? 1 : k); op++)
        {
            if (_history.Key[op] != key || !judge.Times.Writes(op) || !judge.Times.IsCertain(op)) continue;
            if (_history.Invoke[op] > from && judge.Times.Return(op) < _history.Invoke[read]) newer.Add(op);
        }

        var edges = new List<Edge>();
        foreach (var op in newer)
        {
            if (source >= 0) edges.Add(RealTimeEdge(source, op));
            edges.Add(RealTimeEdge(op, read));
        }

        if (source >= 0) edges.Add(new Edge(source, read, "reads-from", $"{_text.Short(read)} returned what {_text.Short(source)} wrote"));
        var origin = source < 0 ? "that is the value before any write" : $"{_text.Full(source)}";
        var count = newer.Count == 1 ? "a newer value had" : $"{newer.Count} newer values had";
        var rule = swap ? "a compare-and-set finds the current value" : $"a read may return only the last {k}";
        return new Anomaly(
            "stale-read",
            source < 0 ? [.. newer, read] : [source, .. newer, read],
            $"{_text.Full(read)}: {origin}, but {count} been written after that and before the read began, and {rule}: " +
            $"{string.Join("; ", newer.Select(_text.Full))}.")
        {
            Key = key,
            Edges = edges,
        };
    }

    /// <summary>Writes that have no order at all (k is 1 or 2).</summary>
    public Anomaly NoOrder()
    {
        if (Circle() is { } circle) return circle;
        var core = new ClusterCore(judge, key, k).Find();
        var suffix = new SuffixOrder(core.Clusters, k);
        suffix.Find();
        var reasons = suffix.Failures.Select(failure => Sentence(core.Clusters, failure));
        var operations = core.Operations;
        return new Anomaly(
            "no-order",
            operations,
            $"no order of these writes keeps every read within the last {(k == 1 ? "value" : $"{k} values")}: " +
            $"{string.Join("; ", operations.Select(_text.Full))}. One of the writes would have to be the last. {string.Join(" ", reasons)}")
        {
            Key = key,
            Edges = Edges(core.Clusters, operations),
        };
    }

    // Compare-and-sets that each found what only the next wrote.
    private Anomaly? Circle()
    {
        var clusters = judge.Clusters.Of(key);
        var walked = new int[clusters.Length];
        for (var start = 0; start < clusters.Length; start++)
        {
            var at = start;
            while (at != Cluster.None && walked[at] == 0)
            {
                walked[at] = start + 1;
                at = clusters[at].Previous;
            }

            if (at == Cluster.None || walked[at] != start + 1) continue;
            var swaps = new List<int>();
            for (var next = at; swaps.Count == 0 || next != at; next = clusters[next].Previous) swaps.Add(clusters[next].Write);
            swaps.AddRange(swaps.SelectMany(Observers).ToList());
            return new Anomaly(
                "cyclic-cas",
                [.. swaps.Distinct()],
                $"each of these found a value that only another of them wrote, in a circle: {string.Join("; ", swaps.Distinct().Select(_text.Full))}.")
            {
                Key = key,
                Edges = [.. swaps.Distinct().Where(op => judge.Sources.Source(op) >= 0).Select(op => new Edge(
                    judge.Sources.Source(op), op, "reads-from", $"{_text.Short(op)} found what {_text.Short(judge.Sources.Source(op))} wrote"))],
            };
        }

        return null;
    }

    private string Sentence(Cluster[] clusters, Failure failure)
    {
        var placed = failure.Placed.Select(cluster => Name(clusters[cluster])).ToList();
        var start = $"If it is {placed[0]}";
        for (var i = 1; i < placed.Count; i++) start += $", {placed[i]} must come right before it{(i > 1 ? " in turn" : "")}";
        var (at, other) = (Name(clusters[failure.At]), Name(clusters[failure.Other]));
        return failure.Kind switch
        {
            FailureKind.TooEarly => $"{start}; but {other} began after {at} had ended.",
            FailureKind.TooStale => $"{start}; but {other} was read after {at} was there, and has no place close enough before it.",
            _ => $"{start}; but then {other} does not come right after {at}, which it replaced.",
        };
    }

    private string Name(in Cluster cluster) => cluster.Write < 0 ? "the initial value" : $"the write of {_text.Text(judge.Times.WrittenValue(cluster.Write))}";

    private List<Edge> Edges(Cluster[] clusters, IReadOnlyList<int> operations)
    {
        var edges = new List<Edge>();
        foreach (var op in operations)
        {
            var source = judge.Times.Reads(op) ? judge.Sources.Source(op) : -1;
            if (source >= 0) edges.Add(new Edge(source, op, "reads-from", $"{_text.Short(op)} returned what {_text.Short(source)} wrote"));
        }

        foreach (var first in clusters)
        {
            foreach (var second in clusters)
            {
                if (first.Write == second.Write || first.Earliest < 0) continue;
                if (first.End < second.Begin) edges.Add(RealTimeEdge(first.Earliest, second.Write));
                else if (first.End < second.LastRead) edges.Add(RealTimeEdge(first.Earliest, second.Latest));
            }
        }

        return edges;
    }

    // If a write is of unknown outcome: who read it, and so on up to an operation that certainly happened.
    private List<int> Observers(int write)
    {
        var observers = new List<int>();
        for (var at = write; !judge.Times.IsCertain(at);)
        {
            var reader = -1;
            for (var op = 0; op < _history.Count && (reader < 0 || !judge.Times.IsCertain(reader)); op++)
            {
                var reads = judge.Times.Reads(op) && judge.Clusters.IsPlaced(op) && judge.Sources.Source(op) == at && !observers.Contains(op);
                if (reads) reader = op;
            }

            if (reader < 0) break;
            observers.Add(reader);
            at = reader;
        }

        return observers;
    }

    private Edge RealTimeEdge(int from, int to) => new(
        from, to, "real-time", $"{_text.Short(from)} ended at {_text.Ended(from)}, before {_text.Short(to)} began at {_text.Began(to)}");
}
