using Checker.Harness.Worlds;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class EventQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Plays_by_time_and_then_by_order_of_scheduling_whatever_is_called_off(long seed)
    {
        var random = new SeededRandom(seed);
        var queue = new EventQueue();
        var expected = new SortedDictionary<(long Time, int Number), LoopTimer>();
        var played = -1;
        var now = 0L;
        for (var number = 0; number < 50_000; number++)
        {
            var time = now + random.Next(50);
            var mine = number;
            var timer = new LoopTimer(queue, () => played = mine);
            queue.Push(time, timer);
            expected.Add((time, number), timer);
            if (random.Chance(0.6))
            {
                var (key, victim) = expected.ElementAt(random.Next(Math.Min(expected.Count, 20)));
                victim.Cancel();
                victim.Cancel();
                Assert.False(victim.IsPending);
                expected.Remove(key);
            }

            if (expected.Count == 0 || random.Chance(0.6)) continue;
            var next = expected.First();
            Assert.True(queue.TryPop(long.MaxValue, out now, out var item));
            ((LoopItem)item.Payload).Run();
            Assert.Equal(next.Key, (now, played));
            expected.Remove(next.Key);
        }
    }

    [Fact]
    public void Leaves_what_is_not_due_even_behind_something_called_off()
    {
        var queue = new EventQueue();
        var early = new LoopTimer(queue, () => { });
        queue.Push(10, early);
        queue.Push(1000, new LoopTimer(queue, () => { }));
        early.Cancel();
        Assert.False(queue.TryPop(100, out _, out _));
        Assert.True(queue.TryPop(1000, out var time, out _));
        Assert.Equal(1000, time);
        Assert.Equal(long.MaxValue, queue.NextTime);
    }

    [Fact]
    public void Forgets_what_was_called_off()
    {
        var queue = new EventQueue();
        for (var i = 0; i < 100_000; i++)
        {
            var timer = new LoopTimer(queue, () => { });
            queue.Push(1_000_000 + i, timer);
            timer.Cancel();
        }

        Assert.InRange(queue.Count, 0, 200);
    }
}
