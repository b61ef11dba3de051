using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Thins a cloud of points so that it looks the same and takes less space.</summary>
internal static class Thinning
{
    /// <summary>
    /// About <paramref name="limit"/> points: the highest and the lowest of each of a quarter as many stretches, so that no extreme is lost, and
    /// of the others every n-th.
    /// </summary>
    /// <param name="points">The points, by X.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="limit">How many are wanted, at least 4.</param>
    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, Axis x, int limit)
    {
        if (points.Count <= limit) return points;
        var stretches = limit / 4;
        var scale = new Scale(x, 0, stretches);
        var keep = new bool[points.Count];
        var (stretch, lowest, highest) = (-1, 0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var here = Math.Min(stretches - 1, (int)scale[points[i].X]);
            if (here != stretch)
            {
                keep[lowest] = keep[highest] = true;
                (stretch, lowest, highest) = (here, i, i);
            }

            if (points[i].Y < points[lowest].Y) lowest = i;
            if (points[i].Y > points[highest].Y) highest = i;
        }

        keep[lowest] = keep[highest] = true;
        var step = (int)Math.Ceiling(points.Count / (limit / 2.0));
        for (var i = 0; i < points.Count; i += step) keep[i] = true;
        return [.. points.Where((_, i) => keep[i])];
    }
}
