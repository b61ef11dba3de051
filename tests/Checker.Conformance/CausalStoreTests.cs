using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>Where runs of the causal store stand in the lattice: what it claims always holds, the next stronger models break in some run.</summary>
public sealed class CausalStoreTests
{
    private const int MostSeeds = 20;

    [Theory]
    [InlineData("last-writer-wins", ModelNames.CausalConvergence)]
    [InlineData("arrival", ModelNames.CausalMemory)]
    public void Keeps_its_claim_under_faults_and_is_not_sequential(string conflicts, string claim)
    {
        var isSequential = true;
        for (var seed = 1; seed <= CampaignSize.Seeds(4); seed++)
        {
            var places = Places(conflicts, [], "partition,kill,pause", seed);
            Assert.True(places[claim] == VerdictKind.Valid, $"seed {seed}: {claim} is {places[claim]}");
            isSequential &= places[ModelNames.Sequential] != VerdictKind.Invalid;
        }

        Assert.False(isSequential);
    }

    [Theory]
    [InlineData("last-writer-wins", ModelNames.CausalMemory)]
    [InlineData("arrival", ModelNames.CausalConvergence)]
    public void Breaks_the_other_strong_causal_model_in_some_run(string conflicts, string broken) =>
        Assert.Contains(Enumerable.Range(1, MostSeeds), seed => Places(conflicts, [], "partition", seed)[broken] == VerdictKind.Invalid);

    [Fact]
    public void Without_the_dependency_check_some_run_is_not_causal() => Assert.Contains(
        Enumerable.Range(1, MostSeeds),
        static seed => Places("last-writer-wins", ["no-dependency-check"], "partition", seed)[ModelNames.Causal] == VerdictKind.Invalid);

    private static Dictionary<string, VerdictKind> Places(string conflicts, string[] bugs, string nemeses, int seed)
    {
        var trial = new Trial(StoreCatalogue.Find("causal")!, WorkloadCatalogue.Kv, nemeses)
        {
            Bugs = bugs,
            Settings = new Dictionary<string, string> { ["conflicts"] = conflicts },
            Seconds = 15,
            CasFraction = 0,
        };
        var history = trial.Run(seed).Result.History;
        return Classification.Of(Models.All, history, DataTypes.Kv, CheckOptions.Default).Placements.ToDictionary(static p => p.Model, static p => p.Kind);
    }
}
