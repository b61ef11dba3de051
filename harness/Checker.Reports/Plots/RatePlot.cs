using Checker.Histories;
using Checker.Histories.Words;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Completions per second against time, by outcome.</summary>
internal static class RatePlot
{
    /// <summary>The figure.</summary>
    public static Figure Of(History history)
    {
        var clock = new OperationClock(history);
        var step = Windows.Step(clock.EndSeconds, 120);
        var windows = Math.Max(1, (int)Math.Ceiling((clock.EndSeconds / step) - 1e-9));
        var counts = new int[3, windows];
        for (var op = 0; op < history.Count; op++)
        {
            var end = clock.EndOf(op);
            if (end >= 0) counts[(int)history.Types[op], Math.Min(windows - 1, (int)(end / 1e9 / step))]++;
        }

        var series = new List<Series>();
        var highest = 0.0;
        foreach (var (type, name, tone, marker) in OutcomeStyles.All)
        {
            var points = new ChartPoint[windows];
            var any = type == OperationType.Ok;
            for (var i = 0; i < windows; i++)
            {
                // The last window may be cut short by the end of the run.
                var length = Math.Max(step / 20, Math.Min(step, clock.EndSeconds - (i * step)));
                points[i] = new((i * step) + (length / 2), counts[(int)type, i] / length);
                any |= counts[(int)type, i] > 0;
                highest = Math.Max(highest, points[i].Y);
            }

            if (any) series.Add(new LineSeries(name, tone, points, marker));
        }

        var top = highest == 0 ? 1 : Ticks.NiceStep(highest / 4) * Math.Ceiling(highest / Ticks.NiceStep(highest / 4));
        var unit = clock.HasTimes ? "operations per second" : "operations per event";
        var x = clock.Axis;
        return new Figure("Rate", x, [new($"Completions, {unit}", new Axis(unit, AxisUnit.Number, 0, top), series, 190)])
        {
            Note = $"Completed {unit} by outcome, over windows of {TimeText.Length(step)}. Shaded: faults in force.",
            Regions = Regions.Of(history, clock),
        };
    }
}
