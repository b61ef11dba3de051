using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>A cubic Bézier curve of a drawing.</summary>
/// <param name="P0">Where it begins.</param>
/// <param name="P1">Where to it sets out.</param>
/// <param name="P2">Where from it arrives.</param>
/// <param name="P3">Where it ends.</param>
internal readonly record struct FigureCurve(ChartPoint P0, ChartPoint P1, ChartPoint P2, ChartPoint P3)
{
    /// <summary>The curve as SVG has it.</summary>
    public string Path => $"M{N(P0.X)} {N(P0.Y)}C{N(P1.X)} {N(P1.Y)} {N(P2.X)} {N(P2.Y)} {N(P3.X)} {N(P3.Y)}";

    /// <summary>The head of an arrow at the end.</summary>
    public string Head
    {
        get
        {
            var from = P2 == P3 ? P0 : P2;
            return Math.Abs(P3.X - from.X) >= Math.Abs(P3.Y - from.Y)
                ? $"M{N(P3.X)} {N(P3.Y)}l{N(-8 * Math.Sign(P3.X - from.X))} -4v8z"
                : $"M{N(P3.X)} {N(P3.Y)}l-4 {N(-8 * Math.Sign(P3.Y - from.Y))}h8z";
        }
    }

    /// <summary>The point at a share of the way, 0 to 1.</summary>
    public ChartPoint At(double t)
    {
        var (a, b, c, d) = (Math.Pow(1 - t, 3), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
        return new((a * P0.X) + (b * P1.X) + (c * P2.X) + (d * P3.X), (a * P0.Y) + (b * P1.Y) + (c * P2.Y) + (d * P3.Y));
    }

    private static string N(double value) => SvgPath.Number(value);
}
