namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>One way to share out the increments among the gaps up to here.</summary>
/// <param name="Placed">The slots of the acknowledged increments that are still open to others and are placed in this one.</param>
/// <param name="Unknown">How much those of unknown outcome have contributed.</param>
/// <param name="Coins">How many of them have.</param>
/// <param name="Counts">Where it stands in the columns how many of each amount have.</param>
/// <param name="Last">The last placed increment, in the log; −1 for none.</param>
/// <param name="Same">The next way with the same hash; −1 for none.</param>
internal record struct GapWay(UInt128 Placed, long Unknown, int Coins, int Counts, int Last, int Same);
