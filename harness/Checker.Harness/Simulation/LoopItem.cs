using System.Reactive.Disposables;
using ITimer = Checker.Targets.Nodes.ITimerHandle;

namespace Checker.Harness.Simulation;

/// <summary>Something that is due at a moment and is not a message.</summary>
internal abstract class LoopItem
{
    /// <summary>Whether it was called off, so that the queue may forget it.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Happens.</summary>
    public abstract void Run();
}

/// <summary>A callback of the run itself or of a client.</summary>
internal sealed class LoopTimer(EventQueue queue, Action callback) : LoopItem, ITimer
{
    private Action? _callback = callback;

    public override bool IsCancelled => _callback is null;

    public bool IsPending => _callback is not null;

    public void Cancel()
    {
        if (_callback is null) return;
        _callback = null;
        queue.NoteCancelled();
    }

    public override void Run()
    {
        var callback = _callback!;
        _callback = null;
        callback();
    }
}

/// <summary>An action of a System.Reactive scheduler.</summary>
internal sealed class ScheduledAction<TState>(
    EventQueue queue,
    VirtualScheduler scheduler,
    TState state,
    Func<System.Reactive.Concurrency.IScheduler, TState, IDisposable> action) : LoopItem, IDisposable
{
    private readonly SingleAssignmentDisposable _inner = new();
    private bool _started;

    public override bool IsCancelled => _inner.IsDisposed;

    public void Dispose()
    {
        if (!_started && !_inner.IsDisposed) queue.NoteCancelled();
        _inner.Dispose();
    }

    public override void Run()
    {
        _started = true;
        _inner.Disposable = action(scheduler, state);
    }
}
