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

    /// <summary>A polyline; a point that is not a number is a gap, and a point between two gaps a dot.</summary>
    public static string Line(IEnumerable<ChartPoint> pixels)
    {
        var path = new StringBuilder();
        var length = 0;
        foreach (var (x, y) in pixels)
        {
            if (double.IsNaN(y))
            {
                if (length == 1) path.Append("h0");
                length = 0;
                continue;
            }

            path.Append(length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
            length++;
        }

        return (length == 1 ? path.Append("h0") : path).ToString();
    }
}
