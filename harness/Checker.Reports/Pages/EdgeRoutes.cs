using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>Finds ways for arrows between the bars of a drawing that lie on as few other bars and arrows as can be.</summary>
/// <param name="bars">The bars.</param>
/// <param name="top">No arrow goes above that.</param>
/// <param name="bottom">No arrow goes below that.</param>
internal sealed class EdgeRoutes(IReadOnlyList<FigureBox> bars, double top, double bottom)
{
    private const int Samples = 24;

    private readonly List<FigureCurve> _taken = [];

    /// <summary>The way from one bar to another. O(bars + arrows).</summary>
    public FigureCurve Way(FigureBox a, FigureBox b)
    {
        var best = Candidates(a, b).MinBy(curve => Cost(curve, a, b));
        _taken.Add(best);
        return best;
    }

    /// <summary>How many arrows, beside its own, run through a box.</summary>
    public int Crossing(FigureBox box, FigureCurve own) => _taken.Count(curve => curve != own &&
        Enumerable.Range(1, Samples - 1).Select(i => curve.At(i / (double)Samples)).Any(point => box.Covers(point.X, point.Y, 1)));

    // From the plainest to the strangest; of equally good ones the first is taken.
    private static IEnumerable<FigureCurve> Candidates(FigureBox a, FigureBox b)
    {
        if (b.X >= a.Right - 0.5)
        {
            // Forwards: out of the end of one into the begin of the other.
            foreach (var share in (double[])[0.5, 0.25, 0.8])
            {
                var reach = a.Y == b.Y ? 0 : Math.Max(22, (b.X - a.Right) * share);
                yield return new(new(a.Right, a.MiddleY), new(a.Right + reach, a.MiddleY), new(b.X - reach, b.MiddleY), new(b.X, b.MiddleY));
            }
        }
        else if (a.Y != b.Y && b.Right >= a.X)
        {
            // They overlap in time: straight across.
            var down = b.Y > a.Y;
            var (start, end) = down ? (a.Bottom, b.Y) : (a.Y, b.Bottom);
            foreach (var (fromX, toX) in ((double, double)[])[(a.MiddleX, b.MiddleX), Shared(a, b)])
            {
                yield return new(new(fromX, start), new(fromX, (start + end) / 2), new(toX, (start + end) / 2), new(toX, end));
            }
        }

        // Around, above or below both.
        foreach (var shift in (double[])[0, 0.25, -0.25])
        {
            foreach (var depth in (double[])[34, 52])
            {
                foreach (var above in (bool[])[b.Y >= a.Y, b.Y < a.Y])
                {
                    ChartPoint from = new(a.MiddleX + (shift * a.Width), above ? a.Y : a.Bottom);
                    ChartPoint to = new(b.MiddleX - (shift * b.Width), above ? b.Y : b.Bottom);
                    var level = above ? Math.Min(a.Y, b.Y) - depth : Math.Max(a.Bottom, b.Bottom) + depth;
                    yield return new(from, new(from.X, level), new(to.X, level), to);
                }
            }
        }
    }

    private static (double From, double To) Shared(FigureBox a, FigureBox b)
    {
        var middle = (Math.Max(a.X, b.X) + Math.Min(a.Right, b.Right)) / 2;
        return (middle, middle);
    }

    // Bars weigh most, then leaving the drawing, then lying on another arrow, then length.
    private double Cost(FigureCurve curve, FigureBox a, FigureBox b)
    {
        var (cost, length, previous) = (0.0, 0.0, curve.P0);
        for (var i = 1; i <= Samples; i++)
        {
            var point = curve.At(i / (double)Samples);
            length += Math.Abs(point.X - previous.X) + Math.Abs(point.Y - previous.Y);
            previous = point;
            if (i == Samples) break;
            foreach (var bar in bars)
            {
                if (bar != a && bar != b ? bar.Covers(point.X, point.Y, 3) : bar.Covers(point.X, point.Y, -2)) cost += 100;
            }

            if (point.Y < top || point.Y > bottom) cost += 80;
            foreach (var other in _taken)
            {
                for (var k = 2; k < Samples; k += 2)
                {
                    var crossed = other.At(k / (double)Samples);
                    if (Math.Abs(crossed.X - point.X) < 5 && Math.Abs(crossed.Y - point.Y) < 5) cost += 12;
                }
            }
        }

        return cost + (length / 20);
    }
}
