using Checker.Harness.Generators;
using Checker.Histories;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class LimitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Limit_stops_after_so_many(int count) => Assert.Equal(count, Reads.Limit(count).Perfect().Operations.Count);

    [Fact]
    public void Once_is_one_operation() => Assert.Equal("r", Reads.Once().Perfect().Fs());

    [Fact]
    public void Time_limit_stops_at_its_time() =>
        Assert.Equal("0 0 r | 100 0 r | 200 0 r", Reads.Delay(Ns(100)).TimeLimit(Ns(300)).Perfect(concurrency: 1).Text());

    [Fact]
    public void Time_limit_begins_when_it_is_first_asked()
    {
        var run = Gen.Phases(Gen.Sleep(Ns(1000)), Reads.Delay(Ns(100)).TimeLimit(Ns(200))).Perfect();
        Assert.Equal("1000 0 r | 1100 1 r", run.Text());
    }

    [Fact]
    public void Time_limit_ends_a_generator_that_waits_for_ever()
    {
        var stuck = new Stuck();
        Assert.Equal(SimulationEnd.Stuck, stuck.Perfect().End);
        var run = stuck.TimeLimit(Ns(500)).Then(Gen.Operation("after")).Perfect();
        Assert.Equal("500 0 after", run.Text());
    }

    [Fact]
    public void Time_limit_runs_even_while_its_generator_waits() =>
        Assert.Equal("200 0 r | 210 0 r", Gen.Concat(Gen.Sleep(Ns(200)), Reads).TimeLimit(Ns(300)).Perfect(concurrency: 1, max: 2).Text());

    [Fact]
    public void Process_limit_stops_where_one_more_process_would_be_needed()
    {
        var run = Reads.ProcessLimit(5).With(SimulatedClients.InfoOnly);
        Assert.Equal("0 0 r | 0 1 r | 10 2 r | 10 3 r | 20 4 r", run.Text());
        Assert.Equal(SimulationEnd.Exhausted, run.End);
    }

    [Fact]
    public void Process_limit_does_not_count_a_process_twice() =>
        Assert.Equal(100, Reads.ProcessLimit(2).With(Ending(EventType.Fail, "r")).Operations.Count);

    [Fact]
    public void Until_ok_goes_on_after_failures()
    {
        var ends = new Queue<EventType>([EventType.Fail, EventType.Info, EventType.Fail, EventType.Ok]);
        var run = Reads.UntilOk().With(SimulatedClients.From((_, _) => (10, ends.Dequeue())), concurrency: 1);
        Assert.Equal("0 0 r | 10 0 r | 20 1 r | 30 1 r", run.Text());
        Assert.Equal(SimulationEnd.Exhausted, run.End);
    }

    [Fact]
    public void Until_ok_is_not_ended_by_the_success_of_others()
    {
        var run = Gen.Any(Reads.UntilOk(), Writes.Limit(10)).With(Ending(EventType.Fail, "r"), max: 60);
        Assert.Equal(10, run.Count("w"));
        Assert.Equal(50, run.Count("r"));
    }

    [Fact]
    public void Until_ok_ends_while_a_sibling_goes_on()
    {
        var run = Gen.Any(Reads.UntilOk(), Writes.Limit(10)).Perfect(concurrency: 2);
        Assert.Equal("r w w w w w w w w w w", run.Fs());
    }

    private sealed record Stuck : IGenerator
    {
        public Step Next(in GeneratorContext context) => Step.Pending(this);

        public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
    }
}
