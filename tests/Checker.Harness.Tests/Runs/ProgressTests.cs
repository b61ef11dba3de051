using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class ProgressTests
{
    [Fact]
    public void Progress_is_told_once_a_second_through_all_phases()
    {
        var seen = new List<RunProgress>();
        var target = new ToyTarget();
        var result = target.Run(
            target.Plan("pause"), new RunObservers { Progress = System.Reactive.Observer.Create<RunProgress>(seen.Add) });

        Assert.Equal(seen.Select(p => p.Phase).Order(), seen.Select(p => p.Phase));
        Assert.Equal(RunPhase.Done, seen[^1].Phase);
        Assert.Equal(result.Counts, seen[^1].Counts);
        var main = seen.Where(p => p.Phase == RunPhase.Main).ToList();
        Assert.InRange(main.Count, 4, 6);
        Assert.Equal(main.Select(p => p.TimeLeft).OrderDescending(), main.Select(p => p.TimeLeft));
        Assert.All(main.Skip(1), p => Assert.InRange(p.Rate, 100, 300));
        Assert.All(main.Skip(1), p => Assert.InRange(p.Latency.Median, 1_000_000, 1_050_000));
        Assert.Contains(main, p => p.Faults.Count > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1_000)]
    [InlineData(123_456_789)]
    [InlineData(long.MaxValue)]
    public void A_single_latency_is_every_quantile(long nanoseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(nanoseconds);
        Assert.Equal(new LatencyQuantiles(nanoseconds, nanoseconds, nanoseconds, nanoseconds), histogram.Quantiles());
    }

    [Fact]
    public void Quantiles_are_exact_to_three_per_cent()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100_000; i++) histogram.Add(i * Intervals.Millisecond / 100);
        for (var percent = 1; percent <= 100; percent++)
        {
            var exact = percent * 1_000 * Intervals.Millisecond / 100;
            Assert.InRange(histogram.Quantile(percent), exact, exact * 1.035);
        }
    }

    [Fact]
    public void An_empty_histogram_has_zero_quantiles() => Assert.Equal(default, new LatencyHistogram().Quantiles());
}
