using System.Globalization;
using Checker.Histories.Words;
using Checker.Reports.Charts;
using Checker.Reports.Plots;

namespace Checker.Reports.Pages;

/// <summary>How stale the reads were: in a sentence, as a distribution and over time.</summary>
internal static class StalenessSection
{
    private const double Heading = 62;

    /// <summary>The section; empty if staleness was not measured.</summary>
    public static Fragment Of(ReportInput input)
    {
        if (input.Staleness is not { } staleness || StalenessText.Of(staleness) is not { } text) return Fragment.Empty;
        var html = new MarkupBuilder();
        html.Add($"<section id=\"staleness\" aria-labelledby=\"staleness-heading\"><div class=\"heading-row\"><h2 id=\"staleness-heading\">Staleness</h2>");
        html.Add($"<p class=\"sub\">{Note(input, text)}</p></div>\n");
        if (staleness.Summary.Stale > 0)
        {
            html.Add($"<figure class=\"plot\">{StalenessBars.Of(staleness)}");
            html.Add($"{new Fragment(new SvgChartRenderer(standalone: false).Render(StalenessPlot.Of(input.History, staleness)))}</figure>");
        }

        return html.Add($"</section>\n").ToFragment();
    }

    /// <summary>The static plot; null if no read was stale.</summary>
    public static string? Svg(ReportInput input)
    {
        if (input.Staleness is not { Summary.Stale: > 0 } staleness || StalenessText.Of(staleness) is not { } text) return null;
        var overTime = new SvgDrawing(StalenessPlot.Of(input.History, staleness), standalone: false);
        var height = Heading + StalenessBars.Height + overTime.Height;
        var svg = new MarkupBuilder();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 1120 {N(height)}\" width=\"1120\" height=\"{N(height)}\" ");
        svg.Add(
            $"role=\"img\" aria-label=\"Staleness\">\n<title>Staleness: {Banner.Title(input)}</title>\n<style>{new Fragment(ChartStyle.Standalone)}</style>\n");
        svg.Add($"<rect class=\"paper\" width=\"1120\" height=\"{N(height)}\"/>\n");
        svg.Add($"<text class=\"heading\" x=\"20\" y=\"30\">Staleness: {Banner.Title(input)}</text>\n");
        svg.Add($"<text class=\"note\" x=\"20\" y=\"49\">{Note(input, text)}</text>\n");
        svg.Add($"<svg y=\"{N(Heading)}\" width=\"1120\" height=\"{N(StalenessBars.Height)}\">{StalenessBars.Of(staleness)}</svg>\n");
        svg.Add($"<svg y=\"{N(Heading + StalenessBars.Height)}\" width=\"1120\" height=\"{N(overTime.Height)}\">{new Fragment(overTime.Draw())}</svg>\n");
        return svg.Add($"</svg>\n").ToString();
    }

    private static string N(double value) => SvgPath.Number(value);

    private static string Note(ReportInput input, string text)
    {
        var note = char.ToUpperInvariant(text[0]) + text[1..] + ".";
        if (input.Staleness is { Summary.Stale: > 0, Delta: { } delta }) note += $" Δ is {TimeText.Length(delta / 1e9)}.";
        var unmeasured = input.Staleness!.Unmeasured.Count;
        return unmeasured == 0 ? note : string.Create(CultureInfo.InvariantCulture, $"{note} {unmeasured:#,0} reads could not be measured.");
    }
}
