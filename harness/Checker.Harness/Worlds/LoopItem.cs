using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>Something that is due at a moment and is not a message.</summary>
internal abstract class LoopItem
{
    /// <summary>Whether it was called off, so that the queue may forget it.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Happens.</summary>
    public abstract void Run();
}

/// <summary>A callback of the run itself or of a client.</summary>
internal sealed class LoopTimer(EventQueue queue, Action callback) : LoopItem, ITimerHandle
{
    private Action? _callback = callback;

    /// <inheritdoc/>
    public override bool IsCancelled => _callback is null;

    /// <inheritdoc/>
    public bool IsPending => _callback is not null;

    /// <inheritdoc/>
    public void Cancel()
    {
        if (_callback is null) return;
        _callback = null;
        queue.NoteCancelled();
    }

    /// <inheritdoc/>
    public override void Run()
    {
        var callback = _callback!;
        _callback = null;
        callback();
    }
}
