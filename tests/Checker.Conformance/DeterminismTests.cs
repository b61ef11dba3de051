using Checker.Harness.Runs;
using Checker.Harness.Workloads;
using Checker.Histories.Formats;
using Checker.Targets.Stores;

namespace Checker.Conformance;

/// <summary>The same seed gives the same history, byte for byte; another seed another one.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("sync-replication")]
    [InlineData("async-replication")]
    [InlineData("quorum")]
    [InlineData("consensus")]
    [InlineData("causal")]
    public void The_same_seed_gives_the_same_bytes(string store)
    {
        var trial = new Trial(StoreCatalogue.Find(store)!, WorkloadCatalogue.Kv, "partition,kill,pause,packet,clock") { Seconds = 10 };
        var first = Bytes(trial.Run(7).Result);
        Assert.Equal(first, Bytes(trial.Run(7).Result));
        Assert.NotEqual(first, Bytes(trial.Run(8).Result));
    }

    private static byte[] Bytes(RunResult result)
    {
        using var stream = new MemoryStream();
        HistoryWriter.Write(result.History, stream);
        return stream.ToArray();
    }
}
