using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>One life of a node: its door to the world, which closes when it is killed.</summary>
internal sealed class NodeProcess(Machine machine, int life) : INodeContext, IStorage
{
    private readonly IHost _host = machine.Host;

    /// <summary>Which life of the machine it is.</summary>
    public int Life { get; } = life;

    /// <summary>The protocol.</summary>
    public INode Node { get; private set; } = null!;

    /// <inheritdoc/>
    public EndpointId Self => machine.Id;

    /// <inheritdoc/>
    public int NodeCount => _host.NodeCount;

    /// <inheritdoc/>
    public long WallClock => machine.Clock.Wall(_host.Now);

    /// <inheritdoc/>
    public long MonotonicClock => machine.Clock.Monotonic(_host.Now);

    /// <inheritdoc/>
    public SeededRandom Random { get; } = machine.Host.Random.Split("node", machine.Id.Ordinal).Split("life", life);

    /// <inheritdoc/>
    public Action<EndpointId, Message>? OnReceive { get; set; }

    /// <inheritdoc/>
    public IStorage Storage => this;

    private bool IsAlive => machine.Process == this;

    /// <summary>Makes the node.</summary>
    public void Create(Deployment deployment) => Node = deployment.CreateNode(this);

    /// <inheritdoc/>
    public void Send(EndpointId to, Message message)
    {
        if (IsAlive) _host.Send(machine, to, message);
    }

    /// <inheritdoc/>
    public ITimerHandle After(long nanoseconds, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _host.CheckThread();
        var due = machine.Clock.DueAfter(_host.Now, Math.Max(nanoseconds, 0));
        var timer = new NodeTimer(machine, this, callback, due);
        if (IsAlive) machine.Host.Queue.Push(machine.Clock.TrueTime(_host.Now, due), timer);
        return timer;
    }

    /// <inheritdoc/>
    public void Log(string line) => machine.Log(line);

    /// <inheritdoc/>
    T? IStorage.Read<T>(string cell)
        where T : class => machine.Disk.Read<T>(cell);

    /// <inheritdoc/>
    void IStorage.Write<T>(string cell, T content)
    {
        if (IsAlive) machine.Disk.Write(cell, content);
    }

    /// <inheritdoc/>
    int IStorage.Length(string log) => machine.Disk.Length(log);

    /// <inheritdoc/>
    T IStorage.Entry<T>(string log, int index) => machine.Disk.Entry<T>(log, index);

    /// <inheritdoc/>
    void IStorage.Append<T>(string log, T entry)
    {
        if (IsAlive) machine.Disk.Append(log, entry);
    }

    /// <inheritdoc/>
    void IStorage.Truncate(string log, int length)
    {
        if (IsAlive) machine.Disk.Truncate(log, length);
    }

    /// <inheritdoc/>
    void IStorage.Sync(Action durable)
    {
        ArgumentNullException.ThrowIfNull(durable);
        if (IsAlive) machine.BeginSync(this, durable);
    }
}

/// <summary>A timer on a node's monotonic clock. Dies with its process.</summary>
internal sealed class NodeTimer(Machine machine, NodeProcess process, Action callback, long due) : LoopItem, ITimerHandle
{
    private Action? _callback = callback;

    /// <inheritdoc/>
    public override bool IsCancelled => _callback is null;

    /// <inheritdoc/>
    public bool IsPending => _callback is not null && machine.Process == process;

    /// <summary>The machine whose clock it runs on.</summary>
    public Machine Machine => machine;

    /// <summary>When it is due, by the machine's monotonic clock.</summary>
    public long Due => due;

    /// <inheritdoc/>
    public void Cancel()
    {
        if (_callback is null) return;
        _callback = null;
        machine.Host.Queue.NoteCancelled();
    }

    /// <inheritdoc/>
    public override void Run()
    {
        if (machine.Process != process || _callback is null) return;
        if (machine.IsHolding)
        {
            machine.Hold(new Event { Payload = this, To = -1 });
            return;
        }

        var callback = _callback;
        _callback = null;
        machine.Call(callback);
    }
}

/// <summary>A disk that finishes a sync. The data becomes durable even if the process is dead or paused by then.</summary>
internal sealed class SyncItem(Machine machine, NodeProcess process, Action durable) : LoopItem
{
    private readonly int _powerCycle = machine.Disk.PowerCycle;

    /// <inheritdoc/>
    public override bool IsCancelled => false;

    /// <inheritdoc/>
    public override void Run()
    {
        if (machine.Disk.PowerCycle != _powerCycle) return;
        machine.Disk.EndSync();
        var callback = new NodeTimer(machine, process, durable, 0);
        callback.Run();
    }
}
