using Checker.Checkers;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Targets.Stores;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class CampaignTests
{
    private static readonly RunPlan Plan = new(StoreCatalogue.Find("quorum")!, WorkloadCatalogue.Kv, 0)
    {
        TimeLimit = 3 * Intervals.Second,
        Nemeses = NemesisCatalogue.Parse("partition,kill"),
    };

    [Fact]
    public void Several_at_a_time_show_what_one_after_another_shows()
    {
        var sequential = Play(1, [1, 2, 3, 4, 5, 6, 7, 8]);
        var parallel = Play(4, [1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], sequential.Select(outcome => outcome.Seed));
        Assert.Equal(sequential.Select(Essence), parallel.Select(Essence));
        Assert.Equal(8, sequential.Select(outcome => outcome.HistorySha256).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void It_stops_at_the_first_violation_in_the_order_of_seeds(int parallelism)
    {
        var outcomes = Play(parallelism, [9, 8, 7, 6, 5, 4, 3, 2, 1], violates: seed => seed is 6 or 3);
        Assert.Equal([9, 8, 7, 6], outcomes.Select(outcome => outcome.Seed));
        Assert.True(outcomes[^1].IsViolation);
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var observer = System.Reactive.Observer.Create<SeedOutcome>(outcome => { if (outcome.Seed == 3) stop.Cancel(); });
        var outcomes = Campaign.Run(
            Plan, [1, 2, 3, 4, 5], seed =>
                new SimulatedWorld(seed), _ => [], new CampaignOptions { Observer = observer, Cancellation = stop.Token });
        Assert.Equal([1, 2, 3], outcomes.Select(outcome => outcome.Seed));
    }

    [Fact]
    public void A_plan_that_makes_no_sense_is_refused_before_anything_runs() => Assert.Throws<ArgumentException>(() => Campaign.Run(
        Plan with { Concurrency = 0 }, [1], _ => throw new InvalidOperationException(), _ => [], new CampaignOptions()));

    private static (long Seed, string Sha256, RunCounts Counts) Essence(SeedOutcome outcome) =>
        (outcome.Seed, outcome.HistorySha256, outcome.Counts);

    private static IReadOnlyList<SeedOutcome> Play(int parallelism, long[] seeds, Func<long, bool>? violates = null) => Campaign.Run(
        Plan,
        seeds,
        seed => new SimulatedWorld(seed),
        result => [violates?.Invoke(
            result.Plan.Seed) == true ? Verdict.Invalid("m", "a", [new Anomaly("k", [], "e")]) : Verdict.Valid("m", "a")],
        new CampaignOptions { Parallelism = parallelism, StopAtViolation = violates is not null });
}
