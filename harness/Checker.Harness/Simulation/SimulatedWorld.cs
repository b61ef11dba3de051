using System.Globalization;
using System.Reactive.Concurrency;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Simulation;

/// <summary>
/// A deterministic world on virtual time: one queue of events, played one after another on the thread that calls <see cref="RunUntil"/>.
/// The same seed and the same calls give the same run, to the last bit, on every machine.
/// </summary>
/// <remarks>
/// <para>How <c>async</c> code stays on the loop: while events are played there is no synchronisation context and no other task scheduler, so a
/// <see cref="TaskCompletionSource{TResult}"/> that is completed by an event runs its continuations there and then, inside the event. Do not
/// make one with <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>, and do not use <c>Task.Run</c>, <c>Task.Delay</c> or <c>Task.Yield</c>:
/// they leave for the thread pool. Whoever comes back from another thread and touches the world gets an exception, and so does
/// <see cref="RunUntil"/>: such a run could not be repeated.</para>
/// <para>Before and after <see cref="RunUntil"/> any one thread may use the world.</para>
/// </remarks>
public sealed class SimulatedWorld : IWorld, IMessageCounter
{
    private const int Idle = -1;
    private readonly EventQueue _queue = new();
    private readonly SimulationOptions _options;
    private readonly WorldScheduler _scheduler;
    private SimulatedCluster? _cluster;
    private volatile Exception? _leak;
    private int _thread = Idle;
    private long _now;

    /// <summary>A world that stands at time 0.</summary>
    public SimulatedWorld(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Random = new SeededRandom(options.Seed);
        _scheduler = new WorldScheduler(this);
    }

    /// <summary>A world with everything at its default.</summary>
    public SimulatedWorld(long seed)
        : this(new SimulationOptions(seed))
    {
    }

    /// <inheritdoc/>
    public string Name => "sim";

    /// <inheritdoc/>
    public long Now => _now;

    /// <inheritdoc/>
    public IScheduler Scheduler => _scheduler;

    /// <inheritdoc/>
    public SeededRandom Random { get; }

    /// <inheritdoc/>
    public long MessagesDelivered => _cluster?.Network.Delivered ?? 0;

    /// <summary>The number of events played: messages, timers, syncs, scheduled actions.</summary>
    public long EventsPlayed { get; private set; }

    /// <summary>
    /// A hash of the times, senders and receivers of all events played. Two runs that differ here were not the same run; a self-check compares it.
    /// </summary>
    public ulong Fingerprint { get; private set; } = 0xCBF29CE484222325UL;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The world has a cluster already.</exception>
    public ICluster Deploy(Deployment deployment)
    {
        CheckThread();
        if (_cluster is not null) throw new InvalidOperationException("a simulated world holds one cluster; make another world");
        _cluster = new SimulatedCluster(this, _queue, _options, deployment);
        _cluster.Start();
        return _cluster;
    }

    /// <inheritdoc/>
    public ITimerHandle After(long nanoseconds, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckThread();
        var timer = new LoopTimer(_queue, callback);
        _queue.Push(DueAfter(nanoseconds), timer);
        return timer;
    }

    /// <inheritdoc/>
    /// <exception cref="NodeFailedException">The code of a node threw.</exception>
    public void RunUntil(Task done)
    {
        ArgumentNullException.ThrowIfNull(done);
        if (_thread != Idle) throw new InvalidOperationException("the world runs already; an event must not call RunUntil");
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            while (!done.IsCompleted) PlayNext();
        }
        finally
        {
            _thread = Idle;
            SynchronizationContext.SetSynchronizationContext(context);
        }

        if (_leak is { } leak) throw leak;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The moment so many nanoseconds from now; now if they are negative.</summary>
    internal long DueAfter(long nanoseconds) => Moments.After(_now, nanoseconds);

    /// <summary>Refuses other threads than the loop's while it runs.</summary>
    internal void CheckThread()
    {
        if (_thread != Idle && _thread != Environment.CurrentManagedThreadId) throw Leaked();
    }

    private void PlayNext()
    {
        if (_leak is { } leak) throw leak;
        if (!_queue.TryPop(_options.TimeLimit, out var time, out var item)) throw _queue.Count == 0 ? Stuck() : PastLimit();
        _now = time;
        EventsPlayed++;
        Fingerprint = (Fingerprint ^ (ulong)time ^ ((ulong)(uint)item.From << 52) ^ ((ulong)(uint)item.To << 40)) * 0x9E3779B97F4A7C15UL;
        if (item.To >= 0) _cluster!.Network.Deliver(item);
        else ((LoopItem)item.Payload).Run();
    }

    private InvalidOperationException Leaked()
    {
        var leak = new InvalidOperationException(
            "code of this simulated run went on on another thread, so the run could not be repeated: look for Task.Run, Task.Delay, Task.Yield or " +
            $"RunContinuationsAsynchronously where this happened:{Environment.NewLine}{Environment.StackTrace}");
        _leak = leak;
        return leak;
    }

    private InvalidOperationException Stuck() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"nothing is left to happen at {_now / 1e9:0.000000} s, and the awaited task is still not done: " +
        $"it waits for something outside this world, or for a reply nobody sends"));

    private InvalidOperationException PastLimit() => new(string.Create(
        CultureInfo.InvariantCulture, $"the run passed its limit of {_options.TimeLimit / 1e9:0.###} s of virtual time, " +
        $"and the awaited task is still not done"));
}
