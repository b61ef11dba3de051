namespace Checker.Checkers.Lattice;

/// <summary>
/// Where the models stand in a drawing of the lattice: in layers, each model below all that imply it, with few crossings. Lengths are in
/// the unit of the widths given; how far apart the layers are is up to the drawing.
/// </summary>
/// <remarks>
/// Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981: layers by the longest way from
/// the top, bends where an implication crosses a layer, orders by barycentres to and fro, then places by least squares. The same lattice
/// gives the same drawing.
/// </remarks>
public sealed class LatticeLayout
{
    internal LatticeLayout(IReadOnlyList<LatticeNode> nodes, IReadOnlyList<LatticeEdge> edges, double width, int crossings)
    {
        Nodes = nodes;
        Edges = edges;
        Width = width;
        Crossings = crossings;
    }

    /// <summary>The models, in the order given.</summary>
    public IReadOnlyList<LatticeNode> Nodes { get; }

    /// <summary>The implications that do not follow from others.</summary>
    public IReadOnlyList<LatticeEdge> Edges { get; }

    /// <summary>The width of the drawing; everything lies between 0 and this.</summary>
    public double Width { get; }

    /// <summary>How many layers there are.</summary>
    public int Layers => Nodes.Count == 0 ? 0 : Nodes.Max(node => node.Layer) + 1;

    /// <summary>How many pairs of implications cross.</summary>
    public int Crossings { get; }

    /// <summary>The layout of <see cref="ModelLattice"/>.</summary>
    /// <param name="width">How wide a model is drawn.</param>
    /// <param name="gap">The least distance between two neighbours.</param>
    public static LatticeLayout Of(Func<string, double> width, double gap) => Of(ModelLattice.Models, ModelLattice.Implications, width, gap);

    /// <summary>The layout of any implications without a cycle.</summary>
    /// <param name="models">The models.</param>
    /// <param name="implications">What implies what; those that follow from others are left out, and those of other models as well.</param>
    /// <param name="width">How wide a model is drawn.</param>
    /// <param name="gap">The least distance between two neighbours.</param>
    public static LatticeLayout Of(
        IReadOnlyList<string> models, IReadOnlyList<(string Stronger, string Weaker)> implications, Func<string, double> width, double gap) =>
        new LayeredDrawing(models, LatticeEdges.Reduce(models, implications), width, gap).Layout();
}
