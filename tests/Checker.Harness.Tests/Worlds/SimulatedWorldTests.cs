using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Checker.Harness.Simulation;
using Checker.Harness.Worlds;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class SimulatedWorldTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Time_passes_only_from_event_to_event()
    {
        var world = new SimulatedWorld(1);
        var seen = new List<long>();
        world.Run(async () =>
        {
            seen.Add(world.Now);
            await world.Delay(3600 * Second);
            seen.Add(world.Now);
            await world.Delay(-5);
            seen.Add(world.Now);
        });
        Assert.Equal([0, 3600 * Second, 3600 * Second], seen);
    }

    [Fact]
    public void The_scheduler_keeps_to_virtual_time_and_order()
    {
        var world = new SimulatedWorld(1);
        var seen = new List<string>();
        world.Run(async () =>
        {
            world.Scheduler.Schedule(TimeSpan.FromSeconds(2), () => seen.Add($"late {world.Now}"));
            world.Scheduler.Schedule(() => seen.Add("now"));
            world.After(0, () => seen.Add("then"));
            world.Scheduler.Schedule(DateTimeOffset.UnixEpoch.AddSeconds(1), () => seen.Add($"early {world.Now}"));
            world.Scheduler.Schedule(TimeSpan.FromSeconds(1), () => seen.Add("never")).Dispose();
            Assert.Empty(seen);
            await world.Delay(3 * Second);
        });
        Assert.Equal(["now", "then", "early 1000000000", "late 2000000000"], seen);
    }

    [Fact]
    public void Observables_run_on_virtual_time()
    {
        var world = new SimulatedWorld(1);
        var seen = new List<(long, long)>();
        world.Run(async () =>
        {
            using var ticks = Observable.Interval(TimeSpan.FromSeconds(10), world.Scheduler).Subscribe(tick => seen.Add((tick, world.Now)));
            await world.Delay(35 * Second);
        });
        Assert.Equal([(0, 10 * Second), (1, 20 * Second), (2, 30 * Second)], seen);
    }

    [Fact]
    public void Rejects_a_wait_for_what_never_comes()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new SimulatedWorld(1).RunUntil(new TaskCompletionSource().Task));
        Assert.Contains("nothing is left to happen", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_a_run_without_end()
    {
        var world = new SimulatedWorld(new SimulationOptions(1) { TimeLimit = 5 * Second });
        void Again() => world.After(Second, Again);
        Again();
        var failure = Assert.Throws<InvalidOperationException>(() => world.RunUntil(new TaskCompletionSource().Task));
        Assert.Contains("limit of 5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_code_that_goes_on_on_another_thread()
    {
        var world = new SimulatedWorld(1);
        var leaked = new TaskCompletionSource();
        world.After(0, () =>
        {
            var touch = Task.Run(() => world.After(1, leaked.SetResult));
            ((IAsyncResult)touch).AsyncWaitHandle.WaitOne();
        });
        world.After(1, () => { });
        var failure = Assert.Throws<InvalidOperationException>(() => world.RunUntil(leaked.Task));
        Assert.Contains("another thread", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_a_run_inside_a_run()
    {
        var world = new SimulatedWorld(1);
        Assert.Throws<InvalidOperationException>(() => world.Run(async () =>
        {
            await world.Delay(1);
            world.RunUntil(Task.CompletedTask);
        }));
    }

    [Fact]
    public void What_the_code_throws_comes_out()
    {
        var world = new SimulatedWorld(1);
        Assert.Throws<InvalidDataException>(() => world.Run(async () =>
        {
            await world.Delay(1);
            throw new InvalidDataException();
        }));
        Assert.Throws<FormatException>(() =>
        {
            world.After(1, () => throw new FormatException());
            world.Run(() => world.Delay(10));
        });
    }

    [Fact]
    public void Continuations_run_inside_the_event_that_completes_them()
    {
        var world = new SimulatedWorld(1);
        var done = new TaskCompletionSource();
        var seen = new List<string>();
        world.Run(async () =>
        {
            world.After(5, () =>
            {
                seen.Add("before");
                done.SetResult();
                seen.Add("after");
            });
            await done.Task.ConfigureAwait(false);
            seen.Add("inside");
        });
        Assert.Equal(["before", "inside", "after"], seen);
    }

    [Fact]
    public void A_network_that_is_bad_by_nature_loses_doubles_and_reorders()
    {
        var network = new NetworkProfile { Loss = 0.1, Duplication = 0.1, Reordering = 0.1 };
        TestRun.Play(new SimulatedWorld(new SimulationOptions(1) { Network = network }), async run =>
        {
            var client = await run.OpenAsync(0);
            for (var i = 0; i < 1000; i++)
            {
                client.Send(0, new Ping(i));
                await run.World.Delay(50_000);
            }

            await run.World.Delay(Second);
            var ids = client.Of<Pong>().Select(static pong => pong.Id).ToList();
            Assert.InRange(ids.Distinct().Count(), 750, 870); // 0.9² of them
            Assert.InRange(ids.Count, ids.Distinct().Count() + 100, ids.Distinct().Count() + 250);
            Assert.NotEqual(ids.Order(), ids);
        });
    }

    [Fact]
    public void Latencies_keep_to_their_distributions()
    {
        var random = new Checker.Targets.SeededRandom(1);
        long[] Draw(Latency latency) => [.. Enumerable.Range(0, 20_000).Select(_ => latency.Sample(random))];
        Assert.All(Draw(Latency.Constant(7)), static sample => Assert.Equal(7, sample));
        var uniform = Draw(Latency.Uniform(3, 5));
        Assert.Equal((3, 5), (uniform.Min(), uniform.Max()));
        Assert.InRange(uniform.Average(), 3.9, 4.1);
        var exponential = Draw(Latency.Exponential(1000, 500));
        Assert.True(exponential.Min() >= 1000);
        Assert.InRange(exponential.Average(), 1480, 1520);
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Uniform(5, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Constant(-1));
    }
}
