using System.Globalization;

namespace Checker.Histories.Words;

/// <summary>
/// Times in words, the same wherever Checker speaks. Moments of a history are told to the microsecond, so that they can be compared;
/// lengths of time to three digits, which is as fine as anyone measures. Both take the unit that fits.
/// </summary>
public static class TimeText
{
    /// <summary>A moment: <c>7.790458 s</c>, <c>704.824 ms</c>, <c>345.6 µs</c>, <c>12 ns</c>.</summary>
    /// <param name="nanoseconds">The time since the start, in nanoseconds.</param>
    public static string Moment(long nanoseconds)
    {
        var (unit, name, digits) = UnitOf(nanoseconds);
        return (nanoseconds / unit).ToString("#,0." + new string('#', digits), CultureInfo.InvariantCulture) + " " + name;
    }

    /// <summary>Two moments in the unit that fits the later: <c>12.000 – 15.250 ms</c>.</summary>
    /// <param name="from">The earlier, in nanoseconds since the start.</param>
    /// <param name="to">The later.</param>
    public static string Range(long from, long to)
    {
        var (unit, name, digits) = UnitOf(to);
        var format = "#,0." + new string(to < 1_000_000 ? '#' : '0', digits);
        return $"{(from / unit).ToString(format, CultureInfo.InvariantCulture)} – {(to / unit).ToString(format, CultureInfo.InvariantCulture)} {name}";
    }

    /// <summary>A length: <c>0 s</c>, <c>250 ns</c>, <c>20 µs</c>, <c>1.5 ms</c>, <c>8.37 s</c>, <c>90 s</c>, <c>6,014 s</c>.</summary>
    /// <param name="seconds">The length in seconds.</param>
    public static string Length(double seconds)
    {
        var size = Math.Abs(seconds);
        if (size < 0.5e-9) return "0 s";
        // The half of the last shown digit is taken off, so that 0.9999999 s is 1 s and not 1000 ms.
        return size switch
        {
            < 0.9995e-6 => ThreeDigits(seconds * 1e9) + " ns",
            < 0.9995e-3 => ThreeDigits(seconds * 1e6) + " µs",
            < 0.9995 => ThreeDigits(seconds * 1e3) + " ms",
            _ => ThreeDigits(seconds) + " s",
        };
    }

    // With the digits after the point: down to the microsecond, or, below a millisecond, to the nanosecond.
    private static (double Unit, string Name, int Digits) UnitOf(long nanoseconds) => nanoseconds switch
    {
        0 => (1e9, "s", 0),
        >= 999_999_500 => (1e9, "s", 6),
        >= 1_000_000 => (1e6, "ms", 3),
        >= 1_000 => (1e3, "µs", 3),
        _ => (1, "ns", 0),
    };

    private static string ThreeDigits(double value) => value.ToString(
        Math.Abs(value) switch { >= 99.95 => "#,0", >= 9.995 => "0.#", >= 0.9995 => "0.##", _ => "0.###" }, CultureInfo.InvariantCulture);
}
