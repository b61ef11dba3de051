using Checker.Targets;
using Checker.Targets.Nodes;
using ITimer = Checker.Targets.Nodes.ITimerHandle;

namespace Checker.Harness.Simulation;

/// <summary>The door of one worker thread's client. Its machine never fails and its clocks are true.</summary>
internal sealed class SimulatedClient : Receiver, IEndpoint
{
    private readonly SimulatedCluster _cluster;

    public SimulatedClient(SimulatedCluster cluster, EndpointId id, int life)
        : base(id)
    {
        _cluster = cluster;
        Life = life;
        Random = cluster.World.Random.Split("client", id.Ordinal).Split("life", life);
    }

    /// <inheritdoc/>
    public override bool IsUp => true;

    /// <inheritdoc/>
    public EndpointId Self => Id;

    /// <inheritdoc/>
    public int NodeCount => _cluster.Nodes.Count;

    /// <inheritdoc/>
    public long WallClock => _cluster.World.Now;

    /// <inheritdoc/>
    public long MonotonicClock => _cluster.World.Now;

    /// <inheritdoc/>
    public SeededRandom Random { get; }

    /// <inheritdoc/>
    public Action<EndpointId, Message>? OnReceive { get; set; }

    /// <inheritdoc/>
    public void Send(EndpointId to, Message message) => _cluster.Network.Send(this, to, message);

    /// <inheritdoc/>
    public ITimer After(long nanoseconds, Action callback) => _cluster.World.After(nanoseconds, callback);

    /// <inheritdoc/>
    public void Log(string line)
    {
    }

    /// <inheritdoc/>
    public override void Receive(EndpointId from, Message message) => OnReceive?.Invoke(from, message);
}
