using System.Diagnostics;
using System.Reactive.Concurrency;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.RealTime;

/// <summary>What a real-time world is made of.</summary>
/// <param name="Seed">The seed of all its randomness. The run does not repeat all the same: threads and the network see to that.</param>
public sealed record RealTimeOptions(long Seed)
{
    /// <summary>How long a node's disk, which is kept in memory, takes to sync. Default: none.</summary>
    public Latency Sync { get; init; } = Latency.Constant(0);
}

/// <summary>
/// The real world inside one process: real time, every node on its own thread, and messages as bytes over TCP on the loopback interface. The run's
/// own thread is the one that calls <see cref="RunUntil"/>; asynchronous code that it awaits comes back to it.
/// </summary>
public sealed class RealTimeWorld : IWorld, IMessageCounter
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly RealTimeOptions _options;
    private RealTimeCluster? _cluster;
    private volatile Exception? _failure;

    /// <summary>A world whose time begins now.</summary>
    public RealTimeWorld(RealTimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Random = new SeededRandom(options.Seed);
        Loop = new EventLoop(() => Now);
        Scheduler = new WorldScheduler(this);
    }

    /// <summary>A world with everything at its default.</summary>
    public RealTimeWorld(long seed)
        : this(new RealTimeOptions(seed))
    {
    }

    /// <inheritdoc/>
    public string Name => "real";

    /// <inheritdoc/>
    public long Now => (long)(_clock.ElapsedTicks * (1e9 / Stopwatch.Frequency));

    /// <inheritdoc/>
    public IScheduler Scheduler { get; }

    /// <inheritdoc/>
    public SeededRandom Random { get; }

    /// <inheritdoc/>
    public long MessagesDelivered => _cluster?.Delivered ?? 0;

    /// <summary>The run's thread.</summary>
    internal EventLoop Loop { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The world has a cluster already.</exception>
    public ICluster Deploy(Deployment deployment)
    {
        Loop.CheckThread();
        if (_cluster is not null) throw new InvalidOperationException("a real-time world holds one cluster; make another world");
        _cluster = new RealTimeCluster(this, _options, deployment);
        _cluster.Start();
        return _cluster;
    }

    /// <inheritdoc/>
    public ITimerHandle After(long nanoseconds, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Loop.CheckThread();
        var timer = new LoopTimer(Loop.Queue, callback);
        Loop.Queue.Push(Moments.After(Now, nanoseconds), timer);
        return timer;
    }

    /// <inheritdoc/>
    /// <exception cref="NodeFailedException">The code of a node threw.</exception>
    public void RunUntil(Task done)
    {
        ArgumentNullException.ThrowIfNull(done);
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new RunContext(Loop));
        try
        {
            _ = done.ContinueWith(
                static (_, loop) => ((EventLoop)loop!).Post(static () => { }),
                Loop,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            Loop.Run(() => done.IsCompleted || _failure is not null);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        if (_failure is { } failure) throw failure;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the run with an exception; from any thread.</summary>
    internal void Fail(Exception failure)
    {
        _failure ??= failure;
        Loop.Post(static () => { });
    }
}
