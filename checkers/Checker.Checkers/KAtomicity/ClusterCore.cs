using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>
/// Finds a few clusters of a key that have no k-atomic order by themselves (k is 1 or 2), and of each the few operations that matter.
/// Taking clusters out of an order leaves one, as long as chains of compare-and-sets stay whole, so whatever can be left out is.
/// </summary>
internal sealed class ClusterCore(KeyJudge judge, int key, int k)
{
    private readonly Cluster[] _all = judge.Clusters.Of(key).ToArray();

    /// <summary>The clusters of the core, renumbered.</summary>
    public Cluster[] Clusters { get; private set; } = [];

    /// <summary>The operations of the core.</summary>
    public IReadOnlyList<int> Operations { get; private set; } = [];

    /// <summary>Finds it. O(n log n) for a violation within a short time; more if the clusters needed lie far apart.</summary>
    public ClusterCore Find()
    {
        var suffix = new SuffixOrder(_all, k);
        suffix.Find();
        var cut = suffix.Order.ToHashSet();
        var chains = Chains(Enumerable.Range(0, _all.Length).Where(i => !cut.Contains(i)));
        chains = Shortest(chains, fromEnd: false);
        chains = Shortest(chains, fromEnd: true);
        for (var size = chains.Count / 2; size >= 1; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var at = 0; at < chains.Count;)
            {
                var without = chains.Take(at).Concat(chains.Skip(at + size)).ToList();
                if (IsBroken(without)) chains = without;
                else at += size;
            }
        }

        TrimReads(Pick(chains));
        return this;
    }

    // Whole chains of compare-and-sets, each in order; by their first beginning.
    private List<int[]> Chains(IEnumerable<int> clusters)
    {
        var chains = new List<int[]>();
        foreach (var cluster in clusters)
        {
            if (_all[cluster].Previous != Cluster.None) continue;
            var chain = new List<int>();
            for (var at = cluster; at != Cluster.None; at = _all[at].Next) chain.Add(at);
            chains.Add([.. chain]);
        }

        return chains;
    }

    // The shortest stretch from one end that is broken: more chains never mend it.
    private List<int[]> Shortest(List<int[]> chains, bool fromEnd)
    {
        var (low, high) = (1, chains.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsBroken(Stretch(middle))) high = middle;
            else low = middle + 1;
        }

        return Stretch(high);

        List<int[]> Stretch(int count) => fromEnd ? chains[(chains.Count - count)..] : chains[..count];
    }

    private bool IsBroken(List<int[]> chains) => chains.Count > 0 && IsBroken(Pick(chains));

    private bool IsBroken(Cluster[] clusters) => !new SuffixOrder(clusters, k).Find();

    private Cluster[] Pick(List<int[]> chains)
    {
        var clusters = new List<Cluster>();
        foreach (var chain in chains)
        {
            for (var i = 0; i < chain.Length; i++)
            {
                clusters.Add(_all[chain[i]] with
                {
                    Previous = i > 0 ? clusters.Count - 1 : Cluster.None,
                    Next = i + 1 < chain.Length ? clusters.Count + 1 : Cluster.None,
                });
            }
        }

        return [.. clusters];
    }

    // Of each cluster's reads at most two matter: the one that ended first and the one that began last. Leaves out those it can.
    private void TrimReads(Cluster[] clusters)
    {
        var history = judge.Times.History;
        for (var i = 0; i < clusters.Length; i++)
        {
            var whole = clusters[i];
            var own = whole.Write >= 0 ? judge.Times.Return(whole.Write) : -1;
            int[] both = [.. ((int[])[whole.Earliest, whole.Latest]).Where(op => op >= 0 && op != whole.Write).Distinct()];
            int[][] choices = both.Length == 2 ? [[], [both[1]], [both[0]]] : [[]];
            foreach (var reads in choices)
            {
                // A write of unknown outcome needs an observer.
                if (own == History.Never && reads.Length == 0 && whole.Next == Cluster.None) continue;
                var trimmed = whole with { End = own, Earliest = whole.Write, LastRead = -1, Latest = Cluster.None };
                foreach (var read in reads.Order())
                {
                    if (judge.Times.Return(read) < trimmed.End) (trimmed.End, trimmed.Earliest) = (judge.Times.Return(read), read);
                    if (!judge.Times.Writes(read)) (trimmed.LastRead, trimmed.Latest) = (history.Invoke[read], read);
                }

                if (whole.Next != Cluster.None && judge.Times.Return(clusters[whole.Next].Write) is var end && end < trimmed.End)
                {
                    (trimmed.End, trimmed.Earliest) = (end, clusters[whole.Next].Write);
                }

                clusters[i] = trimmed;
                if (IsBroken(clusters)) break;
                clusters[i] = whole;
            }
        }

        Clusters = clusters;
        var operations = clusters.SelectMany(cluster => new[] { cluster.Write, cluster.Earliest, cluster.Latest }).Where(op => op >= 0);
        Operations = [.. operations.Distinct().Order()];
    }
}
