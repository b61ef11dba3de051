namespace Checker.Reports.Charts;

/// <summary>Maps the range of an axis to pixels.</summary>
/// <param name="axis">The axis.</param>
/// <param name="from">The pixel of the minimum.</param>
/// <param name="to">The pixel of the maximum.</param>
internal sealed class Scale(Axis axis, double from, double to)
{
    private readonly double _low = axis.Logarithmic ? Math.Log10(axis.Minimum) : axis.Minimum;
    private readonly double _high = axis.Logarithmic ? Math.Log10(axis.Maximum) : axis.Maximum;

    /// <summary>The pixel of a value; values outside the range lie on its ends.</summary>
    public double this[double value]
    {
        get
        {
            var position = axis.Logarithmic ? Math.Log10(Math.Max(value, axis.Minimum)) : value;
            var share = (position - _low) / (_high - _low);
            return from + ((to - from) * Math.Clamp(share, 0, 1));
        }
    }
}
