using Checker.Checkers.Lattice;

namespace Checker.Cli.Terminal;

/// <summary>
/// The lattice as a tree for the terminal: each model stands once, below the last of the models that imply it directly; what the tree
/// leaves out is named apart.
/// </summary>
internal sealed class LatticeTree
{
    private readonly Dictionary<string, string> _parent = [];
    private readonly List<LatticeEdge> _left = [];

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
    public List<(string Branch, string Model)> Lines { get; } = [];

    /// <summary>The implications that the tree does not show, by the stronger model.</summary>
    public IEnumerable<IGrouping<string, string>> Others =>
        ModelLattice.Models.SelectMany(model => _left.Where(edge => edge.Stronger == model)).GroupBy(edge => edge.Stronger, edge => edge.Weaker);

    private void Add(string model, string branch, string below)
    {
        Lines.Add((branch, model));
        var children = ModelLattice.Models.Where(other => _parent.GetValueOrDefault(other) == model).ToList();
        for (var i = 0; i < children.Count; i++)
        {
            var last = i == children.Count - 1;
            Add(children[i], below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
        }
    }
}
