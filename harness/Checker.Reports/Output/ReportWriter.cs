using System.Globalization;
using System.Text;
using Checker.Reports.Charts;
using Checker.Reports.Pages;
using Checker.Reports.Plots;

namespace Checker.Reports.Output;

/// <summary>Writes everything that a report is: <c>report.html</c>, <c>latency.svg</c>, <c>rate.svg</c>, <c>results.json</c>, and where
/// a read was stale <c>staleness.svg</c>.</summary>
public static class ReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the files. The same input gives the same bytes.</summary>
    /// <param name="input">What is reported.</param>
    /// <param name="directory">The directory; it is made if it does not exist. Files of these names are replaced.</param>
    /// <exception cref="IOException">The directory cannot be written to.</exception>
    public static void Write(ReportInput input, string directory)
    {
        ArgumentNullException.ThrowIfNull(input);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "report.html"), Html(input), Utf8);
        File.WriteAllText(Path.Combine(directory, "latency.svg"), LatencySvg(input), Utf8);
        File.WriteAllText(Path.Combine(directory, "rate.svg"), RateSvg(input), Utf8);
        if (StalenessSvg(input) is { } staleness) File.WriteAllText(Path.Combine(directory, "staleness.svg"), staleness, Utf8);
        else File.Delete(Path.Combine(directory, "staleness.svg"));
        using var results = new StringWriter(CultureInfo.InvariantCulture);
        ResultsWriter.Write(input, results);
        File.WriteAllText(Path.Combine(directory, "results.json"), results.ToString().ReplaceLineEndings("\n"), Utf8);
    }

    /// <summary>The self-contained page.</summary>
    public static string Html(ReportInput input) => HtmlPage.Of(input);

    /// <summary>The static plot of latencies.</summary>
    public static string LatencySvg(ReportInput input) => Static(LatencyPlot.Of(input.History), input);

    /// <summary>The static plot of rates.</summary>
    public static string RateSvg(ReportInput input) => Static(RatePlot.Of(input.History), input);

    /// <summary>The static plot of stale reads; null if there were none, or staleness was not measured.</summary>
    public static string? StalenessSvg(ReportInput input) => StalenessSection.Svg(input);

    private static string Static(Figure figure, ReportInput input) =>
        new SvgChartRenderer(standalone: true).Render(figure with { Title = $"{figure.Title}: {Banner.Title(input)}" });
}
