using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Simulation;

/// <summary>The nodes of a target in a simulated world. Every kind of fault can be injected.</summary>
internal sealed class SimulatedCluster : ICluster, IKillable, IPausable, IPartitionable, ILinkDegradable, IClockSkewable, ILogged
{
    private readonly Machine[] _machines;
    private readonly string[] _names;

    /// <summary>The machines, not started.</summary>
    /// <exception cref="ArgumentException">The deployment has no node.</exception>
    public SimulatedCluster(SimulatedWorld world, EventQueue queue, SimulationOptions options, Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (deployment.Nodes < 1) throw new ArgumentException("a deployment has at least one node", nameof(deployment));
        (World, Queue, Deployment) = (world, queue, deployment);
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

    /// <summary>The world.</summary>
    public SimulatedWorld World { get; }

    /// <summary>The world's events.</summary>
    public EventQueue Queue { get; }

    /// <summary>What makes nodes and clients.</summary>
    public Deployment Deployment { get; }

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
            if (_machines[i].Process is { Node.IsPrimary: true }) primaries.Add(i);
        }

        return primaries;
    }

    /// <inheritdoc/>
    public ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(thread);
        World.CheckThread();
        var id = EndpointId.Client(thread);
        var endpoint = new SimulatedClient(this, id, (Network.At(id)?.Life ?? 0) + 1);
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
        World.CheckThread();
        return new(Network.Break(links, LinkFault.Cut()));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> DegradeAsync(IReadOnlyList<Link> links, LinkQuality quality)
    {
        World.CheckThread();
        return new(Network.Break(links, LinkFault.Degrade(quality)));
    }

    /// <inheritdoc/>
    public ValueTask<IFault> JumpClockAsync(int node, long nanoseconds) => Skew(At(node), ClockFault.JumpBy(World.Now, nanoseconds));

    /// <inheritdoc/>
    public ValueTask<IFault> DriftClockAsync(int node, double rate) => Skew(At(node), ClockFault.DriftAt(World.Now, rate));

    /// <inheritdoc/>
    public IReadOnlyList<LogLine> LogOf(int node) => At(node).LogLines;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private Machine At(int node)
    {
        World.CheckThread();
        if ((uint)node >= (uint)_machines.Length) throw new ArgumentOutOfRangeException(nameof(node), node, $"there are {_machines.Length} nodes");
        return _machines[node];
    }

    private ValueTask<IFault> Skew(Machine machine, ClockFault fault)
    {
        machine.Clock.Add(fault, World.Now);
        RetimeTimers(machine, fault);
        fault.HealBy(() =>
        {
            machine.Clock.Remove(fault, World.Now);
            RetimeTimers(machine, fault);
            return default;
        });
        return new(fault);
    }

    private void RetimeTimers(Machine machine, ClockFault fault)
    {
        if (fault.Drift == 0) return;
        Queue.Retime(item => item is NodeTimer timer && timer.Machine == machine ? machine.Clock.TrueTime(World.Now, timer.Due) : null);
    }
}
