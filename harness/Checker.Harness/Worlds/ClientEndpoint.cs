using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>The door of one worker thread's client. Its machine never fails and its clocks are true.</summary>
internal sealed class ClientEndpoint : Receiver, IEndpoint
{
    private readonly IHost _host;

    /// <summary>The <paramref name="life"/>-th client of a worker thread.</summary>
    public ClientEndpoint(IHost host, EndpointId id, int life)
        : base(id)
    {
        _host = host;
        Life = life;
        Random = host.Random.Split("client", id.Ordinal).Split("life", life);
    }

    /// <inheritdoc/>
    public override bool IsUp => true;

    /// <inheritdoc/>
    public EndpointId Self => Id;

    /// <inheritdoc/>
    public int NodeCount => _host.NodeCount;

    /// <inheritdoc/>
    public long WallClock => _host.Now;

    /// <inheritdoc/>
    public long MonotonicClock => _host.Now;

    /// <inheritdoc/>
    public SeededRandom Random { get; }

    /// <inheritdoc/>
    public Action<EndpointId, Message>? OnReceive { get; set; }

    /// <inheritdoc/>
    public void Send(EndpointId to, Message message) => _host.Send(this, to, message);

    /// <inheritdoc/>
    public ITimerHandle After(long nanoseconds, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _host.CheckThread();
        var timer = new LoopTimer(_host.Queue, callback);
        _host.Queue.Push(Moments.After(_host.Now, nanoseconds), timer);
        return timer;
    }

    /// <summary>Clients keep no log: what they have to say is in the history.</summary>
    public void Log(string line)
    {
    }

    /// <inheritdoc/>
    public override void Receive(EndpointId from, Message message) => OnReceive?.Invoke(from, message);
}
