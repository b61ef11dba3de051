using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Checker.Harness.Worlds;

/// <summary>
/// System.Reactive's view of a world's single thread. Its ticks are 100 ns; a due time in the past means now. Runs nothing inline: an action
/// always waits for its turn.
/// </summary>
internal sealed class WorldScheduler(IWorld world) : IScheduler
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The start of the run is the Unix epoch.</summary>
    public DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddTicks(world.Now / NanosecondsPerTick);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => ScheduleAfter(0, state, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        ScheduleAfter(Nanoseconds(dueTime.Ticks), state, action);

    /// <inheritdoc/>
    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        ScheduleAfter(Nanoseconds((dueTime - DateTimeOffset.UnixEpoch).Ticks) - world.Now, state, action);

    private static long Nanoseconds(long ticks) =>
        ticks <= 0 ? 0 : ticks > long.MaxValue / NanosecondsPerTick ? long.MaxValue : ticks * NanosecondsPerTick;

    private MultipleAssignmentDisposable ScheduleAfter<TState>(long nanoseconds, TState state, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var result = new MultipleAssignmentDisposable();
        var timer = world.After(Math.Max(nanoseconds, 0), () => result.Disposable = action(this, state));
        result.Disposable = Disposable.Create(timer.Cancel);
        return result;
    }
}
