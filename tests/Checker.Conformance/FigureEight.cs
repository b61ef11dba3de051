using Checker.Harness.Nemeses;

namespace Checker.Conformance;

/// <summary>
/// The faults of figure 8 of the Raft paper, again and again: the leader is cut off, its successor is cut off before it has replicated
/// anything,
/// the first leader comes back and dies, and so does the cut.
/// </summary>
internal static class FigureEight
{
    /// <summary>The nemeses it needs.</summary>
    public const string Nemeses = "partition-primaries,kill-primaries";

    private const long Cycle = 4 * Intervals.Second;

    /// <summary>The schedule for a run of so many seconds.</summary>
    public static NemesisSchedule Schedule(int seconds)
    {
        var starts = Enumerable.Range(0, (int)(seconds * Intervals.Second / Cycle)).Select(cycle => (cycle * Cycle) + Intervals.Second).ToArray();
        var nemeses = NemesisCatalogue.Parse(Nemeses);
        return new NemesisSchedule(
        [
            new FaultTimeline(nemeses[0], [.. starts.SelectMany(start => new[] { Period(start, 0, 400), Period(start, 500, 1160) })]),
            new FaultTimeline(nemeses[1], [.. starts.Select(start => Period(start, 1150, 1170))]),
        ]);
    }

    private static FaultPeriod Period(long start, int from, int to) =>
        new(start + (from * Intervals.Millisecond), start + (to * Intervals.Millisecond));
}
