using Checker.Harness.Generators;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class PacingTests
{
    [Fact]
    public void Delay_keeps_operations_apart() => Assert.Equal("0 0 r | 1000 1 r | 2000 0 r", Reads.Delay(Ns(1000)).Limit(3).Perfect().Text());

    [Theory]
    [InlineData(Pauses.Uniform, 0.58)]
    [InlineData(Pauses.Exponential, 1.0)]
    public void Stagger_has_the_mean_and_spread_of_its_pauses(Pauses pauses, double deviation)
    {
        const int Count = 20_000;
        var times = Reads.Stagger(Ns(100_000), pauses).Limit(Count).Perfect(concurrency: 5, max: Count).Operations.Select(o => o.Time).ToArray();
        var gaps = times.Zip(times.Skip(1), (a, b) => (b - a) / 100_000.0).ToArray();
        var mean = gaps.Average();
        Assert.InRange(mean, 0.97, 1.03);
        Assert.InRange(Math.Sqrt(gaps.Average(g => (g - mean) * (g - mean))), deviation - 0.05, deviation + 0.05);
        Assert.True(pauses != Pauses.Uniform || gaps.Max() <= 2.0);
    }

    [Fact]
    public void Rate_is_kept_over_all_threads_together()
    {
        var run = Reads.Rate(1_000_000).TimeLimit(TimeSpan.FromMilliseconds(10)).Perfect(concurrency: 7, max: 20_000);
        Assert.InRange(run.Operations.Count, 9_600, 10_400);
    }

    [Fact]
    public void A_late_operation_does_not_shift_those_after_it()
    {
        // One thread, busy for 250 ns at its first operation only.
        var first = true;
        var clients = SimulatedClients.From((_, _) =>
        {
            var wasFirst = first;
            first = false;
            return (wasFirst ? 250 : 1, Histories.EventType.Ok);
        });
        Assert.Equal("0 0 r | 250 0 r | 251 0 r | 300 0 r | 400 0 r", Reads.Delay(Ns(100)).Limit(5).With(clients, concurrency: 1).Text());
    }

    [Fact]
    public void A_long_wait_is_not_made_good_by_a_burst()
    {
        const long Second = 1_000_000_000;
        var run = Reads.Delay(TimeSpan.FromMilliseconds(1)).TimeLimit(TimeSpan.FromSeconds(20))
            .With(SimulatedClients.From((o, _) => (o.Time == 0 ? 10 * Second : 1, Histories.EventType.Ok)), concurrency: 1, max: 20_000);
        Assert.InRange(run.Operations.Count(o => o.Time is >= 10 * Second and < (10 * Second) + 1_000_000), 1, 22);
        Assert.InRange(run.Operations.Count, 10_000, 10_025);
    }

    [Fact]
    public void The_end_of_a_limit_is_seen_without_waiting_for_the_next_pause()
    {
        var run = Reads.Limit(2).Delay(Ns(1000)).Then(Gen.Operation("end")).Perfect();
        Assert.Equal("0 0 r | 1000 1 r | 1010 0 end", run.Text());
    }

    [Fact]
    public void A_pause_of_zero_is_none() => Assert.Equal("0 0 r | 0 1 r | 10 0 r", Reads.Stagger(TimeSpan.Zero).Limit(3).Perfect().Text());

    [Fact]
    public void Sleep_begins_when_a_thread_is_free_for_it()
    {
        var nemesis = Gen.Concat(Gen.Sleep(Ns(100)), Gen.Operation("start"), Gen.Sleep(Ns(100)), Gen.Operation("stop")).Cycle(2);
        Assert.Equal("100 n start | 210 n stop | 320 n start | 430 n stop", nemesis.Nemesis().Perfect(nemesis: true).Text());
    }

    [Fact]
    public void Sleep_of_the_nemesis_does_not_hold_up_the_clients() =>
        Assert.Equal("0 0 r | 10 0 r | 15 n kill | 20 0 r", Reads.WithNemesis(Gen.Concat(Gen.Sleep(TimeSpan.Zero), new Pause(15), Gen.Operation("kill")))
            .Perfect(concurrency: 1, max: 4, nemesis: true).Text());

    [Fact]
    public void Cycle_times_gives_each_its_time_in_turn()
    {
        var run = Gen.CycleTimes((Ns(200), Writes), (Ns(300), Reads)).Delay(Ns(100)).Perfect(max: 10);
        Assert.Equal("w w r r r w w r r r", run.Fs());
        Assert.Equal("0 1 null null null 2 3 null null null", run.Values());
    }

    [Fact]
    public void Cycle_times_ends_when_all_have_ended()
    {
        var run = Gen.CycleTimes((Ns(200), Gen.Operation("a")), (Ns(300), Gen.Operation("b"))).Perfect();
        Assert.Equal("0 0 a | 200 1 b", run.Text());
        Assert.Equal(SimulationEnd.Exhausted, run.End);
    }

    // Shorter than a tick of TimeSpan.
    private sealed record Pause(long Until) : IGenerator
    {
        public Step Next(in GeneratorContext context) => context.Time >= Until ? Step.Exhausted : Step.Pending(this, Until);

        public IGenerator Update(in GeneratorContext context, in Histories.HistoryEvent e) => this;
    }
}
