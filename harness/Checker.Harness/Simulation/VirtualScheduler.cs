using System.Reactive.Concurrency;

namespace Checker.Harness.Simulation;

/// <summary>
/// System.Reactive's view of a simulated world. Its ticks are 100 ns; a due time in the past means now. Runs nothing inline: an action always
/// waits for its turn in the loop.
/// </summary>
internal sealed class VirtualScheduler(SimulatedWorld world, EventQueue queue) : IScheduler
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The start of the run is the Unix epoch.</summary>
    public DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddTicks(world.Now / NanosecondsPerTick);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => ScheduleAt(world.Now, state, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        ScheduleAt(world.DueAfter(Nanoseconds(dueTime.Ticks)), state, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        ScheduleAt(Math.Max(world.Now, Nanoseconds((dueTime - DateTimeOffset.UnixEpoch).Ticks)), state, action);

    private static long Nanoseconds(long ticks) =>
        ticks <= 0 ? 0 : ticks > long.MaxValue / NanosecondsPerTick ? long.MaxValue : ticks * NanosecondsPerTick;

    private ScheduledAction<TState> ScheduleAt<TState>(long time, TState state, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        world.CheckThread();
        var item = new ScheduledAction<TState>(queue, this, state, action);
        queue.Push(time, item);
        return item;
    }
}
