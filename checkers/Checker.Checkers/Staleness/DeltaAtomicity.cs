using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.Staleness;

/// <summary>
/// The least Δ for which letting every read begin Δ earlier makes each object of a history atomic (Golab, Li and Shah, PODC 2011, section
/// 4). O(n log n).
/// </summary>
/// <remarks>
/// A value with its write and its reads is a cluster: a the beginning of the write, f the first end among them, s the last beginning of a
/// read. Cluster i must come before cluster j if f(i) &lt; s(j), or f(i) &lt; a(j); atomic means that no two must each come before the
/// other (Gibbons and Korach 1997, section 4). Beginning Δ earlier lowers s alone. With f(i) ≤ f(j) the pair needs Δ ≥ min(s(j) − f(i),
/// s(i) − f(j)), or Δ ≥ s(i) − f(j) if f(i) &lt; a(j). Of the clusters with smaller f only those matter whose s is greater than that of
/// all before them; along these the first term falls and the second rises, so that the greatest minimum is found by bisection.
/// </remarks>
internal sealed class DeltaAtomicity(RegisterTimes times, ReadSources sources, long[] when, bool hasTimes)
{
    /// <summary>The least Δ of each key in nanoseconds; null where it is not known; and why the greatest is not known, or null.</summary>
    public (long?[] Deltas, string? Unknown) PerKey()
    {
        var history = times.History;
        var deltas = new long?[history.KeyCount];
        if (!hasTimes) return (deltas, "the history has no times");
        var undecided = Undecided();
        var clusters = Clusters();
        string? unknown = null;
        for (var (key, first) = (0, 0); key < history.KeyCount; key++)
        {
            var end = first;
            while (end < clusters.Length && clusters[end].Key == key) end++;
            if (undecided[key] is null) deltas[key] = Least(clusters.AsSpan(first, end - first), when);
            unknown ??= undecided[key] is { } reason
                ? $"{(history.KeyName(key).IsNull ? "the register" : $"key {history.KeyName(key)}")}: {reason}" : null;
            first = end;
        }

        return (deltas, unknown);
    }

    private string?[] Undecided()
    {
        var history = times.History;
        var reasons = new string?[history.KeyCount];
        for (var key = 0; key < reasons.Length; key++)
        {
            if (sources.IsAmbiguous(key)) reasons[key] = "a read may have read from several writes";
        }

        for (var op = 0; op < history.Count; op++)
        {
            if (!times.Reads(op)) continue;
            if (times.Writes(op)) reasons[history.Key[op]] = "Δ-atomicity is defined for reads and writes, not for compare-and-set";
            else if (sources.Source(op) == ReadSources.Nobody) reasons[history.Key[op]] = "a read returned what nobody had begun to write";
        }

        return reasons;
    }

    // By key, and within a key by first end. A write of unknown outcome that nobody read has no place.
    private Cluster[] Clusters()
    {
        var history = times.History;
        var all = new Cluster[history.Count + history.KeyCount];
        for (var key = 0; key < history.KeyCount; key++) all[history.Count + key] = new Cluster(key, -1, -1, -1);
        for (var op = 0; op < history.Count; op++)
        {
            all[op] = times.Writes(op)
                ? new Cluster(history.Key[op], history.Invoke[op], times.Return(op), -1)
                : new Cluster(-1, -1, History.Never, -1);
        }

        for (var read = 0; read < history.Count; read++)
        {
            if (!times.Reads(read) || sources.Source(read) is var source && source == ReadSources.Nobody) continue;
            ref var cluster = ref all[source == ReadSources.Initial ? history.Count + history.Key[read] : source];
            cluster = cluster with
            {
                FirstEnd = Math.Min(cluster.FirstEnd, times.Return(read)),
                LastRead = Math.Max(cluster.LastRead, history.Invoke[read]),
            };
        }

        var kept = Array.FindAll(all, static cluster => cluster.FirstEnd != History.Never);
        var order = Array.ConvertAll(kept, static cluster => ((long)cluster.Key << 32) | (uint)(cluster.FirstEnd + 1));
        Array.Sort(order, kept);
        return kept;
    }

    private static long Least(ReadOnlySpan<Cluster> clusters, long[] when)
    {
        var least = 0L;
        var front = new List<Cluster>();
        foreach (var cluster in clusters)
        {
            if (front.Count > 0 && front[^1].LastRead > cluster.FirstEnd) least = Math.Max(least, Worst(front, cluster, when));
            if (front.Count == 0 || cluster.LastRead > front[^1].LastRead) front.Add(cluster);
        }

        return least;
    }

    // The greatest Δ that the cluster needs with one of the front, all of which have a smaller first end.
    private static long Worst(List<Cluster> front, in Cluster cluster, long[] when)
    {
        // The first on the front to which the cluster's write does not force an order.
        var (low, high) = (0, front.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (front[middle].FirstEnd < cluster.Begin) low = middle + 1;
            else high = middle;
        }

        var worst = low == 0 ? 0 : Over(front[low - 1], cluster, when);
        if (low == front.Count) return worst;

        // The first from there on whose second term is no smaller than its first: the best is it or the one before.
        var (from, to) = (low, front.Count);
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (Over(front[middle], cluster, when) < Over(cluster, front[middle], when)) from = middle + 1;
            else to = middle;
        }

        for (var at = Math.Max(low, from - 1); at <= from && at < front.Count; at++)
        {
            worst = Math.Max(worst, Math.Min(Over(front[at], cluster, when), Over(cluster, front[at], when)));
        }

        return worst;
    }

    // By how long the last read of one cluster began after the first end of another; 0 if it did not.
    private static long Over(in Cluster reads, in Cluster ends, long[] when)
    {
        if (reads.LastRead <= ends.FirstEnd) return 0;
        return ends.FirstEnd < 0 ? long.MaxValue : when[reads.LastRead] - when[ends.FirstEnd];
    }

    private readonly record struct Cluster(int Key, int Begin, int FirstEnd, int LastRead);
}
