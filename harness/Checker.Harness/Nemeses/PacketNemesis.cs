using System.Globalization;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>What is done to messages.</summary>
public enum PacketFault
{
    /// <summary>They are late.</summary>
    Delay,

    /// <summary>They are lost.</summary>
    Loss,

    /// <summary>They arrive twice.</summary>
    Duplicate,

    /// <summary>They overtake each other.</summary>
    Reorder,
}

/// <summary>
/// Makes the links to and from one node, a minority, a majority, the primaries or all nodes bad, those of the clients included: delays of
/// 5 to 200 ms with as much jitter; loss, duplication and reordering of 5 to 50 % of the messages.
/// </summary>
/// <param name="kind">What is done.</param>
public sealed class PacketNemesis(PacketFault kind) : INemesis
{
    private static readonly double[] Probabilities = [0.05, 0.1, 0.2, 0.3, 0.5];

    /// <inheritdoc/>
    public string Name => "packet-" + kind.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public string Summary => kind switch
    {
        PacketFault.Delay => "delays messages by 5 to 200 ms and more",
        PacketFault.Loss => "loses 5 to 50 % of the messages",
        PacketFault.Duplicate => "lets 5 to 50 % of the messages arrive twice",
        _ => "lets 5 to 50 % of the messages overtake others",
    };

    /// <inheritdoc/>
    public string Requires => "links that can be made bad";

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => cluster is ILinkDegradable;

    /// <inheritdoc/>
    public async ValueTask<Injection?> InjectAsync(NemesisContext context)
    {
        var nodes = NodeScopes.Choose(context.Random.Pick(NodeScopes.Every), context);
        if (nodes.Count == 0) nodes = NodeScopes.Choose(NodeScope.One, context);
        var (quality, text) = Draw(context.Random);
        var fault = await ((ILinkDegradable)context.Cluster).DegradeAsync(LinksOf(nodes, context), quality);
        var details = Value.Map(
        [
            KeyValuePair.Create(Value.String("nodes"), NodeNemeses.NamesOf(nodes, context)),
            KeyValuePair.Create(Value.String("quality"), Value.String(text)),
        ]);
        return new Injection(Name, details, fault);
    }

    private (LinkQuality Quality, string Text) Draw(SeededRandom random)
    {
        if (kind == PacketFault.Delay)
        {
            var delay = Intervals.Draw(random, 5 * Intervals.Millisecond, 200 * Intervals.Millisecond);
            var quality = new LinkQuality(DelayNanoseconds: delay, JitterNanoseconds: delay);
            return (quality, $"{delay / Intervals.Millisecond} ms late, and as much again on average");
        }

        var probability = random.Pick(Probabilities);
        var share = string.Create(CultureInfo.InvariantCulture, $"{(int)(probability * 100)} %");
        return kind switch
        {
            PacketFault.Loss => (new LinkQuality(Loss: probability), share + " lost"),
            PacketFault.Duplicate => (new LinkQuality(Duplication: probability), share + " doubled"),
            // Messages can only overtake each other if their ways differ in length.
            _ => (
                new LinkQuality(JitterNanoseconds: 20 * Intervals.Millisecond, Reordering: probability),
                share + " overtaking, 20 ms jitter"),
        };
    }

    private static List<Link> LinksOf(IReadOnlyList<int> nodes, NemesisContext context)
    {
        var links = new List<Link>();
        var chosen = nodes.ToHashSet();
        foreach (var node in nodes.Select(EndpointId.Node))
        {
            var peers = Enumerable.Range(0, context.Cluster.Nodes.Count).Select(EndpointId.Node)
                .Concat(Enumerable.Range(0, context.Clients).Select(EndpointId.Client));
            foreach (var peer in peers.Where(peer => peer != node))
            {
                links.Add(new Link(node, peer));

                // A peer that is itself chosen adds this direction on its own turn.
                if (!peer.IsNode || !chosen.Contains(peer.Ordinal)) links.Add(new Link(peer, node));
            }
        }

        return links;
    }
}
