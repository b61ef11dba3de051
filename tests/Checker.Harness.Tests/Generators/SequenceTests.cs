using Checker.Harness.Generators;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class SequenceTests
{
    [Fact]
    public void An_operation_comes_once()
    {
        var run = Gen.Operation("r").Perfect();
        Assert.Equal("0 0 r", run.Text());
        Assert.Equal(SimulationEnd.Exhausted, run.End);
    }

    [Fact]
    public void Nothing_has_no_operations() => Assert.Equal((0, SimulationEnd.Exhausted), (Gen.Nothing.Perfect().Operations.Count, Gen.Nothing.Perfect().End));

    [Fact]
    public void Threads_take_turns_and_wait_for_their_operations_to_end() =>
        Assert.Equal("0 0 r | 0 1 r | 10 0 r | 10 1 r | 20 0 r", Reads.Perfect(max: 5).Text());

    [Fact]
    public void Concat_goes_on_while_operations_are_under_way() =>
        Assert.Equal("0 0 a | 0 1 b | 10 0 c", Gen.Concat(Gen.Operation("a"), Gen.Operation("b"), Gen.Operation("c")).Perfect().Text());

    [Fact]
    public void Concat_skips_what_is_empty() =>
        Assert.Equal("a b", Gen.Concat(Gen.Nothing, Gen.Operation("a"), Gen.Nothing, Gen.Nothing, Gen.Operation("b"), Gen.Nothing).Perfect().Fs());

    [Fact]
    public void Phases_wait_until_every_thread_is_free() =>
        Assert.Equal("0 0 a | 10 1 b | 20 0 c", Gen.Phases(Gen.Operation("a"), Gen.Operation("b"), Gen.Operation("c")).Perfect().Text());

    [Fact]
    public void Then_waits_until_every_thread_is_free() =>
        Assert.Equal("0 0 r | 0 1 r | 10 0 r | 20 1 end", Reads.Limit(3).Then(Gen.Operation("end")).Perfect().Text());

    [Fact]
    public void Synchronize_waits_once_only() =>
        Assert.Equal("0 0 a | 10 1 r | 10 0 r | 20 1 r", Gen.Concat(Gen.Operation("a"), Reads.Limit(3).Synchronize()).Perfect().Text());

    [Fact]
    public void Synchronize_waits_for_the_nemesis_only_where_it_may_be_used()
    {
        var slow = SimulatedClients.From((o, _) => (o.IsNemesis ? 100 : 10, Histories.EventType.Ok));
        var phases = Gen.Phases(Gen.Operation("a"), Gen.Operation("b"));
        var apart = phases.WithNemesis(Gen.Operation("kill")).With(slow, nemesis: true);
        Assert.Equal("0 n kill | 0 0 a | 10 1 b", apart.Text());
        var together = Gen.Operation("kill").Nemesis().Then(Gen.Operation("b").Clients()).With(slow, nemesis: true);
        Assert.Equal("0 n kill | 100 0 b", together.Text());
    }

    [Fact]
    public void Repeat_gives_the_first_operation_again_and_again() =>
        Assert.Equal("0 0 0", Gen.Counted(i => new("w", i)).Repeat(3).Perfect().Values());

    [Fact]
    public void Repeat_ends_with_an_empty_generator() => Assert.Equal(SimulationEnd.Exhausted, Gen.Nothing.Repeat().Perfect().End);

    [Fact]
    public void Cycle_starts_again() => Assert.Equal("0 1 0 1 0 1", Gen.Counted(i => new("w", i), 2).Cycle(3).Perfect().Values());

    [Fact]
    public void Cycle_without_times_has_no_end() => Assert.Equal(100, Gen.Counted(i => new("w", i), 2).Cycle().Perfect().Operations.Count);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cycle_ends_when_a_round_has_nothing(bool log) =>
        Assert.Equal(SimulationEnd.Exhausted, (log ? Gen.Log("again") : Gen.Nothing).Cycle().Perfect().End);

    [Fact]
    public void Cycle_of_a_pause_goes_on_for_ever() =>
        Assert.Equal(
            "300 0 a | 300 1 b",
            Gen.Any(Gen.Sleep(Ns(100)).Cycle(), Gen.Concat(Gen.Sleep(Ns(300)), Gen.Operation("a"), Gen.Operation("b"))).Perfect(max: 2).Text());

    [Fact]
    public void Flip_flop_alternates_and_ends_with_the_first_that_ends() =>
        Assert.Equal("w r w r w r", Gen.FlipFlop(Writes.Limit(3), Reads).Perfect().Fs());

    [Fact]
    public void Flip_flop_waits_for_the_one_whose_turn_it_is() =>
        Assert.Equal("0 0 w | 500 1 r | 500 0 w", Gen.FlipFlop(Writes, Gen.Concat(Gen.Sleep(Ns(500)), Reads)).Perfect(max: 3).Text());

    [Fact]
    public void A_log_line_takes_no_thread_and_is_not_counted()
    {
        var run = Gen.Concat(Gen.Log("begin"), Gen.Operation("a"), Gen.Log("middle"), Gen.Operation("b")).Limit(2).Delay(Ns(100)).Perfect(concurrency: 1);
        Assert.Equal("0 0 a | 100 0 b", run.Text());
        Assert.Equal(["begin", "middle"], run.Log.Select(l => l.F));
        Assert.Equal(4, run.Events.Count);
    }

    [Fact]
    public void A_sequence_gives_its_operations_in_order() =>
        Assert.Equal("a b c", Gen.Sequence(new("a"), new("b"), new("c")).Perfect().Fs());
}
