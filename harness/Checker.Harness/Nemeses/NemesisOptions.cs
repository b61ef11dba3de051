namespace Checker.Harness.Nemeses;

/// <summary>
/// How often faults come and how long they last; all lengths in nanoseconds. The defaults are rough but fair: short and long faults with
/// equal chance, often one right after another, and in every fifteen seconds three without any, in which a correct store recovers.
/// </summary>
public sealed record NemesisOptions
{
    /// <summary>The defaults.</summary>
    public static NemesisOptions Default { get; } = new();

    /// <summary>
    /// The interval that <see cref="Every"/> was given; null if these options were not made by it. Only for the command that replays a run.
    /// </summary>
    public long? Interval { get; private init; }

    /// <summary>The shortest fault: 20 ms.</summary>
    public long ShortestFault { get; init; } = 20 * Intervals.Millisecond;

    /// <summary>The longest fault: 5 s.</summary>
    public long LongestFault { get; init; } = 5 * Intervals.Second;

    /// <summary>The shortest time between two faults of one nemesis: 20 ms.</summary>
    public long ShortestGap { get; init; } = 20 * Intervals.Millisecond;

    /// <summary>The longest time between two faults of one nemesis: 3 s.</summary>
    public long LongestGap { get; init; } = 3 * Intervals.Second;

    /// <summary>
    /// The probability that a fault follows the one before at once, so that a partition turns into another one and no message slips through
    /// in between; a quarter.
    /// </summary>
    public double FollowsAtOnce { get; init; } = 0.25;

    /// <summary>After this long everything begins again: 15 s.</summary>
    public long Cycle { get; init; } = 15 * Intervals.Second;

    /// <summary>How much at the end of each cycle is free of all faults: 3 s.</summary>
    public long Quiet { get; init; } = 3 * Intervals.Second;

    /// <summary>The same with faults and gaps so that one fault begins about every <paramref name="interval"/> nanoseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is below 10 ms.</exception>
    public static NemesisOptions Every(long interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 10 * Intervals.Millisecond);
        return new NemesisOptions
        {
            Interval = interval,
            ShortestFault = interval / 20,
            LongestFault = interval,
            ShortestGap = interval / 20,
            LongestGap = interval,
            Cycle = 5 * interval,
            Quiet = interval,
        };
    }

    /// <summary>
    /// The same, shrunk in proportion if a run is too short for one cycle, so that every nemesis still has its turn.
    /// </summary>
    public NemesisOptions Within(long timeLimit)
    {
        if (timeLimit >= Cycle) return this;
        long Shrink(long length) => Math.Max(1, (long)(length * (double)timeLimit / Cycle));
        return this with
        {
            ShortestFault = Shrink(ShortestFault),
            LongestFault = Shrink(LongestFault),
            ShortestGap = Shrink(ShortestGap),
            LongestGap = Shrink(LongestGap),
            Cycle = Shrink(Cycle),
            Quiet = Shrink(Quiet),
        };
    }

    /// <summary>Throws unless the lengths fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (ShortestFault <= 0 || LongestFault < ShortestFault) throw new ArgumentException("faults: expected 0 < shortest ≤ longest");
        if (ShortestGap <= 0 || LongestGap < ShortestGap) throw new ArgumentException("gaps: expected 0 < shortest ≤ longest");
        if (!(FollowsAtOnce is >= 0 and <= 1)) throw new ArgumentException(
            "faults that follow at once: expected a probability from 0 to 1");
        if (Quiet < 0 || Cycle <= Quiet) throw new ArgumentException("quiet time: expected 0 ≤ quiet < cycle");
    }
}
