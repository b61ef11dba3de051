using Checker.Checkers;
using Checker.Harness.Workloads;
using Checker.Targets.Nodes;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>Correct stores: valid for what they claim, and never vacuous, whatever breaks.</summary>
public sealed class CorrectStoreTests
{
    private const string Faults = "partition,kill,pause";

    /// <summary>Every store that claims linearizability in some configuration, with each of its data types.</summary>
    public static TheoryData<string, string, string> Configurations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var store in StoreCatalogue.All.Where(static s => s.Name != "causal"))
            {
                foreach (var type in store.DataTypes) data.Add(store.Name, type.Name, LinearizableSetting(store));
            }

            data.Add("sync-replication", "kv", "reads=primary");
            data.Add("consensus", "kv", "reads=log");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Runs_without_faults_are_valid(string store, string workload, string setting) =>
        AssertFaultless(Make(store, workload, setting, "none") with { Seconds = 5 }, seeds: 1);

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Short_runs_under_faults_are_valid_and_not_vacuous(string store, string workload, string setting) =>
        AssertFaultless(Make(store, workload, setting, Faults) with { Seconds = 15, Rate = 40 }, CampaignSize.Seeds(2));

    [Theory]
    [InlineData("sync-replication", Faults)]
    [InlineData("quorum", Faults)]
    [InlineData("consensus", Faults)]
    [InlineData("sync-replication", "lose-unsynced-writes,packet,clock")]
    [InlineData("quorum", "lose-unsynced-writes,packet,clock")]
    [InlineData("consensus", "lose-unsynced-writes,packet,clock")]
    public void Minutes_under_faults_are_valid_and_not_vacuous(string store, string nemeses) =>
        AssertFaultless(Make(store, "kv", "", nemeses), CampaignSize.Seeds(1));

    private static Trial Make(string store, string workload, string setting, string nemeses)
    {
        var parts = setting.Split('=');
        return new Trial(StoreCatalogue.Find(store)!, WorkloadCatalogue.Find(workload)!, nemeses)
        {
            Settings = parts.Length == 2 ? new Dictionary<string, string> { [parts[0]] = parts[1] } : new Dictionary<string, string>(),
            CasFraction = ((INodeTarget)StoreCatalogue.Find(store)!).Unsupported.Contains(Histories.Function.Cas) ? 0 : 0.3,
        };
    }

    private static string LinearizableSetting(INodeTarget store) => store.Name == "async-replication" ? "reads=primary" : "";

    private static void AssertFaultless(Trial trial, int seeds)
    {
        var complaints = new List<string>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var outcome = trial.Run(seed);
            Assert.Equal("linearizable", outcome.Result.Models[0]);
            if (outcome.Complaint is { } complaint) complaints.Add($"{trial}, seed {seed}: {complaint}");
            else Assert.Equal(VerdictKind.Valid, outcome.Verdict.Kind);
        }

        Assert.True(complaints.Count == 0, $"{complaints.Count} of {seeds} seeds: {string.Join(Environment.NewLine, complaints.Take(3))}");
    }
}
