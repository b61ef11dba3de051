using System.Reactive.Concurrency;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>
/// The only door to time, randomness and the network of one run. The runner, the generators, the nemesis and the clients run on the one thread
/// behind <see cref="Scheduler"/>, whatever the world.
/// </summary>
/// <remarks>
/// Asynchronous code runs on the run's thread if it is started by <see cref="WorldExtensions.Run"/> and awaits without
/// <see cref="Task.ConfigureAwait(bool)"/>: in simulation continuations run inside the event that completes what they await; in the real world
/// a synchronisation context brings them back, whatever thread completed it.
/// </remarks>
public interface IWorld : IAsyncDisposable
{
    /// <summary>The name on the command line, such as <c>sim</c>.</summary>
    string Name { get; }

    /// <summary>Nanoseconds since the start of the run.</summary>
    long Now { get; }

    /// <summary>The run's single thread: work is done in the order of its due time, and of scheduling among equals.</summary>
    IScheduler Scheduler { get; }

    /// <summary>The root of the run's randomness; components split their own streams from it.</summary>
    SeededRandom Random { get; }

    /// <summary>Starts the nodes of a target.</summary>
    ICluster Deploy(Deployment deployment);

    /// <summary>Calls back on the run's thread after so many nanoseconds; cheaper than <see cref="Scheduler"/>.</summary>
    ITimerHandle After(long nanoseconds, Action callback);

    /// <summary>Works on the calling thread until the task is done: plays events (simulated), or waits (real).</summary>
    /// <exception cref="InvalidOperationException">Nothing is left to happen, and the task is still not done.</exception>
    void RunUntil(Task done);
}
