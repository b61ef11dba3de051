namespace Checker.Checkers.KAtomicity;

/// <summary>Why a write cannot come last among those that are left.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Placed">The clusters placed, the last write first: each after the first was forced by the one before.</param>
/// <param name="At">The cluster at which it went wrong.</param>
/// <param name="Other">The cluster that contradicts.</param>
internal readonly record struct Failure(FailureKind Kind, IReadOnlyList<int> Placed, int At, int Other);
