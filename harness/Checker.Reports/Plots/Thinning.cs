using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Thins a cloud of points so that it looks the same and takes less space.</summary>
internal static class Thinning
{
    /// <summary>
    /// At most one point of each cell of a grid, the first; the grid is made coarser until at most <paramref name="limit"/> are left.
    /// The outline of the cloud, its extremes above all, stays to within a cell.
    /// </summary>
    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, Axis x, Axis y, double width, double height, int limit)
    {
        if (points.Count <= limit) return points;
        var across = new Scale(x, 0, width);
        var up = new Scale(y, 0, height);
        var taken = new HashSet<long>();
        for (var cell = 1.5; ; cell *= 1.5)
        {
            taken.Clear();
            var kept = new List<ChartPoint>();
            foreach (var point in points)
            {
                if (taken.Add(((long)(across[point.X] / cell) << 32) | (long)(up[point.Y] / cell))) kept.Add(point);
                if (kept.Count > limit) break;
            }

            if (kept.Count <= limit) return kept;
        }
    }
}
