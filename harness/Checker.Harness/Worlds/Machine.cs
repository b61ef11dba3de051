using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>What one node runs on: disk, clocks and log, which outlive it, and the node's present life, if it has one.</summary>
internal sealed class Machine(IHost host, EndpointId id, Latency syncLatency) : Receiver(id)
{
    private readonly SeededRandom _diskRandom = host.Random.Split("disk", id.Ordinal);
    private readonly List<LogLine> _log = [];
    private readonly List<ActiveFault> _pauses = [];
    private readonly Queue<Event> _held = new();
    private ActiveFault? _kill;
    private long _lastSync;
    private bool _isDraining;

    /// <summary>What it stands on.</summary>
    public IHost Host { get; } = host;

    /// <summary>Its disk.</summary>
    public Disk Disk { get; } = new();

    /// <summary>Its clocks.</summary>
    public SkewableClock Clock { get; } = new();

    /// <summary>The running node, or null.</summary>
    public NodeProcess? Process { get; private set; }

    /// <summary>The log up to now.</summary>
    public IReadOnlyList<LogLine> LogLines
    {
        get
        {
            lock (_log) return [.. _log];
        }
    }

    /// <summary>Whether its node believes itself primary.</summary>
    public bool IsPrimary => Process is { Node.IsPrimary: true };

    /// <inheritdoc/>
    public override bool IsUp => Process is not null;

    /// <inheritdoc/>
    public override bool IsHolding => _pauses.Count > 0 || _isDraining;

    /// <summary>Writes a line to the log.</summary>
    public void Log(string line)
    {
        lock (_log) _log.Add(new LogLine(Host.Now, line));
    }

    /// <summary>Begins a new life, without starting it.</summary>
    public void Create()
    {
        Process = new NodeProcess(this, ++Life);
        Call(() => Process.Create(Host.Deployment));
    }

    /// <summary>Starts the node.</summary>
    public void Start()
    {
        Log(Life == 1 ? "started" : "restarted");
        Call(Process!.Node.Start);
    }

    /// <summary>Runs code of the node.</summary>
    public void Call(Action code)
    {
        try
        {
            code();
        }
        catch (Exception thrown) when (thrown is not NodeFailedException)
        {
            throw new NodeFailedException(Id, Host.Now, thrown);
        }
    }

    /// <inheritdoc/>
    public override void Receive(EndpointId from, Message message)
    {
        try
        {
            Process!.Node.Receive(from, message);
        }
        catch (Exception thrown) when (thrown is not NodeFailedException)
        {
            throw new NodeFailedException(Id, Host.Now, thrown);
        }
    }

    /// <inheritdoc/>
    public override void Miss() => _kill?.Hit();

    /// <summary>Asks the disk to sync; it does one after another.</summary>
    public void BeginSync(NodeProcess process, Action durable)
    {
        Host.CheckThread();
        Disk.BeginSync();
        _lastSync = Math.Max(_lastSync, Moments.After(Host.Now, syncLatency.Sample(_diskRandom)));
        Host.Queue.Push(_lastSync, new SyncItem(this, process, durable));
    }

    /// <summary>Kills the node.</summary>
    public IFault Kill(CrashKind crash)
    {
        var what = crash == CrashKind.Process ? "messages lost and primaries hit" : "messages and unsynced writes lost and primaries hit";
        if (Process is null) return new ActiveFault(what);
        var fault = new ActiveFault(what);
        fault.HealBy(() => Host.Invoke(Restart));
        fault.Hit(Host.Queue.CountMessagesTo(Id.Ordinal, Life) + _held.Count(static item => item.To >= 0));
        if (Process.Node.IsPrimary) fault.Hit();
        var lost = crash == CrashKind.PowerLoss ? Disk.LosePower() : 0;
        fault.Hit(lost);
        Log(crash == CrashKind.Process ? "killed" : $"lost power and {lost} unsynced writes");
        Process = null;
        Life++;
        _held.Clear();
        _pauses.Clear();
        _kill = fault;
        Host.Disconnect(this);
        return fault;
    }

    /// <summary>Pauses the node. A dead node cannot be paused; that leaves no evidence.</summary>
    public IFault Pause()
    {
        var fault = new ActiveFault("messages and timers held up");
        if (Process is null) return fault;
        fault.HealBy(() => Host.Invoke(() => Resume(fault)));
        if (_pauses.Count == 0) Log("paused");
        _pauses.Add(fault);
        return fault;
    }

    /// <inheritdoc/>
    public override void Hold(in Event item)
    {
        foreach (var pause in _pauses) pause.Hit();
        _held.Enqueue(item);
    }

    /// <summary>Puts a jump or a drift into force until it is healed.</summary>
    public IFault Skew(ClockFault fault)
    {
        Clock.Add(fault, Host.Now);
        RetimeTimers(fault);
        fault.HealBy(() => Host.Invoke(() =>
        {
            Clock.Remove(fault, Host.Now);
            RetimeTimers(fault);
        }));
        return fault;
    }

    private void RetimeTimers(ClockFault fault)
    {
        if (fault.Drift == 0) return;
        Host.Queue.Retime(item => item is NodeTimer timer && timer.Machine == this ? Clock.TrueTime(Host.Now, timer.Due) : null);
    }

    private void Restart()
    {
        _kill = null;
        Create();
        Host.Connect(this);
        Start();
    }

    private void Resume(ActiveFault pause)
    {
        if (!_pauses.Remove(pause) || _pauses.Count > 0) return;
        Log("resumed");
        if (_held.Count == 0 || _isDraining) return;
        _isDraining = true;
        Host.Queue.Push(Host.Now, new LoopTimer(Host.Queue, Drain));
    }

    /// <summary>Plays what waited, in the order of its arrival; what arrives meanwhile waits behind it.</summary>
    private void Drain()
    {
        while (_pauses.Count == 0 && _held.TryDequeue(out var item))
        {
            _isDraining = false;
            if (item.To >= 0) Receive(new EndpointId(item.From), (Message)item.Payload);
            else ((LoopItem)item.Payload).Run();
        }

        _isDraining = false;
    }
}
