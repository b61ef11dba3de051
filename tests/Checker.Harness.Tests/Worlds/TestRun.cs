using Checker.Harness.RealTime;
using Checker.Harness.Simulation;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

/// <summary>A cluster of probe nodes in a world of either kind.</summary>
internal sealed class TestRun
{
    private const long Millisecond = 1_000_000;
    private int _nextId;

    private TestRun(IWorld world, ICluster cluster) => (World, Cluster) = (world, cluster);

    public IWorld World { get; }

    public ICluster Cluster { get; }

    /// <summary>Runs a scenario on a cluster of three probe nodes in a world of the named kind.</summary>
    public static void Play(string kind, Func<TestRun, Task> scenario) => Play(Open(kind), scenario);

    public static void Play(IWorld world, Func<TestRun, Task> scenario)
    {
        try
        {
            world.Run(async () =>
            {
                var cluster = world.Deploy(new ProbeStore(3));
                await scenario(new TestRun(world, cluster));
            });
        }
        finally
        {
            world.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public static IWorld Open(string kind) => kind switch
    {
        "sim" => new SimulatedWorld(42),
        "real" => new RealTimeWorld(42),
        _ => throw new ArgumentException(kind),
    };

    public static Link Between(int from, int to) => new(EndpointId.Node(from), EndpointId.Node(to));

    public static Link FromClient(int thread, int to) => new(EndpointId.Client(thread), EndpointId.Node(to));

    public static Link ToClient(int from, int thread) => new(EndpointId.Node(from), EndpointId.Client(thread));

    public int NextId() => _nextId++;

    public async Task<ProbeClient> OpenAsync(int thread) => (ProbeClient)await Cluster.OpenClientAsync(thread, CancellationToken.None);

    /// <summary>Waits until something is so; generous, because real machines are slow at times.</summary>
    public async Task Until(Func<bool> condition, string what)
    {
        var end = World.Now + (20_000 * Millisecond);
        while (!condition())
        {
            Assert.True(World.Now < end, $"waited in vain: {what}");
            await World.Delay(Millisecond);
        }
    }

    /// <summary>Sends a request until its reply arrives.</summary>
    public async Task<T> Ask<T>(ProbeClient client, int node, Message request)
        where T : Message
    {
        var before = client.Of<T>().Count();
        client.Send(node, request);
        await Until(() => client.Of<T>().Count() > before, $"the reply to {request}");
        return client.Of<T>().Last();
    }

    /// <summary>The notes that a node holds, in the order of their arrival.</summary>
    public async Task<IReadOnlyList<int>> NotesOf(ProbeClient client, int node) => (await Ask<Notes>(client, node, new GetNotes(NextId()))).Ids;

    /// <summary>Waits until a node holds so many notes.</summary>
    public async Task<IReadOnlyList<int>> UntilNotes(ProbeClient client, int node, int count)
    {
        var end = World.Now + (20_000 * Millisecond);
        while (true)
        {
            var notes = await NotesOf(client, node);
            if (notes.Count >= count) return notes;
            Assert.True(World.Now < end, $"node {node} never held {count} notes, only {notes.Count}");
        }
    }

    /// <summary>Waits until a fault shows so many hits.</summary>
    public Task UntilHits(IFault fault, long hits) => Until(() => fault.Evidence.Hits >= hits, $"{hits} {fault.Evidence.What}");
}
