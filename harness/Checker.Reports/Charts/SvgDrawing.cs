namespace Checker.Reports.Charts;

/// <summary>One figure on its way to SVG.</summary>
internal sealed class SvgDrawing
{
    private const double RowHeight = 13;
    private const double PanelHeading = 30;
    private const double PanelGap = 14;
    private const double AxisHeight = 34;

    private readonly MarkupBuilder _svg = new();
    private readonly Figure _figure;
    private readonly bool _standalone;
    private readonly string[] _rows;
    private readonly double _left;
    private readonly double _right;
    private readonly double _top;
    private readonly double _strip;
    private readonly double _height;
    private readonly Scale _x;

    public SvgDrawing(Figure figure, bool standalone)
    {
        _figure = figure;
        _standalone = standalone;
        _rows = [.. figure.Regions.Select(region => region.Name).Distinct(StringComparer.Ordinal)];
        _left = Math.Max(74, _rows.Select(name => (Fitting(name).Length * 5.8) + 20).DefaultIfEmpty().Max());
        _right = figure.Width - 20;
        _top = !standalone ? 4 : figure.Note is null ? 44 : 62;
        _strip = _rows.Length == 0 ? 0 : (_rows.Length * RowHeight) + 6;
        _height = _top + _strip + figure.Panels.Sum(panel => PanelHeading + panel.Height + PanelGap) + AxisHeight;
        _x = new Scale(figure.X, _left, _right);
    }

    /// <summary>The height in pixels.</summary>
    public double Height => _height;

    private double Bottom => _height - AxisHeight - PanelGap;

    /// <summary>The SVG.</summary>
    public string Draw()
    {
        _svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {N(_figure.Width)} {N(_height)}\"");
        if (_standalone) _svg.Add($" width=\"{N(_figure.Width)}\" height=\"{N(_height)}\"");
        _svg.Add($" role=\"img\" aria-label=\"{_figure.Title}\">\n<title>{_figure.Title}</title>\n");
        if (_standalone) AddFrame();
        AddRegions();
        var y = _top + _strip;
        foreach (var panel in _figure.Panels)
        {
            AddPanel(panel, y + PanelHeading);
            y += PanelHeading + panel.Height + PanelGap;
        }

        AddHorizontalAxis();
        return _svg.Add($"</svg>\n").ToString();
    }

    private static string N(double value) => SvgPath.Number(value);

    private void AddFrame()
    {
        _svg.Add($"<style>{new Fragment(ChartStyle.Standalone)}</style>\n");
        _svg.Add($"<rect class=\"paper\" width=\"{N(_figure.Width)}\" height=\"{N(_height)}\"/>\n");
        _svg.Add($"<text class=\"heading\" x=\"20\" y=\"30\">{_figure.Title}</text>\n");
        if (_figure.Note is not null) _svg.Add($"<text class=\"note\" x=\"20\" y=\"49\">{_figure.Note}</text>\n");
    }

    private void AddRegions()
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            var y = _top + (row * RowHeight) + 9;
            _svg.Add($"<text class=\"fault-name\" x=\"{N(_left - 8)}\" y=\"{N(y)}\" text-anchor=\"end\">{Fitting(_rows[row])}</text>\n");
        }

        var (shadeTop, shadeHeight) = (N(_top + _strip), N(Bottom - _top - _strip));
        foreach (var region in _figure.Regions)
        {
            var barTop = N(_top + (Array.IndexOf(_rows, region.Name) * RowHeight) + 1);
            var (from, width) = (N(_x[region.From]), N(Math.Max(1.5, _x[region.To] - _x[region.From])));
            _svg.Add($"<g class=\"fault\"><title>{region.Details:lines}</title>");
            _svg.Add($"<rect class=\"shade\" x=\"{from}\" y=\"{shadeTop}\" width=\"{width}\" height=\"{shadeHeight}\"/>");
            _svg.Add($"<rect class=\"fault-bar\" x=\"{from}\" y=\"{barTop}\" width=\"{width}\" height=\"9\" rx=\"2\"/></g>\n");
        }
    }

    private static string Fitting(string name) => name.Length <= 26 ? name : name[..25] + "…";

    private void AddPanel(Panel panel, double top)
    {
        var bottom = top + panel.Height;
        var y = new Scale(panel.Y, bottom, top);
        _svg.Add($"<text class=\"panel-title\" x=\"{N(_left)}\" y=\"{N(top - 10)}\">{panel.Title}</text>\n");
        AddLegend(panel, top - 10);
        foreach (var tick in Ticks.Of(panel.Y, (int)Math.Max(2, panel.Height / 34)))
        {
            var at = y[tick];
            _svg.Add($"<path class=\"grid\" d=\"M{N(_left)} {N(at)}H{N(_right)}\"/>");
            _svg.Add($"<text class=\"tick\" x=\"{N(_left - 8)}\" y=\"{N(at + 3.5)}\" text-anchor=\"end\">");
            _svg.Add($"{Ticks.Label(tick, panel.Y.Unit)}</text>\n");
        }

        foreach (var series in panel.Series) AddSeries(series, y);
        _svg.Add($"<path class=\"axis\" d=\"M{N(_left)} {N(top)}V{N(bottom)}H{N(_right)}\"/>\n");
    }

    private void AddSeries(Series series, Scale y)
    {
        if (series.Points.Count == 0) return;
        var pixels = series.Points.Select(p => new ChartPoint(_x[p.X], double.IsNaN(p.Y) ? double.NaN : y[p.Y])).ToList();
        var tone = ChartStyle.ClassOf(series.Tone);
        if (series is ScatterSeries scatter)
        {
            var shape = ChartStyle.ClassOf(scatter.Marker) + ChartStyle.SizeOf(series.Points.Count);
            _svg.Add($"<path class=\"{shape} {tone}\" d=\"{new Fragment(SvgPath.Markers(pixels, scatter.Marker))}\"/>\n");
            return;
        }

        _svg.Add($"<path class=\"line {tone}\" d=\"{new Fragment(SvgPath.Line(pixels))}\"/>\n");
        var lonely = SvgPath.Markers(SvgPath.Lonely(pixels), Marker.Dot);
        if (lonely.Length > 0) _svg.Add($"<path class=\"dot some {tone}\" d=\"{lonely}\"/>\n");
        if (series is LineSeries { Marker: { } marker })
        {
            _svg.Add($"<path class=\"{ChartStyle.ClassOf(marker)} {tone}\" d=\"{SvgPath.Markers(Spread(pixels), marker)}\"/>\n");
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

    private void AddLegend(Panel panel, double baseline)
    {
        var at = _right;
        foreach (var series in panel.Series.Reverse())
        {
            at -= TextWidth(series.Name);
            _svg.Add($"<text class=\"legend\" x=\"{N(at)}\" y=\"{N(baseline)}\">{series.Name}</text>");
            var tone = ChartStyle.ClassOf(series.Tone);
            var marker = series switch { ScatterSeries scatter => scatter.Marker, LineSeries line => line.Marker, _ => null };
            if (series is LineSeries) _svg.Add($"<path class=\"line {tone}\" d=\"M{N(at - 22)} {N(baseline - 4)}h16\"/>");
            if (marker is { } shape)
            {
                var point = new ChartPoint(at - (series is LineSeries ? 14 : 9), baseline - 4);
                _svg.Add($"<path class=\"{ChartStyle.ClassOf(shape)} {tone} key\" d=\"{SvgPath.Markers([point], shape)}\"/>");
            }

            _svg.Add($"\n");
            at -= series is LineSeries ? 38 : 30;
        }
    }

    // Wide enough for the fonts in use at 12 px: no font metrics here.
    private static double TextWidth(string text) => text.Length * 6.6;

    private void AddHorizontalAxis()
    {
        foreach (var tick in Ticks.Of(_figure.X, (int)(_figure.Width / 110)))
        {
            var at = _x[tick];
            _svg.Add($"<path class=\"axis\" d=\"M{N(at)} {N(Bottom)}v4\"/>");
            _svg.Add($"<text class=\"tick\" x=\"{N(at)}\" y=\"{N(Bottom + 17)}\" text-anchor=\"middle\">");
            _svg.Add($"{Ticks.Label(tick, _figure.X.Unit)}</text>\n");
        }

        _svg.Add($"<text class=\"label\" x=\"{N((_left + _right) / 2)}\" y=\"{N(Bottom + 35)}\" ");
        _svg.Add($"text-anchor=\"middle\">{_figure.X.Label}</text>\n");
    }
}
