namespace Checker.Checkers.KAtomicity;

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
