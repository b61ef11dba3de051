namespace Checker.Checkers.Lattice;

/// <summary>A model in a drawing of the lattice.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Layer">Its layer, 0 at the top.</param>
/// <param name="X">Its middle.</param>
/// <param name="Width">Its width.</param>
public sealed record LatticeNode(string Model, int Layer, double X, double Width);
