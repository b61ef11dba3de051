using Checker.Checkers.Lattice;

namespace Checker.Reports;

/// <summary>
/// The lattice as a tree, for the terminal and for narrow screens: each model stands once, below the last of the models that imply it directly; what the tree
/// leaves out is named apart.
/// </summary>
public sealed class LatticeTree
{
    private readonly Dictionary<string, string> _parent = [];
    private readonly List<LatticeEdge> _left = [];
    private readonly List<(string Branch, string Model)> _lines = [];

    /// <summary>Finds the tree.</summary>
    public LatticeTree()
    {
        var layout = LatticeLayout.Of(static _ => 1, 1);
        var order = ModelLattice.Models.Select((model, i) => (model, i)).ToDictionary(pair => pair.model, pair => pair.i);
        var layers = layout.Nodes.ToDictionary(node => node.Model, node => node.Layer);
        foreach (var group in layout.Edges.GroupBy(edge => edge.Weaker))
        {
            // The deepest, so that what is drawn above a model implies as much as possible; of these the first.
            var stronger = group.OrderByDescending(edge => layers[edge.Stronger]).ThenBy(edge => order[edge.Stronger]).ToList();
            _parent[group.Key] = stronger[0].Stronger;
            _left.AddRange(stronger.Skip(1));
        }

        foreach (var root in ModelLattice.Models.Where(model => !_parent.ContainsKey(model))) Add(root, "", "");
    }

    /// <summary>The lines from top to bottom: what is drawn before a model, and the model.</summary>
    public IReadOnlyList<(string Branch, string Model)> Lines => _lines;

    /// <summary>The implications that the tree does not show, by the stronger model.</summary>
    public IEnumerable<IGrouping<string, string>> Others =>
        ModelLattice.Models.SelectMany(model => _left.Where(edge => edge.Stronger == model)).GroupBy(edge => edge.Stronger, edge => edge.Weaker);

    private void Add(string model, string branch, string below)
    {
        _lines.Add((branch, model));
        var children = ModelLattice.Models.Where(other => _parent.GetValueOrDefault(other) == model).ToList();
        for (var i = 0; i < children.Count; i++)
        {
            var last = i == children.Count - 1;
            Add(children[i], below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
        }
    }
}
