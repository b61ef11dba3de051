using Checker.Histories.Values;
using Checker.Histories.Words;
using Xunit;

namespace Checker.Histories.Tests;

public class WordsTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(12, "12 ns")]
    [InlineData(1_000, "1 µs")]
    [InlineData(345_600, "345.6 µs")]
    [InlineData(704_824_123, "704.824 ms")]
    [InlineData(999_999_499, "999.999 ms")]
    [InlineData(999_999_900, "1 s")]
    [InlineData(7_790_458_000, "7.790458 s")]
    [InlineData(6_014_000_000_000, "6,014 s")]
    public void A_moment_is_told_to_the_microsecond(long nanoseconds, string expected) => Assert.Equal(expected, TimeText.Moment(nanoseconds));

    [Theory]
    [InlineData(12_000_000, 15_250_000, "12.000 – 15.250 ms")]
    [InlineData(1_000, 2_500, "1 – 2.5 µs")]
    [InlineData(999_000_000, 1_003_000_000, "0.999000 – 1.003000 s")]
    [InlineData(0, 7, "0 – 7 ns")]
    public void Both_ends_of_a_range_have_the_unit_of_the_later(long from, long to, string expected) => Assert.Equal(expected, TimeText.Range(from, to));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(20e-6, "20 µs")]
    [InlineData(1.5e-3, "1.5 ms")]
    [InlineData(0.0690812, "69.1 ms")]
    [InlineData(0.9999999, "1 s")]
    [InlineData(8.3674, "8.37 s")]
    [InlineData(6014.4, "6,014 s")]
    public void A_length_has_three_digits(double seconds, string expected) => Assert.Equal(expected, TimeText.Length(seconds));

    [Fact]
    public void One_thing_is_no_plural()
    {
        Assert.Equal("1 operation", Plural.Of(1, "operation"));
        Assert.Equal("0 operations", Plural.Of(0, "operation"));
        Assert.Equal("12,681 operations", Plural.Of(12_681, "operation"));
        Assert.Equal("2 anomalies", Plural.Of(2, "anomaly", "anomalies"));
    }

    [Fact]
    public void Of_a_long_value_people_get_the_begin_the_end_and_the_length()
    {
        var table = new ValueTable();
        Assert.Equal("\"short\"", table.Text(table.String("short")));
        var text = table.Text(table.String(new string('a', 5_000) + new string('z', 5_000)));
        Assert.StartsWith("\"aaa", text, StringComparison.Ordinal);
        Assert.EndsWith("zzz\" (10,002 characters)", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 240);
        // No half of a pair of surrogates is left at a cut.
        var pairs = table.Text(table.String(string.Concat(Enumerable.Repeat("😀", 400))));
        Assert.DoesNotContain(pairs.Replace("😀", "", StringComparison.Ordinal), char.IsSurrogate);
    }
}
