using System.Text;

namespace Checker.Reports.Charts;

/// <summary>
/// Writes figures as SVG. Colours hang on CSS classes: a static file brings its own style sheet, light or dark as the reader's system is; in a
/// page the page's style sheet colours it.
/// </summary>
/// <param name="standalone">Whether the SVG is a file of its own.</param>
public sealed class SvgChartRenderer(bool standalone) : IChartRenderer
{
    private const double Left = 74;
    private const double Right = 20;
    private const double RowHeight = 13;
    private const double PanelHeading = 30;
    private const double PanelGap = 14;

    /// <inheritdoc/>
    public string Render(Figure figure)
    {
        var rows = figure.Regions.Select(region => region.Name).Distinct(StringComparer.Ordinal).ToArray();
        var top = standalone ? (figure.Note is null ? 44.0 : 62) : 4.0;
        var strip = rows.Length == 0 ? 0 : (rows.Length * RowHeight) + 6;
        var height = top + strip + figure.Panels.Sum(panel => PanelHeading + panel.Height + PanelGap) + 34;
        var svg = new StringBuilder(64 * 1024);
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {N(figure.Width)} {N(height)}\"");
        if (standalone) svg.Append($" width=\"{N(figure.Width)}\" height=\"{N(height)}\"");
        svg.Append($" role=\"img\" aria-label=\"{Markup.Escape(figure.Title)}\">\n");
        svg.Append($"<title>{Markup.Escape(figure.Title)}</title>\n");
        if (standalone) AppendFrame(svg, figure, height);
        var x = new Scale(figure.X, Left, figure.Width - Right);
        var bottom = height - 34 - PanelGap;
        AppendRegions(svg, figure, rows, x, top, strip, bottom);
        var y = top + strip;
        foreach (var panel in figure.Panels)
        {
            AppendPanel(svg, figure, panel, x, y + PanelHeading);
            y += PanelHeading + panel.Height + PanelGap;
        }

        AppendHorizontalAxis(svg, figure, x, bottom);
        return svg.Append("</svg>\n").ToString();
    }

    private static string N(double value) => SvgPath.Number(value);

    private static void AppendFrame(StringBuilder svg, Figure figure, double height)
    {
        svg.Append("<style>").Append(ChartStyle.Standalone).Append("</style>\n");
        svg.Append($"<rect class=\"paper\" width=\"{N(figure.Width)}\" height=\"{N(height)}\"/>\n");
        svg.Append($"<text class=\"heading\" x=\"20\" y=\"30\">{Markup.Escape(figure.Title)}</text>\n");
        if (figure.Note is not null) svg.Append($"<text class=\"note\" x=\"20\" y=\"49\">{Markup.Escape(figure.Note)}</text>\n");
    }

    private static void AppendRegions(StringBuilder svg, Figure figure, string[] rows, Scale x, double top, double strip, double bottom)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            var y = top + (row * RowHeight);
            svg.Append($"<text class=\"fault-name\" x=\"{N(Left - 8)}\" y=\"{N(y + 9)}\" text-anchor=\"end\">{Markup.Escape(Fitting(rows[row]))}</text>\n");
        }

        foreach (var region in figure.Regions)
        {
            var row = Array.IndexOf(rows, region.Name);
            var from = x[region.From];
            var width = Math.Max(1.5, x[region.To] - from);
            svg.Append($"<g class=\"fault\"><title>{Markup.Escape(region.Details)}</title>");
            svg.Append($"<rect class=\"shade\" x=\"{N(from)}\" y=\"{N(top + strip)}\" width=\"{N(width)}\" height=\"{N(bottom - top - strip)}\"/>");
            svg.Append($"<rect class=\"fault-bar\" x=\"{N(from)}\" y=\"{N(top + (row * RowHeight) + 1)}\" width=\"{N(width)}\" height=\"9\" rx=\"2\"/></g>\n");
        }
    }

    private static string Fitting(string name) => name.Length <= 12 ? name : name[..11] + "…";

    private static void AppendPanel(StringBuilder svg, Figure figure, Panel panel, Scale x, double top)
    {
        var bottom = top + panel.Height;
        var y = new Scale(panel.Y, bottom, top);
        svg.Append($"<text class=\"panel-title\" x=\"{N(Left)}\" y=\"{N(top - 10)}\">{Markup.Escape(panel.Title)}</text>\n");
        AppendLegend(svg, panel, figure.Width - Right, top - 10);
        foreach (var tick in Ticks.Of(panel.Y, (int)Math.Max(2, panel.Height / 34)))
        {
            var at = y[tick];
            svg.Append($"<path class=\"grid\" d=\"M{N(Left)} {N(at)}H{N(figure.Width - Right)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{N(Left - 8)}\" y=\"{N(at + 3.5)}\" text-anchor=\"end\">{Ticks.Label(tick, panel.Y.Unit)}</text>\n");
        }

        foreach (var series in panel.Series) AppendSeries(svg, series, x, y);
        svg.Append($"<path class=\"axis\" d=\"M{N(Left)} {N(top)}V{N(bottom)}H{N(figure.Width - Right)}\"/>\n");
    }

    private static void AppendSeries(StringBuilder svg, Series series, Scale x, Scale y)
    {
        if (series.Points.Count == 0) return;
        var pixels = series.Points.Select(p => new ChartPoint(x[p.X], double.IsNaN(p.Y) ? double.NaN : y[p.Y])).ToList();
        var tone = ChartStyle.ClassOf(series.Tone);
        if (series is ScatterSeries scatter)
        {
            svg.Append($"<path class=\"{ChartStyle.ClassOf(scatter.Marker)}{ChartStyle.SizeOf(series.Points.Count)} {tone}\" d=\"{SvgPath.Markers(pixels, scatter.Marker)}\"/>\n");
            return;
        }

        svg.Append($"<path class=\"line {tone}\" d=\"{SvgPath.Line(pixels)}\"/>\n");
        var lonely = SvgPath.Markers(SvgPath.Lonely(pixels), Marker.Dot);
        if (lonely.Length > 0) svg.Append($"<path class=\"dot some {tone}\" d=\"{lonely}\"/>\n");
        if (series is LineSeries { Marker: { } marker })
        {
            svg.Append($"<path class=\"{ChartStyle.ClassOf(marker)} {tone}\" d=\"{SvgPath.Markers(Spread(pixels), marker)}\"/>\n");
        }
    }

    // Shapes on a line, far enough apart to be told from each other.
    private static IEnumerable<ChartPoint> Spread(IEnumerable<ChartPoint> pixels)
    {
        var next = double.NegativeInfinity;
        foreach (var pixel in pixels)
        {
            if (double.IsNaN(pixel.Y) || pixel.X < next) continue;
            next = pixel.X + 48;
            yield return pixel;
        }
    }

    private static void AppendLegend(StringBuilder svg, Panel panel, double right, double baseline)
    {
        var at = right;
        foreach (var series in panel.Series.Reverse())
        {
            at -= TextWidth(series.Name);
            svg.Append($"<text class=\"legend\" x=\"{N(at)}\" y=\"{N(baseline)}\">{Markup.Escape(series.Name)}</text>");
            var tone = ChartStyle.ClassOf(series.Tone);
            var marker = series switch { ScatterSeries scatter => scatter.Marker, LineSeries line => line.Marker, _ => null };
            if (series is LineSeries) svg.Append($"<path class=\"line {tone}\" d=\"M{N(at - 22)} {N(baseline - 4)}h16\"/>");
            if (marker is { } shape)
            {
                var point = new ChartPoint(at - (series is LineSeries ? 14 : 9), baseline - 4);
                svg.Append($"<path class=\"{ChartStyle.ClassOf(shape)} {tone} key\" d=\"{SvgPath.Markers([point], shape)}\"/>");
            }

            svg.Append('\n');
            at -= series is LineSeries ? 38 : 30;
        }
    }

    // Wide enough for the fonts in use at 12 px: no font metrics here.
    private static double TextWidth(string text) => text.Length * 6.6;

    private static void AppendHorizontalAxis(StringBuilder svg, Figure figure, Scale x, double bottom)
    {
        foreach (var tick in Ticks.Of(figure.X, (int)(figure.Width / 110)))
        {
            var at = x[tick];
            svg.Append($"<path class=\"axis\" d=\"M{N(at)} {N(bottom)}v4\"/>");
            svg.Append($"<text class=\"tick\" x=\"{N(at)}\" y=\"{N(bottom + 17)}\" text-anchor=\"middle\">{Ticks.Label(tick, figure.X.Unit)}</text>\n");
        }

        svg.Append($"<text class=\"label\" x=\"{N(Left + ((figure.Width - Left - Right) / 2))}\" y=\"{N(bottom + 35)}\" ");
        svg.Append($"text-anchor=\"middle\">{Markup.Escape(figure.X.Label)}</text>\n");
    }
}
