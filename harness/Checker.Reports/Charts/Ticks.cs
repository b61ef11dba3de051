using System.Globalization;
using Checker.Histories.Words;

namespace Checker.Reports.Charts;

/// <summary>Where an axis has its ticks, and what stands there.</summary>
internal static class Ticks
{
    /// <summary>Round numbers in a range: multiples of 1, 2 or 5 times a power of ten; the powers of ten of a logarithmic axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="count">About how many are wanted.</param>
    public static IReadOnlyList<double> Of(Axis axis, int count) =>
        axis.Logarithmic ? Logarithmic(axis.Minimum, axis.Maximum, count) : Linear(axis.Minimum, axis.Maximum, count);

    /// <summary>The number as it stands at a tick.</summary>
    public static string Label(double value, AxisUnit unit) => unit == AxisUnit.Seconds ? TimeText.Length(value) : Number(value);

    /// <summary>A step that is 1, 2 or 5 times a power of ten and at least the given one.</summary>
    public static double NiceStep(double atLeast)
    {
        if (!(atLeast > 0) || double.IsInfinity(atLeast)) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (factor * power >= atLeast * (1 - 1e-9)) return factor * power;
        }

        return 10 * power;
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1e15 ? "0.###e0" : "#,0.######", CultureInfo.InvariantCulture);

    private static List<double> Linear(double minimum, double maximum, int count)
    {
        var step = NiceStep((maximum - minimum) / Math.Max(1, count));
        var ticks = new List<double>();
        var first = Math.Ceiling((minimum / step) - 1e-9);
        var last = Math.Floor((maximum / step) + 1e-9);
        for (var i = first; i <= last && ticks.Count <= 4 * count; i++) ticks.Add(Rounded(i * step));
        return ticks;
    }

    // Powers of ten; where fewer than two lie in the range, their multiples by 2 and 5 as well.
    private static List<double> Logarithmic(double minimum, double maximum, int count)
    {
        var first = (int)Math.Ceiling(Math.Log10(minimum) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(maximum) + 1e-9);
        var stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)Math.Max(1, count)));
        var ticks = new List<double>();
        for (var power = first; power <= last; power += stride) ticks.Add(Rounded(Math.Pow(10, power)));
        if (ticks.Count >= 2) return ticks;
        ticks.Clear();
        for (var power = first - 1; power <= last; power++)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
            {
                var tick = Rounded(factor * Math.Pow(10, power));
                if (tick >= minimum * (1 - 1e-9) && tick <= maximum * (1 + 1e-9)) ticks.Add(tick);
            }
        }

        return ticks;
    }

    // 3 × 0.1 is 0.3 here, and there is no negative zero.
    private static double Rounded(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
