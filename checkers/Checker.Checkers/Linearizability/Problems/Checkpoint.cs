namespace Checker.Checkers.Linearizability.Problems;

/// <summary>The configurations of a beam as they once were.</summary>
/// <param name="Position">How many events had passed.</param>
/// <param name="Configurations">All of them.</param>
/// <param name="Truncated">Whether some had been left out.</param>
/// <typeparam name="T">What holds configurations.</typeparam>
internal readonly record struct Checkpoint<T>(int Position, T Configurations, bool Truncated);
