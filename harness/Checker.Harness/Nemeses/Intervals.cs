using Checker.Targets;

namespace Checker.Harness.Nemeses;

/// <summary>Lengths of time in nanoseconds, and how they are drawn.</summary>
public static class Intervals
{
    /// <summary>One millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>One second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>
    /// A length between two bounds that is as likely to lie between 1 and 2 as between 2 and 4: short and long ones get an equal chance.
    /// Integers only, so that the same seed gives the same length everywhere.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The lower bound is not positive, or above the upper one.</exception>
    public static long Draw(SeededRandom random, long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(low);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        if (low == high) return low;
        var octaves = 1;
        while (low << octaves < high) octaves++;
        var from = low << random.Next(octaves);
        return random.Next(from, Math.Min(from << 1, high) + 1);
    }
}
