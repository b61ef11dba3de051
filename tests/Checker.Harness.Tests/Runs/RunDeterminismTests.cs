using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Targets;
using Checker.Targets.Stores;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class RunDeterminismTests
{
    private const string Everything = "partition,kill,pause,clock,packet,lose-unsynced-writes";

    public static TheoryData<string> Stores => [.. StoreCatalogue.All.Select(store => store.Name)];

    [Theory]
    [MemberData(nameof(Stores))]
    public void The_same_seed_gives_the_same_bytes(string store) => Assert.Equal(Sha256(store, 7), Sha256(store, 7));

    [Fact]
    public void Another_seed_gives_other_bytes() => Assert.NotEqual(Sha256("quorum", 7), Sha256("quorum", 8));

    [Fact]
    public void Runs_beside_each_other_on_other_threads_give_the_same_bytes()
    {
        var alone = Sha256("consensus", 7);
        var together = new string[4];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = together.Length }, i =>
            together[i] = Sha256("consensus", 7));
        Assert.All(together, sha => Assert.Equal(alone, sha));
    }

    [Fact]
    public void A_slow_observer_changes_nothing()
    {
        var spins = 0L;
        var slow = new EventList { OnEvent = _ => { for (var i = 0; i < 1_000; i++) spins += i; GC.KeepAlive(new byte[1_000]); } };
        Assert.Equal(Sha256("quorum", 7), Sha256("quorum", 7, slow));
        Assert.True(spins > 0);
    }

    [Fact]
    public void The_self_check_passes_a_deterministic_target()
    {
        var result = new ToyTarget().Run(new ToyTarget().Plan("kill") with { VerifyDeterminism = true });
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyList<RunFinding>>(result.Determinism));
    }

    [Fact]
    public void The_self_check_reports_the_first_line_that_differs()
    {
        var calls = 0;
        var target = new ToyTarget(call => ++calls == 1_000 ? new ValueTask<Completion>(Completion.Fail("chance")) : null);
        var result = target.Run(target.Plan() with { VerifyDeterminism = true });
        var finding = Assert.Single(result.Determinism!);
        Assert.Equal("not-deterministic", finding.Kind);
        Assert.Contains("differ from line ", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_being_asked_for_the_self_check_is_left_out() => Assert.Null(new ToyTarget().Run().Determinism);

    private static string Sha256(string store, long seed, EventList? observer = null)
    {
        var plan = new RunPlan(StoreCatalogue.Find(store)!, WorkloadCatalogue.Kv, seed)
        {
            TimeLimit = 10 * Intervals.Second,
            Nemeses = NemesisCatalogue.Parse(Everything),
        };
        using var digest = new HistoryDigest(Run.HeaderOf(plan));
        Run.Execute(
            plan, world => new SimulatedWorld(world), new RunObservers { Events = observer is null ? [digest] : [observer, digest] });
        return digest.Sha256;
    }
}
