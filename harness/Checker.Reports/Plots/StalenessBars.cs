using System.Globalization;
using Checker.Checkers.Staleness;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Draws how the stale reads are spread: bars of how many were how many versions, and how long, behind.</summary>
internal sealed class StalenessBars
{
    /// <summary>The height of the drawing in pixels.</summary>
    public const double Height = 214;

    private const double Width = 1120;
    private const double Left = 74;
    private const double Gap = 56;
    private const double Top = 30;
    private const double Bottom = 168;
    private const int BarLimit = 12;

    private readonly MarkupBuilder _svg = new();

    /// <summary>The drawing as one SVG element.</summary>
    public static Fragment Of(ReadStaleness staleness)
    {
        var bars = new StalenessBars();
        bars._svg.Add($"<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"img\" ");
        bars._svg.Add($"aria-label=\"How the stale reads are spread\">\n");
        var summary = staleness.Summary;
        var half = (Width - Left - 20 - Gap) / 2;
        bars.AddHistogram("Stale reads by versions behind", Left, half, Fitting(summary.Versions.Histogram), StalenessText.Versions);
        if (summary.Nanoseconds is { } times)
        {
            bars.AddHistogram("Stale reads by time behind", Left + half + Gap, half, Fitting(times.Histogram), StalenessText.Time);
        }

        bars._svg.Add($"</svg>\n");
        return bars._svg.ToFragment();
    }

    private static string N(double value) => SvgPath.Number(value);

    // Without the fresh reads and without empty bars at the beginning; whole decades where there are too many.
    internal static IReadOnlyList<StalenessBucket> Fitting(IReadOnlyList<StalenessBucket> histogram)
    {
        var bars = histogram.Where(bar => bar.From > 0).SkipWhile(bar => bar.Count == 0).ToList();
        return bars.Count <= BarLimit ? bars :
        [
            .. bars.GroupBy(bar => (int)Math.Floor(Math.Log10(bar.From) + 1e-9))
                .Select(decade => new StalenessBucket(decade.First().From, decade.Last().To, decade.Sum(bar => bar.Count))),
        ];
    }

    private void AddHistogram(string title, double left, double width, IReadOnlyList<StalenessBucket> bars, Func<StalenessBucket, string> label)
    {
        _svg.Add($"<text class=\"panel-title\" x=\"{N(left)}\" y=\"16\">{title}</text>\n");
        var most = Math.Max(1, bars.Select(bar => bar.Count).DefaultIfEmpty().Max());
        var step = width / Math.Max(4, bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            var height = (Bottom - Top - 18) * bars[i].Count / most;
            var (x, middle) = (left + (i * step) + (step * 0.12), left + ((i + 0.5) * step));
            var count = bars[i].Count.ToString("#,0", CultureInfo.InvariantCulture);
            _svg.Add($"<g class=\"spread\"><title>{label(bars[i])}: {count}</title>");
            if (bars[i].Count > 0)
            {
                _svg.Add($"<rect class=\"fill-info\" x=\"{N(x)}\" y=\"{N(Bottom - Math.Max(1, height))}\" ");
                _svg.Add($"width=\"{N(step * 0.76)}\" height=\"{N(Math.Max(1, height))}\" rx=\"2\"/>");
            }

            _svg.Add($"<text class=\"tick\" x=\"{N(middle)}\" y=\"{N(Bottom - height - 5)}\" text-anchor=\"middle\">{count}</text>");
            // Names too long for their bars stand on two levels.
            var crowded = bars.Any(bar => label(bar).Length * 6.2 > step);
            var y = Bottom + 16 + (crowded && i % 2 == 1 ? 14 : 0);
            _svg.Add($"<text class=\"tick\" x=\"{N(middle)}\" y=\"{N(y)}\" text-anchor=\"middle\">{label(bars[i])}</text></g>\n");
        }

        _svg.Add($"<path class=\"axis\" d=\"M{N(left)} {N(Bottom)}H{N(left + width)}\"/>\n");
    }
}
