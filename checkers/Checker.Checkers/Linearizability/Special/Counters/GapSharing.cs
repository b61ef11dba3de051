namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>How thoroughly <see cref="GapFrontier"/> shares out the increments.</summary>
/// <param name="MostWays">How many ways are kept from gap to gap; the most promising ones if there are more.</param>
/// <param name="Divisible">Whether an increment of unknown outcome may take effect in parts: then what cannot be, cannot be at all.</param>
internal readonly record struct GapSharing(int MostWays, bool Divisible)
{
    /// <summary>From the quickest to the most thorough.</summary>
    public static IReadOnlyList<GapSharing> Stages { get; } = [new(8, false), new(1 << 14, true), new(128, false), new(1 << 13, false)];

    /// <summary>How many ways each stage may look at, for so many operations.</summary>
    public static long StepsFor(int operations) => 2_000_000 + (64L * operations);
}

/// <summary>One way to share out the increments among the gaps up to here.</summary>
/// <param name="Placed">The slots of the acknowledged increments that are still open to others and are placed in this one.</param>
/// <param name="Unknown">How much those of unknown outcome have contributed.</param>
/// <param name="Coins">How many of them have.</param>
/// <param name="Counts">Where it stands in the columns how many of each amount have.</param>
/// <param name="Last">The last placed increment, in the log; −1 for none.</param>
/// <param name="Same">The next way with the same hash; −1 for none.</param>
internal record struct GapWay(UInt128 Placed, long Unknown, int Coins, int Counts, int Last, int Same);
