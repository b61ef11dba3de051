namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>An increment, and the gaps between layers in which it may lie; gap g is before layer g.</summary>
/// <param name="Number">Its number among the increments.</param>
/// <param name="Row">Its row.</param>
/// <param name="Return">The position of its return.</param>
/// <param name="First">The first gap.</param>
/// <param name="Last">The last gap.</param>
/// <param name="IsUnknown">Whether its outcome is unknown.</param>
/// <param name="Amount">By how much, at least one.</param>
internal readonly record struct CounterIncrement(int Number, int Row, int Return, int First, int Last, bool IsUnknown, long Amount);
