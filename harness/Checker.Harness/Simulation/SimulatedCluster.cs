using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Simulation;

/// <summary>The nodes of a target in a simulated world. Every kind of fault can be injected.</summary>
internal sealed class SimulatedCluster : ICluster, IKillable, IPausable, IPartitionable, ILinkDegradable, IClockSkewable, ILogged, IHost
{
    private readonly Machine[] _machines;
    private readonly string[] _names;
    private readonly SimulatedWorld _world;

    /// <summary>The machines, not started.</summary>
    /// <exception cref="ArgumentException">The deployment has no node.</exception>
    public SimulatedCluster(SimulatedWorld world, EventQueue queue, SimulationOptions options, Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (deployment.Nodes < 1) throw new ArgumentException("a deployment has at least one node", nameof(deployment));
        (_world, Queue, Deployment) = (world, queue, deployment);
        Network = new SimulatedNetwork(world, queue, options.Network, deployment.Nodes);
        _machines = new Machine[deployment.Nodes];
        _names = new string[deployment.Nodes];
        for (var i = 0; i < _machines.Length; i++)
        {
            _machines[i] = new Machine(this, EndpointId.Node(i), options.Sync);
            _names[i] = EndpointId.Node(i).ToString();
            Network.Connect(_machines[i]);
        }
    }

    /// <inheritdoc/>
    public EventQueue Queue { get; }

    /// <inheritdoc/>
    public Deployment Deployment { get; }

    /// <inheritdoc/>
    public long Now => _world.Now;

    /// <inheritdoc/>
    public int NodeCount => _names.Length;

    /// <inheritdoc/>
    public SeededRandom Random => _world.Random;

    /// <summary>The links.</summary>
    public SimulatedNetwork Network { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Nodes => _names;

    /// <summary>Makes all nodes, then starts them in order.</summary>
    public void Start()
    {
        foreach (var machine in _machines) machine.Create();
        foreach (var machine in _machines) machine.Start();
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Primaries()
    {
        var primaries = new List<int>();
        for (var i = 0; i < _machines.Length; i++)
        {
            if (_machines[i].IsPrimary) primaries.Add(i);
        }

        return primaries;
    }

    /// <inheritdoc/>
    public ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(thread);
        _world.CheckThread();
        var id = EndpointId.Client(thread);
        var endpoint = new ClientEndpoint(this, id, (Network.At(id)?.Life ?? 0) + 1);
        Network.Connect(endpoint);
        return new(Deployment.CreateClient(endpoint));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> KillAsync(int node, CrashKind crash) => new(At(node).Kill(crash));

    /// <inheritdoc/>
    public ValueTask<IFault> PauseAsync(int node) => new(At(node).Pause());

    /// <inheritdoc/>
    public ValueTask<IFault> CutAsync(IReadOnlyList<Link> links)
    {
        _world.CheckThread();
        return new(Network.Break(links, LinkFault.Cut()));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> DegradeAsync(IReadOnlyList<Link> links, LinkQuality quality)
    {
        _world.CheckThread();
        return new(Network.Break(links, LinkFault.Degrade(quality)));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> JumpClockAsync(int node, long nanoseconds) => new(At(node).Skew(ClockFault.JumpBy(Now, nanoseconds)));

    /// <inheritdoc/>
    public ValueTask<IFault> DriftClockAsync(int node, double rate) => new(At(node).Skew(ClockFault.DriftAt(Now, rate)));

    /// <inheritdoc/>
    public IReadOnlyList<LogLine> LogOf(int node) => At(node).LogLines;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    /// <inheritdoc/>
    public void CheckThread() => _world.CheckThread();

    /// <inheritdoc/>
    public void Send(Receiver sender, EndpointId to, Message message) => Network.Send(sender, to, message);

    /// <inheritdoc/>
    public ValueTask Invoke(Action action)
    {
        _world.CheckThread();
        action();
        return default;
    }

    /// <summary>Nothing to do: messages to an earlier life are dropped when they arrive.</summary>
    public void Disconnect(Receiver receiver)
    {
    }

    /// <summary>Nothing to do: the place is kept.</summary>
    public void Connect(Receiver receiver)
    {
    }

    private Machine At(int node)
    {
        _world.CheckThread();
        if ((uint)node >= (uint)_machines.Length) throw new ArgumentOutOfRangeException(nameof(node), node, $"there are {_machines.Length} nodes");
        return _machines[node];
    }
}
