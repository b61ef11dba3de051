using Checker.Harness.Generators;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Generators;

public sealed class KeySkewTests
{
    private const int Picks = 200_000;

    [Fact]
    public void Uniform_picks_every_key_alike()
    {
        var counts = Count(KeySkew.Uniform(10));
        Assert.All(counts, c => Assert.InRange(c, 19_300, 20_700));
    }

    [Theory]
    [InlineData(10, 0.0)]
    [InlineData(10, 0.5)]
    [InlineData(100, 0.99)]
    [InlineData(1000, 1.5)]
    public void Zipf_follows_its_law(int keys, double exponent)
    {
        var total = Enumerable.Range(1, keys).Sum(k => Math.Pow(k, -exponent));
        AssertFollows(KeySkew.Zipf(keys, exponent), k => Math.Pow(k + 1, -exponent) / total);
    }

    [Theory]
    [InlineData(10, 1.0)]
    [InlineData(50, 7.5)]
    public void Exponential_halves_after_its_half_life(int keys, double halfLife)
    {
        var total = Enumerable.Range(0, keys).Sum(k => Math.Pow(2, -k / halfLife));
        AssertFollows(KeySkew.Exponential(keys, halfLife), k => Math.Pow(2, -k / halfLife) / total);
    }

    [Fact]
    public void Weighted_never_picks_a_key_without_weight()
    {
        var counts = Count(KeySkew.Weighted([0, 3, 0, 1, 0]));
        Assert.Equal((0, 0, 0), (counts[0], counts[2], counts[4]));
        Assert.InRange(counts[1], 148_500, 151_500);
    }

    [Fact]
    public void The_picks_of_a_seed_are_exactly_these() // fixed: a change here changes what every recorded seed means
    {
        var random = new SeededRandom(1);
        var zipf = KeySkew.Zipf(50, 0.99);
        var exponential = KeySkew.Exponential(50, 3);
        Assert.Equal("35 26 28 0 1 7 3 19 3 27 4 5", Some(zipf));
        Assert.Equal("6 2 1 5 4 1 1 2 0 1 1 17", Some(exponential));

        string Some(KeySkew skew) => string.Join(" ", Enumerable.Range(0, 12).Select(_ => skew.Pick(random)));
    }

    [Fact]
    public void Many_keys_are_no_trouble() => Assert.InRange(KeySkew.Zipf(300_000, 1.1).Pick(new SeededRandom(3)), 0, 299_999);

    [Fact]
    public void Refuses_weights_that_mean_nothing()
    {
        Assert.Throws<ArgumentException>(() => KeySkew.Weighted([]));
        Assert.Throws<ArgumentException>(() => KeySkew.Weighted([0, 0]));
        Assert.Throws<ArgumentException>(() => KeySkew.Weighted([1, -1]));
        Assert.Throws<ArgumentException>(() => KeySkew.Weighted([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeySkew.Uniform(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeySkew.Zipf(10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeySkew.Exponential(10, 0.5));
    }

    private static void AssertFollows(KeySkew skew, Func<int, double> probability)
    {
        var counts = Count(skew);
        // chi-square over the keys expected often enough; its mean is their number, its variance twice that
        var often = Enumerable.Range(0, skew.Count).Where(k => probability(k) * Picks >= 10).ToArray();
        var chi = often.Sum(k => Math.Pow(counts[k] - (probability(k) * Picks), 2) / (probability(k) * Picks));
        Assert.True(chi < often.Length + (5 * Math.Sqrt(2.0 * often.Length)), $"chi-square {chi} over {often.Length} keys");
    }

    private static int[] Count(KeySkew skew)
    {
        var random = new SeededRandom(5);
        var counts = new int[skew.Count];
        for (var i = 0; i < Picks; i++) counts[skew.Pick(random)]++;
        return counts;
    }
}
