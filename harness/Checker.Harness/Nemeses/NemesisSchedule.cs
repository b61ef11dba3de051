using Checker.Targets;

namespace Checker.Harness.Nemeses;

/// <summary>When which faults are in force: a value, drawn before the run begins, or written by hand for a test.</summary>
/// <param name="Timelines">One for each nemesis; they overlap freely.</param>
public sealed record NemesisSchedule(IReadOnlyList<FaultTimeline> Timelines)
{
    /// <summary>No faults.</summary>
    public static NemesisSchedule Empty { get; } = new([]);

    /// <summary>Draws faults and gaps for each nemesis, by <paramref name="options"/>, until the time limit.</summary>
    /// <param name="nemeses">The nemeses; each gets a timeline and a stream of randomness of its own.</param>
    /// <param name="options">How often and how long.</param>
    /// <param name="timeLimit">The length of the run in nanoseconds.</param>
    /// <param name="random">The run's randomness; nothing is drawn from it, only streams are split off.</param>
    public static NemesisSchedule Draw(IReadOnlyList<INemesis> nemeses, NemesisOptions options, long timeLimit, SeededRandom random)
    {
        options.Validate();
        var fitting = options.Within(timeLimit);
        return new NemesisSchedule([.. nemeses.Select(nemesis =>
            new FaultTimeline(nemesis, Periods(fitting, timeLimit, random.Split("schedule").Split(nemesis.Name))))]);
    }

    private static List<FaultPeriod> Periods(NemesisOptions options, long timeLimit, SeededRandom random)
    {
        var periods = new List<FaultPeriod>();
        for (var begin = 0L; begin < timeLimit; begin += options.Cycle)
        {
            var end = Math.Min(begin + options.Cycle, timeLimit) - options.Quiet;
            var start = begin + Intervals.Draw(random, options.ShortestGap, options.LongestGap);
            while (start + options.ShortestFault <= end)
            {
                var stop = Math.Min(start + Intervals.Draw(random, options.ShortestFault, options.LongestFault), end);
                periods.Add(new FaultPeriod(start, stop));
                start = stop + (random.Chance(options.FollowsAtOnce) ? 0 : Intervals.Draw(random, options.ShortestGap, options.LongestGap));
            }
        }

        return periods;
    }
}

/// <summary>The faults of one nemesis, one after another.</summary>
/// <param name="Nemesis">The nemesis.</param>
/// <param name="Periods">When each fault begins and ends: in order, without overlap.</param>
public sealed record FaultTimeline(INemesis Nemesis, IReadOnlyList<FaultPeriod> Periods);

/// <summary>How long one fault is in force.</summary>
/// <param name="Start">When it is injected, in nanoseconds since the nemesis began.</param>
/// <param name="Stop">When it is healed.</param>
public readonly record struct FaultPeriod(long Start, long Stop);
