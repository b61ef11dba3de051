using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Targets.Nodes;
using Checker.Targets.Stores;
using Xunit;
using Xunit.Abstractions;

namespace Checker.Harness.Tests.Runs;

/// <summary>The main job on the bundled stores. CHECKER_CAMPAIGN multiplies the number of seeds.</summary>
public sealed class BundledStoreTests(ITestOutputHelper output)
{
    private static readonly int Multiplier =
        int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var times) ? Math.Max(1, times) : 1;

    public static TheoryData<string, string> CorrectStores()
    {
        var data = new TheoryData<string, string>();
        foreach (var store in StoreCatalogue.All.Where(store => store.Name is not ("async-replication" or "causal")))
        {
            foreach (var workload in WorkloadCatalogue.All.Where(workload => store.DataTypes.Contains(workload.Type))) data.Add(
                store.Name, workload.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CorrectStores))]
    public void A_correct_store_stays_linearizable_under_partitions_kills_and_pauses(string store, string workload)
    {
        var plan = Plan(store, workload, "partition,kill,pause");
        foreach (var outcome in Play(plan, 1, 2 * Multiplier, stopAtViolation: false))
        {
            Assert.Equal(RunEnd.Completed, outcome.End);
            Assert.True(outcome.Verdict == VerdictKind.Valid, Describe(outcome));
            Assert.True(outcome.Vacuity.Count == 0, Describe(outcome));
            Assert.True(outcome.Liveness.Count == 0, Describe(outcome));
        }
    }

    [Fact]
    public void Asynchronous_replication_loses_linearizability_within_fifty_seeds()
    {
        var outcomes = Play(Plan("async-replication", "kv", "partition,kill,pause"), 1, 50, stopAtViolation: true);
        Assert.Equal(VerdictKind.Invalid, outcomes[^1].Verdict);
    }

    [Theory]
    [InlineData("sync-replication", "acknowledge-early")]
    [InlineData("sync-replication", "read-from-replica")]
    [InlineData("quorum", "small-quorum")]
    [InlineData("quorum", "clock-timestamps")]
    [InlineData("quorum", "volatile")]
    [InlineData("consensus", "stale-read")]
    [InlineData("consensus", "ack-before-commit")]
    [InlineData("consensus", "apply-twice")]
    public void A_planted_bug_is_found_within_fifty_seeds(string store, string bug)
    {
        var planted = Store(store).Bugs.Single(known => known.Name == bug);
        var nemesis = planted.Nemesis.Count == 0 ? "none" : string.Join(",", planted.Nemesis);
        var plan = Plan(store, Store(store).DataTypes[0].Name, nemesis) with { Bugs = [bug] };
        var outcomes = Play(plan, 1, 50, stopAtViolation: true);
        output.WriteLine($"{store} --bug {bug} under {nemesis}: found by seed {outcomes.Count}");
        Assert.True(outcomes[^1].Verdict == VerdictKind.Invalid, Describe(outcomes[^1]));
        output.WriteLine(outcomes[^1].Verdicts[0].Anomalies[0].Explanation);
    }

    private static INodeTarget Store(string name) => StoreCatalogue.Find(name)!;

    private static RunPlan Plan(string store, string workload, string nemeses) =>
        new(Store(store), WorkloadCatalogue.Find(workload)!, 0) { Nemeses = NemesisCatalogue.Parse(nemeses) };

    private IReadOnlyList<SeedOutcome> Play(RunPlan plan, int first, int count, bool stopAtViolation)
    {
        var model = new LinearizableModel();
        var outcomes = Campaign.Run(
            plan,
            Enumerable.Range(first, count).Select(seed => (long)seed),
            seed => new SimulatedWorld(seed),
            result => [model.Check(result.History, plan.Workload.Type, CheckOptions.Default)],
            new CampaignOptions { StopAtViolation = stopAtViolation, Parallelism = Multiplier == 1 ? 1 : 2 });
        var ok = outcomes.Average(outcome => outcome.Counts.Ok);
        output.WriteLine($"{plan.Target.Name} {plan.Workload.Name}: {outcomes.Count} seeds, {ok:0} operations ok on average");
        return outcomes;
    }

    private static string Describe(SeedOutcome outcome) =>
        $"{outcome.ReplayCommand}: {outcome.Verdict} {outcome.Counts} {outcome.Error} " +
        string.Join("; ", outcome.Vacuity.Concat(outcome.Liveness).Select(finding => finding.Explanation)) +
        string.Join("; ", outcome.Verdicts.Select(
            verdict => verdict.Reason ?? string.Join("; ", verdict.Anomalies.Select(anomaly => anomaly.Explanation))));
}
