namespace Checker.Checkers.Lattice;

/// <summary>An implication in a drawing of the lattice.</summary>
/// <param name="Stronger">The model that implies.</param>
/// <param name="Weaker">The model that is implied.</param>
/// <param name="Route">The line's place in each layer, from the stronger model's middle to the weaker one's.</param>
public sealed record LatticeEdge(string Stronger, string Weaker, IReadOnlyList<double> Route);
