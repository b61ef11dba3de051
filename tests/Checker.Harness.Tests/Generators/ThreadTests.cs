using Checker.Harness.Generators;
using Checker.Histories;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class ThreadTests
{
    [Fact]
    public void Each_thread_has_a_copy() =>
        Assert.Equal("0 0 a | 0 1 a | 0 n a | 10 0 b | 10 1 b | 10 n b",
            Gen.Sequence(new("a"), new("b")).EachThread().Perfect(nemesis: true).Text());

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    [InlineData(3000)]
    public void Each_thread_serves_any_number_of_threads(int concurrency)
    {
        var run = Gen.Counted(i => new("w", i), 3).EachThread().Clients().Perfect(concurrency, max: 10_000, nemesis: true);
        Assert.Equal(3 * concurrency, run.Operations.Count);
        Assert.All(run.Operations.GroupBy(o => o.Thread), g => Assert.Equal([0, 1, 2], g.Select(o => o.Value.AsInteger())));
    }

    [Fact]
    public void Each_thread_goes_on_when_its_process_is_retired() =>
        Assert.Equal("0 0 a | 10 1 b", Gen.Sequence(new("a"), new("b")).EachThread().With(SimulatedClients.InfoOnly, concurrency: 1).Text());

    [Fact]
    public void Each_process_begins_anew_when_a_process_is_retired()
    {
        var run = Gen.Sequence(new("a"), new("b"), new("c")).EachProcess().With(Ending(EventType.Info, "b"), concurrency: 1, max: 6);
        Assert.Equal("0 0 a | 10 0 b | 20 1 a | 30 1 b | 40 2 a | 50 2 b", run.Text());
    }

    [Fact]
    public void Each_process_ends_when_nobody_is_retired()
    {
        var run = Gen.Sequence(new("a"), new("b")).EachProcess().Perfect();
        Assert.Equal(("a a b b", SimulationEnd.Exhausted), (run.Fs(), run.End));
    }

    [Fact]
    public void Each_process_serves_the_process_that_follows_the_last_operation_of_another()
    {
        var run = Gen.Operation("a").EachProcess().ProcessLimit(4).With(SimulatedClients.InfoOnly, concurrency: 1);
        Assert.Equal("0 0 a | 10 1 a | 20 2 a | 30 3 a", run.Text());
    }

    [Fact]
    public void On_threads_uses_these_threads_only() =>
        Assert.Equal("0 1 r | 10 1 r", Reads.OnThreads(t => t == 1).Perfect(concurrency: 3, max: 2).Text());

    [Fact]
    public void A_generator_for_threads_that_are_not_there_has_ended() =>
        Assert.Equal(SimulationEnd.Exhausted, Gen.Any(Reads.Nemesis(), Reads.OnThreads(ThreadSet.Of(17))).Perfect().End);

    [Fact]
    public void Clients_and_nemesis_keep_to_their_threads()
    {
        var run = Reads.WithNemesis(Gen.Operation("kill").Repeat()).Perfect(max: 50, nemesis: true);
        Assert.All(run.Operations, o => Assert.Equal(o.F == "kill", o.IsNemesis));
        Assert.Contains(run.Operations, o => o.IsNemesis);
        Assert.All(run.Events.Where(e => e.IsNemesis), e => Assert.Equal(EventType.Info, e.Type));
    }

    [Fact]
    public void Reserve_sets_threads_apart()
    {
        var run = Gen.Reserve([(2, Writes), (1, Reads)], rest: Gen.Operation("x").Repeat()).Perfect(concurrency: 5, max: 100);
        Assert.Equal(new Dictionary<int, string> { [0] = "w", [1] = "w", [2] = "r", [3] = "x", [4] = "x" }, ByThread(run));
    }

    [Fact]
    public void Nested_reserve_counts_the_threads_of_its_own_group()
    {
        var inner = Gen.Reserve([(2, Writes), (1, Reads)], rest: Gen.Operation("x").Repeat());
        var run = Gen.Reserve([(1, Gen.Operation("a").Repeat()), (4, inner)], rest: Gen.Operation("b").Repeat()).Perfect(concurrency: 7, max: 200);
        Assert.Equal(
            new Dictionary<int, string> { [0] = "a", [1] = "w", [2] = "w", [3] = "r", [4] = "x", [5] = "b", [6] = "b" }, ByThread(run));
    }

    [Fact]
    public void Reserve_in_the_rest_of_a_reserve_counts_what_is_left()
    {
        var inner = Gen.Reserve([(1, Writes)], rest: Reads);
        var run = Gen.Reserve([(2, Gen.Operation("a").Repeat())], rest: inner).Clients().Perfect(concurrency: 5, max: 200, nemesis: true);
        Assert.Equal(new Dictionary<int, string> { [0] = "a", [1] = "a", [2] = "w", [3] = "r", [4] = "r" }, ByThread(run));
    }

    [Fact]
    public void Reserve_does_not_let_slow_operations_take_other_threads()
    {
        var slow = SimulatedClients.From((o, _) => (o.F == "w" ? 100_000 : 10, EventType.Ok));
        var run = Gen.Reserve([(2, Writes)], rest: Reads).With(slow, concurrency: 4, max: 200);
        Assert.Equal(2, run.Count("w"));
    }

    [Fact]
    public void Reserve_refuses_more_threads_than_there_are()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Gen.Reserve([(3, Writes)], rest: Reads).Perfect(concurrency: 2));
        Assert.Contains("reserve needs 3 client threads, but only 2 are here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synchronize_within_reserve_waits_for_its_own_group_only()
    {
        var slow = SimulatedClients.From((o, _) => (o.F == "x" ? 1_000 : 10, EventType.Ok));
        var run = Gen.Reserve([(2, Gen.Phases(Gen.Operation("a"), Gen.Operation("b")))], rest: Gen.Operation("x")).With(slow, concurrency: 3);
        Assert.Equal("0 0 a | 0 2 x | 10 0 b", run.Text());
    }

    private static Dictionary<int, string> ByThread(DryRun run) =>
        run.Operations.GroupBy(o => o.Thread).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => string.Join("+", g.Select(o => o.F).Distinct()));
}
