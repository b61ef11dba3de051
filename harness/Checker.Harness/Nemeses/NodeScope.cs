namespace Checker.Harness.Nemeses;

/// <summary>Which nodes a fault aims at.</summary>
public enum NodeScope
{
    /// <summary>One node.</summary>
    One,

    /// <summary>As many as can fail while a majority stays: ⌊(n − 1) / 2⌋, at least one.</summary>
    Minority,

    /// <summary>A bare majority: ⌊n / 2⌋ + 1.</summary>
    Majority,

    /// <summary>Every node.</summary>
    All,

    /// <summary>The nodes that believe themselves primary at that moment; there may be none.</summary>
    Primaries,
}

/// <summary>Turns a <see cref="NodeScope"/> into nodes.</summary>
public static class NodeScopes
{
    /// <summary>Every scope.</summary>
    public static IReadOnlyList<NodeScope> Every { get; } = Enum.GetValues<NodeScope>();

    /// <summary>The name in the names of nemeses, such as <c>minority</c>.</summary>
    public static string NameOf(NodeScope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>The number of nodes that a scope means; for <see cref="NodeScope.Primaries"/> what there is.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="nodes">The number of nodes of the cluster, at least 1.</param>
    /// <param name="primaries">The number of primaries.</param>
    public static int CountOf(NodeScope scope, int nodes, int primaries) => scope switch
    {
        NodeScope.One => 1,
        NodeScope.Minority => Math.Max(1, (nodes - 1) / 2),
        NodeScope.Majority => (nodes / 2) + 1,
        NodeScope.All => nodes,
        _ => primaries,
    };

    /// <summary>The nodes, in increasing order, chosen at random where the scope leaves a choice.</summary>
    public static IReadOnlyList<int> Choose(NodeScope scope, NemesisContext context)
    {
        var primaries = context.Cluster.Primaries();
        if (scope == NodeScope.Primaries) return [.. primaries.Distinct().Order()];
        var nodes = context.ShuffledNodes();
        return [.. nodes.Take(CountOf(scope, nodes.Length, primaries.Count)).Order()];
    }
}
