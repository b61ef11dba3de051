namespace Checker.Checkers.KAtomicity;

/// <summary>Why a write cannot come last among those that are left.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Placed">The clusters placed, the last write first: each after the first was forced by the one before.</param>
/// <param name="At">The cluster at which it went wrong.</param>
/// <param name="Other">The cluster that contradicts.</param>
internal readonly record struct Failure(FailureKind Kind, IReadOnlyList<int> Placed, int At, int Other);

/// <summary>What went wrong with an attempt.</summary>
internal enum FailureKind
{
    /// <summary>The other write is left, but began after this one had ended.</summary>
    TooEarly,

    /// <summary>A read of the other value began after this write had ended, and the other write has no place close enough.</summary>
    TooStale,

    /// <summary>The other is the compare-and-set that replaced this value, and does not come right after it.</summary>
    Replaced,
}
