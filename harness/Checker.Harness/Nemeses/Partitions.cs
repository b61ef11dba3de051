using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>
/// The links that each kind of partition cuts, as pure functions of an order of the nodes: random partitions come from shuffling it first.
/// </summary>
public static class Partitions
{
    /// <summary>Cuts every link between two groups, both ways.</summary>
    public static IReadOnlyList<Link> Between(IReadOnlyList<int> some, IReadOnlyList<int> others) =>
        [.. some.SelectMany(a => others.SelectMany(b => BothWays(a, b)))];

    /// <summary>Cuts the first node of the order from the rest.</summary>
    public static IReadOnlyList<Link> One(IReadOnlyList<int> order) => SplitAt(order, 1);

    /// <summary>Cuts the first half of the order from the rest; the first half is the smaller.</summary>
    public static IReadOnlyList<Link> Halves(IReadOnlyList<int> order) => SplitAt(order, order.Count / 2);

    /// <summary>Cuts the first nodes of the order from the rest.</summary>
    public static IReadOnlyList<Link> SplitAt(IReadOnlyList<int> order, int size) => Between([.. order.Take(size)], [.. order.Skip(size)]);

    /// <summary>Cuts a group from everyone else.</summary>
    public static IReadOnlyList<Link> Isolate(IReadOnlyList<int> group, int nodes) =>
        Between(group, [.. Enumerable.Range(0, nodes).Except(group)]);

    /// <summary>The messages of the first nodes of the order to the rest are lost, the others arrive.</summary>
    public static IReadOnlyList<Link> OneWay(IReadOnlyList<int> order, int size) =>
        [.. order.Take(size).SelectMany(a => order.Skip(size).Select(b => new Link(EndpointId.Node(a), EndpointId.Node(b))))];

    /// <summary>
    /// Two halves, and the node in the middle of the order reaches both. With fewer than three nodes there is no middle: nothing is cut.
    /// </summary>
    public static IReadOnlyList<Link> Bridge(IReadOnlyList<int> order) =>
        order.Count < 3 ? [] : Between([.. order.Take(order.Count / 2)], [.. order.Skip((order.Count / 2) + 1)]);

    /// <summary>
    /// The nodes stand in a ring in the given order and each reaches its nearest neighbours only, as few as make a majority with itself; so
    /// each sees a majority and no two the same (after Jepsen's <c>majorities-ring</c>). Where a majority is an even number, a node may see
    /// one more. With fewer than three nodes nothing can be cut.
    /// </summary>
    public static IReadOnlyList<Link> MajoritiesRing(IReadOnlyList<int> order)
    {
        var n = order.Count;
        if (n < 3) return [];

        // Of three nodes in a ring each reaches all: only cutting it open leaves them different majorities.
        if (n == 3) return BothWays(order[0], order[2]);
        var reach = ((n / 2) + 1) / 2;
        bool Connected(int a, int b) => Math.Min(b - a, n - (b - a)) <= reach;
        return [.. Pairs(n).Where(pair => !Connected(pair.A, pair.B)).SelectMany(pair => BothWays(order[pair.A], order[pair.B]))];
    }

    /// <summary>Cuts each pair of nodes by the toss of a coin; if no coin fell so, one pair.</summary>
    public static IReadOnlyList<Link> Random(int nodes, SeededRandom random)
    {
        var pairs = Pairs(nodes).ToArray();
        if (pairs.Length == 0) return [];
        var cut = pairs.Where(_ => random.Chance(0.5)).ToArray();
        if (cut.Length == 0) cut = [random.Pick(pairs)];
        return [.. cut.SelectMany(pair => BothWays(pair.A, pair.B))];
    }

    /// <summary>No client reaches the nodes, nor they the clients.</summary>
    public static IReadOnlyList<Link> Clients(IReadOnlyList<int> nodes, int clients) =>
    [
        .. nodes.SelectMany(node => Enumerable.Range(0, clients).SelectMany(client => new[]
        {
            new Link(EndpointId.Node(node), EndpointId.Client(client)),
            new Link(EndpointId.Client(client), EndpointId.Node(node)),
        })),
    ];

    private static IEnumerable<(int A, int B)> Pairs(int n) =>
        Enumerable.Range(0, n).SelectMany(a => Enumerable.Range(a + 1, n - a - 1).Select(b => (a, b)));

    private static Link[] BothWays(int a, int b) =>
        [new(EndpointId.Node(a), EndpointId.Node(b)), new(EndpointId.Node(b), EndpointId.Node(a))];
}
