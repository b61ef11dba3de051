namespace Checker.Harness.Nemeses;

/// <summary>The shapes of network partitions.</summary>
public enum PartitionKind
{
    /// <summary>One node is cut off from the others.</summary>
    One,

    /// <summary>Two halves as equal as possible; with an odd number of nodes the second is the larger.</summary>
    Halves,

    /// <summary>A minority of random size is cut off from the majority.</summary>
    Majority,

    /// <summary>Every node still reaches a majority, but no two the same one.</summary>
    MajoritiesRing,

    /// <summary>Two halves that only one node in the middle still reaches.</summary>
    Bridge,

    /// <summary>The nodes that believe themselves primary are cut off from the others.</summary>
    Primaries,

    /// <summary>Every pair of nodes is cut or not, by the toss of a coin; at least one is cut.</summary>
    Random,

    /// <summary>A random group no longer reaches the rest, which still reaches it.</summary>
    OneWay,

    /// <summary>No client reaches some of the nodes, which still reach each other.</summary>
    Clients,
}
