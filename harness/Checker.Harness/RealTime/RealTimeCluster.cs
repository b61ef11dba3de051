using System.Collections.Concurrent;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.RealTime;

/// <summary>The nodes of a target on threads of this process. Every kind of fault can be injected.</summary>
internal sealed class RealTimeCluster : ICluster, IKillable, IPausable, IPartitionable, ILinkDegradable, IClockSkewable, ILogged
{
    private readonly NodeThread[] _nodes;
    private readonly string[] _names;
    private readonly ConcurrentDictionary<int, RealTimeHost> _clients = new();
    private readonly List<RealTimeHost> _formerClients = [];
    private bool _isDisposed;
    private long _delivered;

    /// <summary>The threads, with no node on them yet.</summary>
    /// <exception cref="ArgumentException">The deployment has no node, or its messages cannot be told apart.</exception>
    public RealTimeCluster(RealTimeWorld world, RealTimeOptions options, Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (deployment.Nodes < 1) throw new ArgumentException("a deployment has at least one node", nameof(deployment));
        (World, Deployment, Codec) = (world, deployment, new MessageCodec(deployment.MessageTypes));
        _names = [.. Enumerable.Range(0, deployment.Nodes).Select(static i => EndpointId.Node(i).ToString())];
        _nodes = [.. Enumerable.Range(0, deployment.Nodes).Select(i => new NodeThread(this, EndpointId.Node(i), options.Sync))];
        world.Loop.Deliver = item => _clients[item.To].Deliver(item);
    }

    /// <summary>The world.</summary>
    public RealTimeWorld World { get; }

    /// <summary>What makes nodes and clients.</summary>
    public Deployment Deployment { get; }

    /// <summary>Messages to bytes and back.</summary>
    public MessageCodec Codec { get; }

    /// <summary>The faults of links.</summary>
    public LinkTable Links { get; } = new();

    /// <summary>The number of messages that arrived up to now.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <inheritdoc/>
    public IReadOnlyList<string> Nodes => _names;

    /// <summary>Counts a message that arrived; from any thread.</summary>
    public void CountDelivery() => Interlocked.Increment(ref _delivered);

    /// <summary>Makes all nodes, then starts them in order.</summary>
    public void Start()
    {
        foreach (var node in _nodes)
        {
            Wait(node.Ask(machine =>
            {
                machine.Create();
                node.Host.Connect(machine);
                return true;
            }));
        }

        foreach (var node in _nodes)
        {
            Wait(node.Ask(static machine =>
            {
                machine.Start();
                return true;
            }));
        }
    }

    /// <summary>The host of an endpoint, or null if it is a client that was never opened. From any thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public RealTimeHost? HostOf(EndpointId id)
    {
        if (!id.IsNode) return _clients.GetValueOrDefault(id.Ordinal);
        return At(id.Value).Host;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Primaries() => [.. Enumerable.Range(0, _nodes.Length).Where(i => _nodes[i].IsPrimary)];

    /// <inheritdoc/>
    public ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(thread);
        World.Loop.CheckThread();
        var life = 1;
        if (_clients.TryGetValue(thread, out var former))
        {
            life = former.Receiver.Life + 1;
            former.Disconnect(former.Receiver);
            _formerClients.Add(former);
        }

        var id = EndpointId.Client(thread);
        var host = new RealTimeHost(this, id, World.Loop);
        var endpoint = new ClientEndpoint(host, id, life);
        host.Receiver = endpoint;
        host.Connect(endpoint);
        _clients[thread] = host;
        return new(Deployment.CreateClient(endpoint));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> KillAsync(int node, CrashKind crash) => At(node).Ask(machine => machine.Kill(crash));

    /// <inheritdoc/>
    public ValueTask<IFault> PauseAsync(int node) => At(node).Ask(static machine => machine.Pause());

    /// <inheritdoc/>
    public ValueTask<IFault> CutAsync(IReadOnlyList<Link> links) => Break(links, LinkFault.Cut());

    /// <inheritdoc/>
    public ValueTask<IFault> DegradeAsync(IReadOnlyList<Link> links, LinkQuality quality) => Break(links, LinkFault.Degrade(quality));

    /// <inheritdoc/>
    public ValueTask<IFault> JumpClockAsync(int node, long nanoseconds) =>
        At(node).Ask(machine => machine.Skew(ClockFault.JumpBy(World.Now, nanoseconds)));

    /// <inheritdoc/>
    public ValueTask<IFault> DriftClockAsync(int node, double rate) => At(node).Ask(machine => machine.Skew(ClockFault.DriftAt(World.Now, rate)));

    /// <inheritdoc/>
    public IReadOnlyList<LogLine> LogOf(int node) => At(node).Machine.LogLines;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        foreach (var node in _nodes) await node.DisposeAsync().ConfigureAwait(false);
        foreach (var client in _clients.Values.Concat(_formerClients)) await client.DisposeAsync().ConfigureAwait(false);
    }

    private static void Wait(ValueTask<bool> task) => task.AsTask().GetAwaiter().GetResult();

    private NodeThread At(int node) => (uint)node < (uint)_nodes.Length
        ? _nodes[node]
        : throw new ArgumentOutOfRangeException(nameof(node), node, $"there are {_nodes.Length} nodes");

    private ValueTask<IFault> Break(IReadOnlyList<Link> links, LinkFault fault)
    {
        World.Loop.CheckThread();
        foreach (var (from, to) in links)
        {
            if (from.IsNode) _ = At(from.Value);
            if (to.IsNode) _ = At(to.Value);
        }

        return new(Links.Break(links, fault));
    }
}
