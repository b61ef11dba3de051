namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>How thoroughly <see cref="GapFrontier"/> shares out the increments.</summary>
/// <param name="MostWays">How many ways are kept from gap to gap; the most promising ones if there are more.</param>
/// <param name="Divisible">Whether an increment of unknown outcome may take effect in parts: then what cannot be, cannot be at all.</param>
internal readonly record struct GapSharing(int MostWays, bool Divisible)
{
    /// <summary>From the quickest to the most thorough.</summary>
    public static IReadOnlyList<GapSharing> Stages { get; } =
        [new(8, Divisible: false), new(1 << 14, Divisible: true), new(128, Divisible: false), new(1 << 10, Divisible: false)];

    /// <summary>How many ways each stage may look at, for so many operations.</summary>
    public static long StepsFor(int operations) => 30_000_000 + (300L * operations);
}
