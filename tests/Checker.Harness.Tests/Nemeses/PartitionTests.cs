using Checker.Harness.Nemeses;
using Checker.Targets;
using Checker.Targets.Faults;
using Xunit;

namespace Checker.Harness.Tests.Nemeses;

/// <summary>
/// Which links each kind of partition cuts, for five nodes in their natural order. "1-4" is cut both ways, "1>4" one way.
/// </summary>
public sealed class PartitionTests
{
    private static readonly int[] Five = [0, 1, 2, 3, 4];

    [Fact]
    public void One_node_is_cut_off() => Equal("1-2 1-3 1-4 1-5", Partitions.One(Five));

    [Fact]
    public void Halves_are_two_and_three() => Equal("1-3 1-4 1-5 2-3 2-4 2-5", Partitions.Halves(Five));

    [Fact]
    public void Halves_follow_the_order_given() => Equal("1-2 1-3 1-4 2-5 3-5 4-5", Partitions.Halves([4, 0, 1, 2, 3]));

    [Fact]
    public void A_split_cuts_the_first_so_many_off() => Equal("1-4 1-5 2-4 2-5 3-4 3-5", Partitions.SplitAt(Five, 3));

    [Fact]
    public void A_bridge_leaves_the_middle_to_both_sides() => Equal("1-4 1-5 2-4 2-5", Partitions.Bridge(Five));

    [Fact]
    public void A_ring_leaves_each_node_its_two_neighbours() => Equal("1-3 1-4 2-4 2-5 3-5", Partitions.MajoritiesRing(Five));

    [Fact]
    public void One_way_loses_the_messages_of_the_group_only() => Equal("1>3 1>4 1>5 2>3 2>4 2>5", Partitions.OneWay(Five, 2));

    [Fact]
    public void An_isolated_group_is_cut_off_from_everyone_else() => Equal("1-2 1-4 1-5 2-3 3-4 3-5", Partitions.Isolate([0, 2], 5));

    [Fact]
    public void Clients_are_cut_off_both_ways()
    {
        EndpointId n1 = EndpointId.Node(0), n3 = EndpointId.Node(2), c0 = EndpointId.Client(0), c1 = EndpointId.Client(1);
        Link[] expected = [new(n1, c0), new(c0, n1), new(n1, c1), new(c1, n1), new(n3, c0), new(c0, n3), new(n3, c1), new(c1, n3)];
        Assert.Equal(expected, Partitions.Clients([0, 2], 2));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void In_a_ring_every_node_sees_a_majority_and_no_two_the_same(int n)
    {
        var cut = Partitions.MajoritiesRing([.. Enumerable.Range(0, n)]).ToHashSet();
        var seen = Enumerable.Range(0, n)
            .Select(i => string.Join(
                ' ', Enumerable.Range(0, n).Where(j => !cut.Contains(new Link(EndpointId.Node(i), EndpointId.Node(j)))))).ToList();
        Assert.NotEmpty(cut);
        Assert.All(seen, nodes => Assert.True(nodes.Split(' ').Length > n / 2));
        Assert.All(seen, nodes => Assert.True(nodes.Split(' ').Length <= (n / 2) + 2));
        Assert.Equal(n, seen.Distinct().Count());
    }

    [Fact]
    public void Random_partitions_cut_something_and_both_ways_and_differ()
    {
        var random = new SeededRandom(1);
        var drawn = Enumerable.Range(0, 50).Select(_ => Partitions.Random(5, random)).ToList();
        Assert.All(drawn, links => Assert.NotEmpty(links));
        Assert.All(drawn, links => Assert.All(links, link => Assert.Contains(new Link(link.To, link.From), links)));
        Assert.True(drawn.Select(Text).Distinct().Count() > 40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_needs_three_nodes_cuts_nothing_of_fewer(int nodes)
    {
        var order = Enumerable.Range(0, nodes).ToArray();
        Assert.Empty(Partitions.Bridge(order));
        Assert.Empty(Partitions.MajoritiesRing(order));
    }

    private static void Equal(string expected, IReadOnlyList<Link> links) => Assert.Equal(expected, Text(links));

    private static string Text(IReadOnlyList<Link> links)
    {
        Assert.Equal(links.Count, links.Distinct().Count());
        var set = links.ToHashSet();
        return string.Join(
            ' ', links.Select(link => (From: link.From.Value + 1, To: link.To.Value + 1, Back: set.Contains(new Link(link.To, link.From))))
            .Where(link => !link.Back || link.From < link.To)
            .OrderBy(link => link.From).ThenBy(link => link.To)
            .Select(link => link.Back ? $"{link.From}-{link.To}" : $"{link.From}>{link.To}"));
    }
}
