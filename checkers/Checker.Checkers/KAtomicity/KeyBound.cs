namespace Checker.Checkers.KAtomicity;

/// <summary>What is known of the least k for which one object is k-atomic.</summary>
/// <param name="Key">The object by number, see <see cref="Histories.History.KeyName"/>.</param>
/// <param name="Lower">It is no smaller.</param>
/// <param name="Upper">It is no greater; null if no k is known: there is none if <paramref name="Impossible"/>.</param>
/// <param name="Impossible">Whether there is no k: a read returned what was never written before it ended, or two compare-and-sets
/// replaced the same value.</param>
public sealed record KeyBound(int Key, int Lower, int? Upper, bool Impossible = false)
{
    /// <summary>Whether the least k is known.</summary>
    public bool IsExact => Lower == Upper;
}
