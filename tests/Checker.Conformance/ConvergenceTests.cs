using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>
/// Stores that claim <c>eventual</c> converge once everything is healed, whatever broke before; those that lose updates do not, and that is
/// found.
/// </summary>
public sealed class ConvergenceTests
{
    private const int MostSeeds = 20;
    private const string Faults = "partition,kill,pause";

    private static readonly IConsistencyModel Eventual = Models.Find(ModelNames.Eventual)!;

    [Theory]
    [InlineData("async-replication", "kv", "", Faults)]
    [InlineData("async-replication", "cas-register", "", Faults)]
    [InlineData("async-replication", "register", "sessions=roaming", Faults)]
    [InlineData("async-replication", "kv", "sessions=roaming", "packet,clock,lose-unsynced-writes")]
    [InlineData("causal", "kv", "", Faults)]
    [InlineData("causal", "register", "sessions=roaming", "partition")]
    public void A_store_that_claims_it_converges(string store, string workload, string setting, string nemeses)
    {
        var type = WorkloadCatalogue.Find(workload)!.Type;
        for (var seed = 1; seed <= CampaignSize.Seeds(3); seed++)
        {
            var result = Make(store, workload, setting, nemeses, []).Run(seed).Result;
            Assert.Contains(ModelNames.Eventual, result.Models);
            var verdict = Eventual.Check(result.History, type, CheckOptions.Default);
            Assert.True(verdict.Kind == VerdictKind.Valid,
                $"seed {seed}: {verdict.Kind} {verdict.Reason} {string.Join(" ", verdict.Anomalies.Select(a => a.Explanation))}");
        }
    }

    [Theory]
    [InlineData("sync-replication")]
    [InlineData("quorum")]
    [InlineData("consensus")]
    public void A_linearizable_store_converges(string store)
    {
        var history = Make(store, "kv", "", Faults, []).Run(1).Result.History;
        Assert.Equal(VerdictKind.Valid, Eventual.Check(history, DataTypes.Kv, CheckOptions.Default).Kind);
    }

    [Theory]
    [InlineData("async-replication", "", "partition", "no-catch-up")]
    [InlineData("quorum", "read-quorum=1 write-quorum=1", "partition", "")]
    [InlineData("quorum", "", "partition", "small-quorum")]
    [InlineData("causal", "conflicts=arrival", "partition", "")]
    public void A_store_that_loses_updates_does_not_converge(string store, string settings, string nemeses, string bug)
    {
        for (var seed = 1; seed <= MostSeeds; seed++)
        {
            var result = Make(store, "kv", settings, nemeses, bug.Length == 0 ? [] : [bug]).Run(seed).Result;
            var verdict = Eventual.Check(result.History, DataTypes.Kv, CheckOptions.Default);
            if (verdict.Kind != VerdictKind.Invalid) continue;
            Assert.NotEmpty(verdict.Anomalies[0].Explanation);
            return;
        }

        Assert.Fail($"{store} {settings} {bug}: converged in {MostSeeds} seeds");
    }

    private static Trial Make(string store, string workload, string settings, string nemeses, string[] bugs) =>
        new(StoreCatalogue.Find(store)!, WorkloadCatalogue.Find(workload)!, nemeses)
        {
            Bugs = bugs,
            Settings = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static s => s.Split('=')).ToDictionary(
                static s => s[0], static s => s[1]),
            Seconds = 15,
            CasFraction = workload == "cas-register" ? 0.3 : 0,
        };
}
