using System.Globalization;
using System.Xml.Linq;
using Checker.Histories;
using Checker.Reports.Charts;
using Checker.Reports.Output;
using Checker.Reports.Plots;

namespace Checker.Reports.Tests;

public class PlotTests
{
    [Fact]
    public void Quantiles_of_a_window_are_those_of_its_operations()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var i = 1; i <= 100; i++)
        {
            SampleHistories.Invoke(builder, 0, Function.Write, default, i, 1000 * (i - 1));
            SampleHistories.Complete(builder, 0, OperationType.Ok, Function.Write, default, i, (1000 * (i - 1)) + i);
        }

        // One operation a second, of 1 to 100 ms; windows of two seconds hold two each.
        var series = LatencyPlot.Of(builder.Build()).Panels[0].Series.ToDictionary(s => s.Name, s => s.Points);
        Assert.Equal(50, series["max"].Count);
        Assert.Equal(0.002, series["max"][0].Y, 9);
        Assert.Equal(0.001, series["median"][0].Y, 9);
        Assert.Equal(0.100, series["p99"][^1].Y, 9);
    }

    [Fact]
    public void The_rate_counts_every_completion_once()
    {
        var input = SampleHistories.Run(4000, invalid: false);
        var figure = RatePlot.Of(input.History);
        var series = figure.Panels[0].Series;
        var window = series[0].Points[1].X - series[0].Points[0].X;
        var counts = OperationCounts.Of(input.History);
        var last = figure.X.Maximum - (window * (series[0].Points.Count - 1));
        var counted = series.ToDictionary(s => s.Name, s => s.Points.SkipLast(1).Sum(p => p.Y * window) + (s.Points[^1].Y * Math.Max(last, window / 20)));
        Assert.Equal(counts.Ok, counted["ok"], 3);
        Assert.Equal(counts.Fail, counted["fail"], 3);
        Assert.Equal(counts.Info, counted["info"], 3);
    }

    [Fact]
    public void Thinning_keeps_the_extremes_and_says_so()
    {
        var random = new System.Random(1);
        ChartPoint[] points = [.. Enumerable.Range(0, 50_000).Select(i => new ChartPoint(i, random.NextDouble()))];
        points[31_007] = new(31_007, 99);
        points[11_003] = new(11_003, -99);
        var thin = Thinning.Thin(points, new Axis("", AxisUnit.Number, 0, 50_000), 1000);
        Assert.InRange(thin.Count, 500, 1010);
        Assert.Contains(points[31_007], thin);
        Assert.Contains(points[11_003], thin);
        Assert.Contains("sampled", LatencyPlot.Of(SampleHistories.Run(40_000, invalid: false).History).Note, StringComparison.Ordinal);
        Assert.DoesNotContain("sampled", LatencyPlot.Of(SampleHistories.Run(1000, invalid: false).History).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_big_run_makes_files_below_a_megabyte()
    {
        var input = SampleHistories.Run(120_000, invalid: false, threads: 50);
        Assert.InRange(ReportWriter.LatencySvg(input).Length, 10_000, 1 << 20);
        Assert.InRange(ReportWriter.RateSvg(input).Length, 1_000, 1 << 20);
    }

    [Fact]
    public void A_history_without_times_is_drawn_in_event_order()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        Assert.Null(builder.Invoke(0, Function.Write, default, builder.Values.Integer(1)));
        Assert.Null(builder.Complete(0, OperationType.Ok, Function.Write, default, builder.Values.Integer(1)));
        var figure = LatencyPlot.Of(builder.Build());
        Assert.Contains("no times", figure.X.Label, StringComparison.Ordinal);
        Assert.Equal(AxisUnit.Number, figure.X.Unit);
    }

    [Fact]
    public void An_empty_history_has_plots_without_numbers_that_are_none()
    {
        var input = new ReportInput { History = new HistoryBuilder(DataTypes.Register).Build(), DataType = DataTypes.Register, Models = [] };
        foreach (var svg in (string[])[ReportWriter.LatencySvg(input), ReportWriter.RateSvg(input)])
        {
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain(double.PositiveInfinity.ToString(CultureInfo.InvariantCulture), svg, StringComparison.Ordinal);
            Assert.NotNull(XDocument.Parse(svg).Root);
        }

        Assert.Contains("UNKNOWN", ReportWriter.Html(input), StringComparison.Ordinal);
    }
}
