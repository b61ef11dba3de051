using Checker.Harness.Nemeses;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Tests.Nemeses;

/// <summary>Five nodes that can be harmed in every way, and write down what was done to them.</summary>
internal sealed class RecordingCluster : ICluster, IKillable, IPausable, IPartitionable, ILinkDegradable, IClockSkewable
{
    public List<string> Done { get; } = [];

    public List<IReadOnlyList<Link>> Links { get; } = [];

    public int[] PrimaryNodes { get; init; } = [];

    public int? Refuses { get; init; }

    public long HitsEach { get; init; } = 1;

    public IReadOnlyList<string> Nodes { get; } = ["a", "b", "c", "d", "e"];

    public NemesisContext Context(long seed = 1, Func<long, Action, ITimerHandle>? after = null) =>
        new(this, 2, new SeededRandom(seed), after ?? ((_, _) => throw new InvalidOperationException("no timer is needed")));

    public IReadOnlyList<int> Primaries() => PrimaryNodes;

    public ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IFault> KillAsync(int node, CrashKind crash) => Do($"kill {Nodes[node]} {crash}", node);

    public ValueTask<IFault> PauseAsync(int node) => Do($"pause {Nodes[node]}", node);

    public ValueTask<IFault> CutAsync(IReadOnlyList<Link> links)
    {
        Links.Add(links);
        return Do($"cut {links.Count}");
    }

    public ValueTask<IFault> DegradeAsync(IReadOnlyList<Link> links, LinkQuality quality)
    {
        Links.Add(links);
        return Do($"degrade {quality}");
    }

    public ValueTask<IFault> JumpClockAsync(int node, long nanoseconds) => Do($"jump {Nodes[node]}", node);

    public ValueTask<IFault> DriftClockAsync(int node, double rate) => Do($"drift {Nodes[node]}", node);

    public ValueTask DisposeAsync() => default;

    private ValueTask<IFault> Do(string what, int node = -1)
    {
        if (node >= 0 && node == Refuses) throw new IOException($"{Nodes[node]} refuses");
        Done.Add(what);
        return new(new Fault(this, what));
    }

    private sealed class Fault(RecordingCluster cluster, string what) : IFault
    {
        public Evidence Evidence => new(cluster.HitsEach, "hits");

        public ValueTask DisposeAsync()
        {
            cluster.Done.Add($"heal {what}");
            return default;
        }
    }
}

/// <summary>Five nodes that nothing can be done to.</summary>
internal sealed class SturdyCluster : ICluster
{
    public IReadOnlyList<string> Nodes { get; } = ["a", "b", "c", "d", "e"];

    public IReadOnlyList<int> Primaries() => [];

    public ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
