using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>Cuts the network in one shape; who is on which side is drawn anew each time.</summary>
/// <param name="kind">The shape.</param>
public sealed class PartitionNemesis(PartitionKind kind) : INemesis
{
    /// <inheritdoc/>
    public string Name => kind switch
    {
        PartitionKind.MajoritiesRing => "partition-majorities-ring",
        PartitionKind.OneWay => "partition-one-way",
        _ => "partition-" + kind.ToString().ToLowerInvariant(),
    };

    /// <inheritdoc/>
    public string Summary => kind switch
    {
        PartitionKind.One => "cuts one node off from the others",
        PartitionKind.Halves => "cuts the nodes into two halves",
        PartitionKind.Majority => "cuts a minority of random size off from the majority",
        PartitionKind.MajoritiesRing => "leaves every node a majority, but no two the same one",
        PartitionKind.Bridge => "cuts two halves apart that only one node still reaches",
        PartitionKind.Primaries => "cuts off the nodes that believe themselves primary",
        PartitionKind.Random => "cuts each pair of nodes by the toss of a coin",
        PartitionKind.OneWay => "loses the messages of a group to the rest, not those back",
        _ => "cuts all clients off from some of the nodes",
    };

    /// <inheritdoc/>
    public string Requires => "links that can be cut";

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => cluster is IPartitionable;

    /// <inheritdoc/>
    public async ValueTask<Injection?> InjectAsync(NemesisContext context)
    {
        var links = Links(context);
        if (links.Count == 0) return null;
        var fault = await ((IPartitionable)context.Cluster).CutAsync(links);
        return new Injection(Name, LinkDetails.Of(links, context), fault);
    }

    private IReadOnlyList<Link> Links(NemesisContext context)
    {
        var order = context.ShuffledNodes();
        var n = order.Length;
        return kind switch
        {
            PartitionKind.One => Partitions.One(order),
            PartitionKind.Halves => Partitions.Halves(order),
            PartitionKind.Majority => Partitions.SplitAt(order, 1 + context.Random.Next(Math.Max(1, (n - 1) / 2))),
            PartitionKind.MajoritiesRing => Partitions.MajoritiesRing(order),
            PartitionKind.Bridge => Partitions.Bridge(order),
            PartitionKind.Primaries => Partitions.Isolate(NodeScopes.Choose(NodeScope.Primaries, context), n),
            PartitionKind.Random => Partitions.Random(n, context.Random),
            PartitionKind.OneWay => Partitions.OneWay(order, 1 + context.Random.Next(Math.Max(1, n - 1))),
            _ => Partitions.Clients([.. order.Take(1 + context.Random.Next(Math.Max(1, (n - 1) / 2))).Order()], context.Clients),
        };
    }
}

/// <summary>How links stand in histories.</summary>
internal static class LinkDetails
{
    /// <summary>Each sender with the receivers that its messages no longer reach unharmed, by name: <c>{"n1":["n2","n3"]}</c>.</summary>
    public static Value Of(IReadOnlyList<Link> links, NemesisContext context) => Value.Map(links
        .GroupBy(link => link.From)
        .Select(group => KeyValuePair.Create(
            Value.String(NameOf(group.Key, context)),
            Value.List([.. group.Select(link => link.To).Distinct().OrderBy(Rank).Select(to => Value.String(NameOf(to, context)))]))));

    // Nodes first, then clients, each by number.
    private static long Rank(EndpointId endpoint) => endpoint.IsNode ? endpoint.Ordinal : int.MaxValue + (long)endpoint.Ordinal;

    private static string NameOf(EndpointId endpoint, NemesisContext context) =>
        endpoint.IsNode ? context.NameOf(endpoint.Ordinal) : endpoint.ToString();
}
