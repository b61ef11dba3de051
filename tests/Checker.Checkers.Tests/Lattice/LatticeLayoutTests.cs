using Checker.Checkers.Lattice;

namespace Checker.Checkers.Tests.Lattice;

public class LatticeLayoutTests
{
    private const double Gap = 3;

    private static readonly LatticeLayout Layout = LatticeLayout.Of(static model => model.Length, Gap);

    [Fact]
    public void Every_model_stands_once_below_all_that_imply_it()
    {
        Assert.Equal(ModelLattice.Models, Layout.Nodes.Select(node => node.Model));
        foreach (var upper in Layout.Nodes)
        {
            foreach (var lower in Layout.Nodes.Where(lower => lower != upper && ModelLattice.Implies(upper.Model, lower.Model)))
            {
                Assert.True(upper.Layer < lower.Layer, $"{upper.Model} and {lower.Model}");
            }
        }
    }

    [Fact]
    public void The_lines_say_what_the_lattice_says_and_nothing_twice()
    {
        var edges = Layout.Edges.Select(edge => (edge.Stronger, edge.Weaker)).ToList();
        Assert.Equal(edges.Count, edges.Distinct().Count());
        foreach (var upper in ModelLattice.Models)
        {
            var reached = Reached(upper, edges);
            Assert.All(ModelLattice.Models, lower => Assert.Equal(ModelLattice.Implies(upper, lower), reached.Contains(lower)));
        }

        Assert.All(edges, edge => Assert.DoesNotContain(edge.Weaker, Reached(edge.Stronger, [.. edges.Where(other => other != edge)])));
    }

    [Fact]
    public void Nothing_overlaps_and_lines_pass_between_the_boxes()
    {
        foreach (var layer in Layout.Nodes.GroupBy(node => node.Layer))
        {
            var row = layer.OrderBy(node => node.X).ToList();
            Assert.All(row.Zip(row.Skip(1)), pair =>
                Assert.True(pair.First.X + (pair.First.Width / 2) + Gap <= pair.Second.X - (pair.Second.Width / 2) + 1e-6, $"{pair.First} {pair.Second}"));
            Assert.All(row, node => Assert.InRange(node.X, (node.Width / 2) - 1e-6, Layout.Width - (node.Width / 2) + 1e-6));
        }

        var nodes = Layout.Nodes.ToDictionary(node => node.Model);
        foreach (var edge in Layout.Edges)
        {
            var (from, to) = (nodes[edge.Stronger], nodes[edge.Weaker]);
            Assert.Equal(to.Layer - from.Layer + 1, edge.Route.Count);
            Assert.Equal((from.X, to.X), (edge.Route[0], edge.Route[^1]));
            for (var i = 1; i < edge.Route.Count - 1; i++)
            {
                Assert.All(Layout.Nodes.Where(node => node.Layer == from.Layer + i), node =>
                    Assert.True(Math.Abs(node.X - edge.Route[i]) > node.Width / 2, $"{edge.Stronger} to {edge.Weaker} runs through {node.Model}"));
            }
        }
    }

    [Fact]
    public void A_lattice_that_can_be_drawn_without_crossings_is()
    {
        var layout = LatticeLayout.Of(
            ["a", "b", "c", "d", "e"], [("a", "b"), ("a", "c"), ("b", "e"), ("c", "d"), ("a", "e"), ("x", "a")], static _ => 1, 1);
        Assert.Equal(0, layout.Crossings);
        Assert.Equal(3, layout.Layers);
        Assert.Equal(4, layout.Edges.Count);
        Assert.True(Layout.Crossings <= 8, $"{Layout.Crossings} crossings");
    }

    [Fact]
    public void A_cycle_is_refused_and_nothing_is_drawn_of_nothing()
    {
        Assert.Throws<ArgumentException>(() => LatticeLayout.Of(["a", "b"], [("a", "b"), ("b", "a")], static _ => 1, 1));
        Assert.Equal(0, LatticeLayout.Of([], [], static _ => 1, 1).Layers);
    }

    private static HashSet<string> Reached(string from, IReadOnlyList<(string Stronger, string Weaker)> edges)
    {
        var reached = new HashSet<string> { from };
        while (edges.Any(edge => reached.Contains(edge.Stronger) && reached.Add(edge.Weaker)))
        {
        }

        return reached;
    }
}
