using System.Globalization;
using Checker.Histories;
using Checker.Histories.Words;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Latency against time: quantiles over windows, and a scatter of operations for each function.</summary>
internal static class LatencyPlot
{
    private const int MaximumPanels = 5;
    private const int PointLimit = 16_000;
    private const double PanelHeight = 150;

    private static readonly (double Quantile, string Name, Tone Tone)[] Quantiles =
        [(1, "max", Tone.Step4), (0.99, "p99", Tone.Step3), (0.95, "p95", Tone.Step2), (0.5, "median", Tone.Step1)];

    /// <summary>The figure. Failed and unknown operations count as well; operations that never complete are left out.</summary>
    public static Figure Of(History history)
    {
        var clock = new OperationClock(history);
        var groups = Groups(history);
        var x = clock.Axis;
        var y = VerticalAxis(history, clock);
        var panels = new List<Panel> { new("Latency quantiles, all completed operations", y, QuantileSeries(history, clock), PanelHeight) };
        var completed = 0;
        var shown = 0;
        var limit = PointLimit / Math.Max(1, groups.Count);
        foreach (var (name, functions) in groups)
        {
            var series = new List<Series>();
            var size = Math.Max(1, CountOf(history, functions));
            foreach (var (type, label, tone, marker) in OutcomeStyles.All)
            {
                var points = Points(history, clock, functions, type);
                var thin = Thinning.Thin(points, x, Math.Max(250, (int)((double)limit * points.Count / size)));
                completed += points.Count;
                shown += thin.Count;
                if (points.Count > 0) series.Add(new ScatterSeries(Counted(label, points.Count), tone, thin, marker));
            }

            panels.Add(new(name, y, series, groups.Count <= 2 ? PanelHeight : 120));
        }

        var note = string.Create(
            CultureInfo.InvariantCulture, $"{Plural.Of(completed, "completed operation")}; time from invocation to completion, logarithmic. ");
        note += shown < completed
            ? string.Create(CultureInfo.InvariantCulture, $"Points are sampled: {shown:#,0} of them are shown, the extremes included. ")
            : "";
        return new Figure("Latency", x, panels) { Note = note + "Shaded: faults in force.", Regions = Regions.Of(history, clock) };
    }

    private static string Counted(string label, int count) => string.Create(CultureInfo.InvariantCulture, $"{label} {count:#,0}");

    private static List<(string Name, HashSet<Function> Functions)> Groups(History history)
    {
        var counts = new int[256];
        foreach (var function in history.Functions) counts[(int)function]++;
        var codes = Enumerable.Range(0, 256).Where(code => counts[code] > 0).OrderByDescending(code => counts[code]).ThenBy(code => code);
        var used = codes.Select(code => (Function)code).ToList();
        var own = used.Count <= MaximumPanels ? used.Count : MaximumPanels - 1;
        var rest = used.Skip(own).ToHashSet();
        var groups = used.Take(own).Select(function => (Name(function), new HashSet<Function> { function })).ToList();
        if (rest.Count > 0) groups.Add((string.Join(", ", rest.Select(Name)), rest));
        return groups;

        string Name(Function function) => FunctionNames.Of(function, history.Type);
    }

    private static int CountOf(History history, HashSet<Function> functions)
    {
        var count = 0;
        foreach (var function in history.Functions) count += functions.Contains(function) ? 1 : 0;
        return count;
    }

    private static Axis VerticalAxis(History history, OperationClock clock)
    {
        var low = double.PositiveInfinity;
        var high = 0.0;
        for (var op = 0; op < history.Count; op++)
        {
            if (LatencyOf(clock, op) is not { } latency) continue;
            low = Math.Min(low, latency);
            high = Math.Max(high, latency);
        }

        if (high == 0) (low, high) = (1e-3, 1e-3);
        // Some air above and below, and never less than a decade.
        var air = Math.Max(1.5, Math.Sqrt(10 / (high / low)));
        return new("latency", clock.Unit, low / air, high * air, Logarithmic: true);
    }

    private static List<ChartPoint> Points(History history, OperationClock clock, HashSet<Function> functions, OperationType type)
    {
        var points = new List<ChartPoint>();
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Types[op] != type || !functions.Contains(history.Functions[op]) || LatencyOf(clock, op) is not { } latency) continue;
            points.Add(new(clock.StartOf(op) / 1e9, latency));
        }

        return points;
    }

    // In seconds; at least a nanosecond, so that a logarithm exists.
    private static double? LatencyOf(OperationClock clock, int op)
    {
        var end = clock.EndOf(op);
        return end < 0 ? null : Math.Max(1, end - clock.StartOf(op)) / 1e9;
    }

    private static List<Series> QuantileSeries(History history, OperationClock clock)
    {
        var step = Windows.Step(clock.EndSeconds, 60);
        var windows = new List<double>[(int)(clock.EndSeconds / step) + 1];
        for (var op = 0; op < history.Count; op++)
        {
            if (LatencyOf(clock, op) is not { } latency) continue;
            var window = Math.Min(windows.Length - 1, (int)(clock.StartOf(op) / 1e9 / step));
            (windows[window] ??= []).Add(latency);
        }

        foreach (var window in windows) window?.Sort();
        return
        [
            .. Quantiles.Select(quantile => new LineSeries(quantile.Name, quantile.Tone,
            [
                .. windows.Select((window, i) => new ChartPoint(
                    Math.Min((i + 0.5) * step, clock.EndSeconds),
                    window is null ? double.NaN : window[Math.Max(0, (int)Math.Ceiling(quantile.Quantile * window.Count) - 1)])),
            ])),
        ];
    }
}
