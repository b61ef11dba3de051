using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Nemeses;

/// <summary>What a nemesis may look at and use while it injects one fault.</summary>
/// <param name="Cluster">The cluster; its capabilities are the interfaces it implements.</param>
/// <param name="Clients">The number of clients, for faults between clients and nodes.</param>
/// <param name="Random">The randomness of this one fault.</param>
/// <param name="After">Calls back on the run's thread after so many nanoseconds, for faults that change while they last.</param>
public sealed record NemesisContext(ICluster Cluster, int Clients, SeededRandom Random, Func<long, Action, ITimerHandle> After)
{
    /// <summary>The name of a node in histories.</summary>
    public string NameOf(int node) => Cluster.Nodes[node];

    /// <summary>All nodes in random order.</summary>
    public int[] ShuffledNodes()
    {
        var nodes = Enumerable.Range(0, Cluster.Nodes.Count).ToArray();
        Random.Shuffle(nodes.AsSpan());
        return nodes;
    }
}
