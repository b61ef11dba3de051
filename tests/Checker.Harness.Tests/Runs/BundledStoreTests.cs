using Checker.Checkers;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.AsyncReplication;
using Checker.Targets.Stores.Quorum;
using Checker.Targets.Stores.SyncReplication;
using Xunit.Abstractions;

namespace Checker.Harness.Tests.Runs;

public sealed class BundledStoreTests(ITestOutputHelper output)
{
    public static TheoryData<INodeTarget> Stores => new() { new SyncReplicationStore(), new QuorumStore(), new AsyncReplicationStore() };

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Survives_partitions_kills_and_pauses(INodeTarget store)
    {
        var plan = new RunPlan(store, WorkloadCatalogue.DefaultFor(store.DataTypes)!, 1) { Nemeses = NemesisCatalogue.Parse("partition,kill,pause") };
        await using var world = new SimulatedWorld(plan.Seed);
        var result = Run.Execute(plan, world);
        output.WriteLine($"{store.Name} {result.End} {result.Error} {result.Counts} run {result.RunTime / 1e9} wall {result.WallTime} msgs {world.MessagesDelivered} faults {result.Faults.Count}");
        foreach (var f in result.Vacuity.Concat(result.Liveness)) output.WriteLine($"{f.Kind}: {f.Explanation}");
        foreach (var f in result.Faults.Take(10)) output.WriteLine($"{f}");
        output.WriteLine(result.ReplayCommand);
        Assert.Equal(RunEnd.Completed, result.End);
    }
}
