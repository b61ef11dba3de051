namespace Checker.Checkers.KAtomicity;

/// <summary>
/// A good order of the writes of one key, for an upper bound on k: built from the end, each time the write whose reads have waited longest
/// among those that can be last, else the one that ended last. O(n log n + c·n).
/// </summary>
internal static class GreedyOrder
{
    // How many of those that wait are looked at for one that can be last.
    private const int Look = 32;

    /// <summary>An order that keeps real time; null if compare-and-sets leave none.</summary>
    public static IReadOnlyList<int>? Find(ReadOnlySpan<Cluster> clusters)
    {
        var all = clusters.ToArray();
        var byBegin = Sorted(all, static cluster => cluster.Begin);
        var byEnd = Sorted(all, static cluster => cluster.End);
        var byLastRead = Sorted(all, static cluster => cluster.LastRead);
        var placed = new bool[all.Length];
        var waiting = new LinkedList<int>();
        var order = new List<int>();
        var (begin, end, read) = (0, 0, 0);
        var earliest = int.MaxValue;
        var forced = Cluster.None;
        while (order.Count < all.Length)
        {
            while (placed[byBegin[begin]]) begin++;
            while (placed[byEnd[end]]) end++;
            var last = byBegin[begin];
            var next = forced == Cluster.None ? Choose() : CanBeLast(forced) ? forced : Cluster.None;
            if (next == Cluster.None) return null;
            placed[next] = true;
            order.Add(next);
            forced = all[next].Previous;
            if (forced != Cluster.None && placed[forced]) return null;
            earliest = Math.Min(earliest, all[next].End);
            for (; read < byLastRead.Length && all[byLastRead[read]].LastRead > earliest; read++) waiting.AddLast(byLastRead[read]);

            int Choose()
            {
                var looked = 0;
                for (var node = waiting.First; node is not null && looked < Look; looked++)
                {
                    var following = node.Next;
                    if (placed[node.Value]) waiting.Remove(node);
                    else if (CanBeLast(node.Value)) return node.Value;
                    node = following;
                }

                for (var at = end; at < byEnd.Length && all[byEnd[at]].End > all[last].Begin; at++)
                {
                    if (!placed[byEnd[at]] && CanBeLast(byEnd[at])) return byEnd[at];
                }

                return Cluster.None;
            }

            bool CanBeLast(int cluster) =>
                all[cluster].End > all[last].Begin && (all[cluster].Next == Cluster.None || placed[all[cluster].Next]);
        }

        order.Reverse();
        return order;
    }

    /// <summary>
    /// A lower bound on k: for some value, itself and the writes that certainly lie between it and one of its reads. O(n log n).
    /// </summary>
    public static int LowerBound(ReadOnlySpan<Cluster> clusters)
    {
        // Writes that began after End and ended before LastRead: those that ended before LastRead, less those that began before End and
        // ended before LastRead. All that end before End began before it, so only those open at End need a look.
        var all = clusters.ToArray();
        var ends = Array.ConvertAll(all, static cluster => cluster.End);
        Array.Sort(ends);
        var begins = Array.ConvertAll(all, static cluster => cluster.Begin);
        var bound = 1;
        foreach (var cluster in all)
        {
            if (cluster.LastRead <= cluster.End) continue;
            var endedByRead = Below(ends, cluster.LastRead);
            var begunByEnd = Below(begins, cluster.End);

            // At least this many of those that ended began late enough.
            bound = Math.Max(bound, endedByRead - begunByEnd + 1);
        }

        return bound;
    }

    private static int Below(int[] sorted, int position)
    {
        var at = Array.BinarySearch(sorted, position);
        return at < 0 ? ~at : at;
    }

    private static int[] Sorted(Cluster[] all, Func<Cluster, int> position)
    {
        var numbers = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(Array.ConvertAll(all, cluster => -(long)position(cluster)), numbers);
        return numbers;
    }
}
