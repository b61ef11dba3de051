using Checker.Checkers;
using Checker.Harness.Nemeses;
using Checker.Harness.Workloads;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>Every planted bug is found under the faults that it names.</summary>
public sealed class PlantedBugTests
{
    private const int MostSeeds = 50;

    /// <summary>Every bug of every store that breaks linearizability.</summary>
    public static TheoryData<string, string> Bugs
    {
        get
        {
            var data = new TheoryData<string, string>();
            // What breaks a causal model is judged in CausalStoreTests, and what breaks convergence in ConvergenceTests.
            foreach (var store in StoreCatalogue.All.Where(static s => s.Name != "causal"))
            {
                foreach (var bug in store.Bugs.Where(static b => b.Breaks.Contains("linearizable"))) data.Add(store.Name, bug.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_within_fifty_seeds(string store, string bug)
    {
        var target = StoreCatalogue.Find(store)!;
        var planted = target.Bugs.First(b => b.Name == bug);
        var trial = new Trial(target, WorkloadCatalogue.Kv, planted.Nemesis.Count == 0 ? "none" : string.Join(',', planted.Nemesis)) { Bugs = [bug] };
        if (bug == "commit-old-term") AssertFound(trial with { Nodes = 3, NemesisOptions = NemesisOptions.Every(Intervals.Second) }, from: 14);
        else AssertFound(trial);
    }

    [Fact]
    public void Committing_by_counting_is_found_under_the_faults_of_figure_8()
    {
        var trial = new Trial(StoreCatalogue.Find("consensus")!, WorkloadCatalogue.Kv, FigureEight.Nemeses)
        {
            Bugs = ["commit-old-term"],
            Nodes = 3,
            Schedule = FigureEight.Schedule(60),
        };
        AssertFound(trial, from: 3);
        Assert.Null((trial with { Bugs = [] }).Run(3).Complaint);
    }

    [Fact]
    public void Reads_at_replicas_of_asynchronous_replication_are_found_in_every_run_under_partitions()
    {
        var trial = new Trial(StoreCatalogue.Find("async-replication")!, WorkloadCatalogue.Kv, "partition");
        for (var seed = 1; seed <= CampaignSize.Seeds(2); seed++) Assert.Equal(VerdictKind.Invalid, trial.Run(seed).Verdict.Kind);
    }

    // The seeds are searched from one that is known to be quick, and then round to those before it.
    private static void AssertFound(Trial trial, int from = 1)
    {
        for (var i = 0; i < MostSeeds; i++)
        {
            var verdict = trial.Run(((from - 1 + i) % MostSeeds) + 1).Verdict;
            if (verdict.Kind != VerdictKind.Invalid) continue;
            Assert.NotEmpty(verdict.Anomalies[0].Explanation);
            return;
        }

        Assert.Fail($"{trial}: not found in {MostSeeds} seeds");
    }
}
