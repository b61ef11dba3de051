using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>
/// The walk through the lattice: for a model, a bundled store whose every run satisfies it, while each of the next stronger models is broken by
/// some run.
/// </summary>
/// <remarks>
/// No store breaks writes-follow-reads alone: that takes a cycle of writes that each depend on a read of the one before, and no process reads
/// what is written only later. The rows stand as a table in docs/LATTICE.md.
/// </remarks>
public sealed class LatticeWalkTests
{
    private const int MostSeeds = 20;
    private const string Async = "async-replication";

    /// <summary>The model, the store, its settings and bugs (as <c>name=value</c> and <c>name</c>), the faults.</summary>
    public static TheoryData<string, string, string, string> Rows => new()
    {
        { ModelNames.Linearizable, "consensus", "", "partition,kill" },
        { ModelNames.Sequential, Async, "guarantees=all", "partition" },
        { ModelNames.RealTimeCausal, Async, "sessions=roaming guarantees=all", "partition,kill,pause" },
        { ModelNames.TwoAtomic, "quorum", "write-back=no writers=owner", "partition,kill" },
        { ModelNames.Regular, "quorum", "write-back=no read-quorum=2 write-quorum=4", "partition,kill" },
        { ModelNames.Safe, "sync-replication", "empty-first", "partition,kill" },
        { ModelNames.Eventual, "causal", "sessions=roaming", "partition,kill" },
        { ModelNames.CausalConvergence, "causal", "conflicts=last-writer-wins", "partition" },
        { ModelNames.CausalMemory, "causal", "conflicts=arrival", "partition" },
        { ModelNames.Causal, "causal", "conflicts=siblings", "partition" },
        { ModelNames.Pram, "causal", "conflicts=arrival no-dependency-check", "partition" },
        { ModelNames.ReadYourWrites, Async, "sessions=roaming guarantees=read-your-writes", "partition" },
        { ModelNames.MonotonicReads, Async, "sessions=sticky", "partition" },
        { ModelNames.MonotonicReads, Async, "sessions=roaming guarantees=monotonic-reads", "partition" },
        { ModelNames.WritesFollowReads, Async, "sessions=roaming", "partition" },
        { ModelNames.MonotonicWrites, "causal", "sessions=roaming-reads no-dependency-check", "partition" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_store_satisfies_the_model_and_breaks_each_next_stronger_one(string model, string store, string setup, string nemeses)
    {
        var stronger = ModelLattice.Implications.Where(edge => edge.Weaker == model).Select(static edge => edge.Stronger).ToHashSet();
        stronger.Remove(ModelNames.WritesFollowReads);
        var fewest = CampaignSize.Seeds(4);
        for (var seed = 1; seed <= fewest || (stronger.Count > 0 && seed <= MostSeeds); seed++)
        {
            var places = Places(store, setup, nemeses, seed);
            Assert.True(places[model] == VerdictKind.Valid, $"seed {seed}: {model} is {places[model]}");
            stronger.RemoveWhere(other => places[other] == VerdictKind.Invalid);
        }

        Assert.True(stronger.Count == 0, $"no run broke {string.Join(", ", stronger)}");
    }

    [Fact]
    public void Every_model_of_the_lattice_has_its_row() =>
        Assert.Equal(ModelLattice.Models.Order(), Rows.Select(static row => (string)row[0]).Distinct().Order());

    private static Dictionary<string, VerdictKind> Places(string store, string setup, string nemeses, int seed)
    {
        var words = setup.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var trial = new Trial(StoreCatalogue.Find(store)!, WorkloadCatalogue.Kv, nemeses)
        {
            Bugs = [.. words.Where(static word => !word.Contains('='))],
            Settings = words.Where(static word => word.Contains('=')).Select(static word => word.Split('=')).ToDictionary(static w => w[0], static w => w[1]),
            Seconds = 15,
            CasFraction = 0,
        };
        var history = trial.Run(seed).Result.History;
        return Classification.Of(Models.All, history, DataTypes.Kv, CheckOptions.Default).Placements.ToDictionary(static p => p.Model, static p => p.Kind);
    }
}
