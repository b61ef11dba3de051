namespace Checker.Checkers.Staleness;

/// <summary>One bar of a histogram: how many reads lie from <paramref name="From"/> up to, but not including, <paramref name="To"/>.</summary>
/// <param name="From">The least value, in the unit of the distribution (versions, or nanoseconds).</param>
/// <param name="To">The first value beyond.</param>
/// <param name="Count">The number of reads; may be 0 between others.</param>
public readonly record struct StalenessBucket(long From, long To, int Count);
