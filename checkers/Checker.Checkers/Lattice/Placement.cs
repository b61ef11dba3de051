namespace Checker.Checkers.Lattice;

/// <summary>What is known of one history and one model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Kind">Whether the history satisfies it.</param>
/// <param name="Verdict">The verdict, if the model was judged; null if it follows from another one or is not defined for the data
/// type.</param>
/// <param name="ImpliedBy">The judged model that it follows from, or null.</param>
public sealed record Placement(string Model, VerdictKind Kind, Verdict? Verdict, string? ImpliedBy);
