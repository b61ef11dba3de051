using Checker.Checkers.Staleness;
using Checker.Histories;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Stale reads against time: how many versions, and how long, each was behind.</summary>
internal static class StalenessPlot
{
    private const int PointLimit = 6_000;
    private const double PanelHeight = 120;

    /// <summary>The figure; fresh reads are left out.</summary>
    public static Figure Of(History history, ReadStaleness staleness)
    {
        var clock = new OperationClock(history);
        var versions = new List<ChartPoint>();
        var times = new List<ChartPoint>();
        for (var i = 0; i < staleness.Operations.Length; i++)
        {
            if (staleness.Versions[i] == 0) continue;
            var x = clock.StartOf(staleness.Operations[i]) / 1e9;
            versions.Add(new(x, staleness.Versions[i]));
            if (staleness.HasTimes) times.Add(new(x, Math.Max(1, staleness.Nanoseconds[i]) / 1e9));
        }

        var most = Math.Max(1, staleness.Summary.Versions.Max);
        var step = Math.Max(1, Ticks.NiceStep(most / 4.0));
        var panels = new List<Panel>
        {
            Panel("Versions behind, each stale read", new Axis("versions", AxisUnit.Number, 0, step * Math.Ceiling(most / step)), versions, clock.Axis),
        };
        if (times.Count > 0)
        {
            var (low, high) = (times.Min(point => point.Y), times.Max(point => point.Y));
            var air = Math.Max(1.5, Math.Sqrt(10 / (high / low)));
            panels.Add(Panel("Time behind, each stale read", new Axis("time", AxisUnit.Seconds, low / air, high * air, Logarithmic: true), times, clock.Axis));
        }

        return new Figure("Staleness", clock.Axis, panels) { Regions = Regions.Of(history, clock) };
    }

    private static Panel Panel(string title, Axis axis, List<ChartPoint> points, Axis x) =>
        new(title, axis, [new ScatterSeries("stale read", Tone.Info, Thinning.Thin(points, x, PointLimit), Marker.Dot)], PanelHeight);
}
