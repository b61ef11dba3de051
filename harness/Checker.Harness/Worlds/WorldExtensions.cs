namespace Checker.Harness.Worlds;

/// <summary>How asynchronous code runs in a world.</summary>
public static class WorldExtensions
{
    /// <summary>
    /// Starts asynchronous code on the run's thread and plays the world until it is done; throws what it throws. Prefer it to
    /// <see cref="IWorld.RunUntil"/>: the code's first steps, too, run under the world's rules rather than the caller's.
    /// </summary>
    public static void Run(this IWorld world, Func<Task> body)
    {
        var done = new TaskCompletionSource();
        world.After(0, async void () =>
        {
            try
            {
                await body();
                done.SetResult();
            }
            catch (Exception thrown)
            {
                done.SetException(thrown);
            }
        });
        world.RunUntil(done.Task);
        done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Done after so many nanoseconds of the world's time.</summary>
    public static Task Delay(this IWorld world, long nanoseconds)
    {
        var done = new TaskCompletionSource();
        world.After(nanoseconds, done.SetResult);
        return done.Task;
    }
}
