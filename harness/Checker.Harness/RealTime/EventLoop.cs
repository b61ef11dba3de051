using Checker.Harness.Worlds;

namespace Checker.Harness.RealTime;

/// <summary>
/// One thread's work in real time: what other threads post, in the order of posting, and what is due, in the order of its due time. Only
/// <see cref="Post"/> and <see cref="Invoke"/> may be called from other threads. Timers fire up to about a millisecond late.
/// </summary>
internal sealed class EventLoop(Func<long> now)
{
    private const long Millisecond = 1_000_000;
    private readonly object _gate = new();
    private readonly Queue<Action> _posted = new();
    private int _thread;

    /// <summary>What is due.</summary>
    public EventQueue Queue { get; } = new();

    /// <summary>Takes messages that are due.</summary>
    public Action<Event>? Deliver { get; set; }

    /// <summary>Does something on the loop's thread, soon.</summary>
    public void Post(Action action)
    {
        lock (_gate)
        {
            _posted.Enqueue(action);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Does something on the loop's thread; done, or failed, when that is.</summary>
    public ValueTask Invoke(Action action)
    {
        if (_thread == Environment.CurrentManagedThreadId)
        {
            action();
            return default;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception thrown)
            {
                done.SetException(thrown);
            }
        });
        return new(done.Task);
    }

    /// <summary>Refuses other threads than the loop's while it runs.</summary>
    /// <exception cref="InvalidOperationException">This is another thread.</exception>
    public void CheckThread()
    {
        if (_thread != 0 && _thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException(
                "an endpoint or a world was used on a thread that is not its own; keep its work on the thread it is called back on");
    }

    /// <summary>Works on the calling thread until told to stop; whoever changes that posts something afterwards.</summary>
    /// <exception cref="InvalidOperationException">The loop runs already.</exception>
    public void Run(Func<bool> isDone)
    {
        if (Interlocked.CompareExchange(ref _thread, Environment.CurrentManagedThreadId, 0) != 0)
            throw new InvalidOperationException("the loop runs already; what it calls must not run it again");
        try
        {
            while (!isDone())
            {
                if (TakePosted() is { } posted) posted();
                if (!Queue.TryPop(now(), out _, out var item)) continue;
                if (item.To >= 0) Deliver!(item);
                else ((LoopItem)item.Payload).Run();
            }
        }
        finally
        {
            Volatile.Write(ref _thread, 0);
        }
    }

    private Action? TakePosted()
    {
        lock (_gate)
        {
            if (_posted.TryDequeue(out var posted)) return posted;
            var wait = Queue.NextTime == long.MaxValue ? long.MaxValue : Queue.NextTime - now();
            if (wait == long.MaxValue) Monitor.Wait(_gate);
            else if (wait > 0) Monitor.Wait(_gate, (int)Math.Min((wait + Millisecond - 1) / Millisecond, 60_000));
            return _posted.TryDequeue(out posted) ? posted : null;
        }
    }
}
