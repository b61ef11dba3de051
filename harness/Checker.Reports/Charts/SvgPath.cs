using System.Globalization;
using System.Text;

namespace Checker.Reports.Charts;

/// <summary>Writes SVG numbers and paths: one decimal, no culture, no negative zero.</summary>
internal static class SvgPath
{
    /// <summary>A coordinate.</summary>
    public static string Number(double value)
    {
        var rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>One path of all points of a shape.</summary>
    public static string Markers(IEnumerable<ChartPoint> pixels, Marker marker)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in pixels)
        {
            _ = marker switch
            {
                Marker.Dot => path.Append('M').Append(Number(x)).Append(' ').Append(Number(y)).Append("h0"),
                Marker.Cross => path.Append('M').Append(Number(x - 2.5)).Append(' ').Append(Number(y - 2.5)).Append("l5 5m0-5l-5 5"),
                _ => path.Append('M').Append(Number(x)).Append(' ').Append(Number(y - 3)).Append("l3 5.5h-6z"),
            };
        }

        return path.ToString();
    }

    /// <summary>A polyline; a point that is not a number is a gap.</summary>
    public static string Line(IReadOnlyList<ChartPoint> pixels)
    {
        var path = new StringBuilder();
        for (var i = 0; i < pixels.Count; i++)
        {
            if (double.IsNaN(pixels[i].Y) || IsLonely(pixels, i)) continue;
            var begins = i == 0 || double.IsNaN(pixels[i - 1].Y);
            path.Append(begins ? 'M' : 'L').Append(Number(pixels[i].X)).Append(' ').Append(Number(pixels[i].Y));
        }

        return path.ToString();
    }

    /// <summary>The points between two gaps, which a line cannot show.</summary>
    public static IEnumerable<ChartPoint> Lonely(IReadOnlyList<ChartPoint> pixels) => pixels.Where((_, i) => IsLonely(pixels, i));

    private static bool IsLonely(IReadOnlyList<ChartPoint> pixels, int i) =>
        !double.IsNaN(pixels[i].Y) && (i == 0 || double.IsNaN(pixels[i - 1].Y)) && (i == pixels.Count - 1 || double.IsNaN(pixels[i + 1].Y));
}
