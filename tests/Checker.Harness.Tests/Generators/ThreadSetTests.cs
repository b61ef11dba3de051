using Checker.Harness.Generators;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Generators;

public sealed class ThreadSetTests
{
    // Against a sorted set, over sizes on both sides of each word.
    [Theory]
    [InlineData(10)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(130)]
    [InlineData(2000)]
    public void Agrees_with_a_sorted_set(int threads)
    {
        var random = new SeededRandom(threads);
        for (var round = 0; round < 50; round++)
        {
            var (a, expectedA) = Random(random, threads);
            var (b, expectedB) = Random(random, threads);
            AssertSame(expectedA, a);
            AssertSame(expectedA.Intersect(expectedB), a.Intersect(b));
            AssertSame(expectedA.Union(expectedB).Order(), a.Union(b));
            AssertSame(expectedA.Except(expectedB), a.Except(b));
            AssertSame(expectedA.Where(t => t >= 0), a.ClientsOnly);
            AssertSame(expectedA.Where(t => t < 0), a.NemesisOnly);
            AssertSame(expectedA.Where(t => t >= 0).Take(5), a.FirstClients(5));
            var from = random.Next(threads);
            Assert.Equal(expectedA.Where(t => t >= from).DefaultIfEmpty(GeneratorContext.NoThread).First(), a.NextFrom(from));
            Assert.Equal(expectedA.Contains(from), a.Contains(from));
            Assert.Equal(a, a.With(from).Without(from).Intersect(a).With(a.Contains(from) ? from : a.NextFrom(-1)));
            Assert.Equal(expectedA.SetEquals(expectedB), a == b);
        }
    }

    [Fact]
    public void A_range_of_clients_is_these_clients()
    {
        for (var first = 0; first < 140; first += 7)
        {
            for (var count = 0; count < 140; count += 9) AssertSame(Enumerable.Range(first, count), ThreadSet.Clients(first, count));
        }
    }

    [Fact]
    public void Sets_that_were_once_larger_are_equal() => Assert.Equal(ThreadSet.Of(3), ThreadSet.Of(3, 500).Without(500));

    [Fact]
    public void Reads_as_text() => Assert.Equal("{nemesis, 0, 70}", ThreadSet.Of(70, 0, -1).ToString());

    [Fact]
    public void A_context_follows_its_threads()
    {
        var start = GeneratorContext.Start(3, new SeededRandom(0));
        Assert.True(start.AllFree);
        Assert.Equal(0, start.NextFreeThread());
        var busy = start.Busy(0);
        Assert.Equal((false, 1, 0), (busy.IsFree(0), busy.NextFreeThread(), start.NextFreeThread()));
        Assert.Equal(GeneratorContext.Nemesis, start.Busy(0).Busy(1).Busy(2).NextFreeThread());
        Assert.Equal(GeneratorContext.NoThread, start.OnThread(1).Busy(1).NextFreeThread());
        Assert.Equal("{1, 2}", start.On(ThreadSet.Of(1, 2, 9)).Threads.ToString());
    }

    [Fact]
    public void A_retired_process_goes_on_as_another_on_its_thread()
    {
        var context = GeneratorContext.Start(3, new SeededRandom(0)).Retire(1).Retire(1).Retire(2).Retire(GeneratorContext.Nemesis);
        Assert.Equal((0, 7, 5, -1), (context.ProcessOf(0), context.ProcessOf(1), context.ProcessOf(2), context.ProcessOf(-1)));
        Assert.Equal((0, 1, 2, -1), (context.ThreadOf(0), context.ThreadOf(7), context.ThreadOf(5), context.ThreadOf(-1)));
    }

    [Fact]
    public void A_run_refuses_events_that_cannot_be()
    {
        var run = new GeneratorRun(Dry.Reads, 2, new SeededRandom(0));
        var invoke = run.Next(0).Operation.ToEvent(0);
        run.Observe(invoke);
        Assert.Throws<ArgumentException>(() => run.Observe(invoke));
        Assert.Throws<ArgumentException>(() => run.Observe(invoke with { Process = 1, Type = Histories.EventType.Ok }));
        run.Observe(invoke with { Type = Histories.EventType.Info });
        Assert.Throws<ArgumentException>(() => run.Observe(invoke));
    }

    private static (ThreadSet, SortedSet<int>) Random(SeededRandom random, int threads)
    {
        var set = ThreadSet.Empty;
        var expected = new SortedSet<int>();
        var count = random.Next(Math.Min(threads, 80));
        for (var i = 0; i <= count; i++)
        {
            var thread = random.Next(threads + 1) - 1;
            set = set.With(thread);
            expected.Add(thread);
        }

        return (set, expected);
    }

    private static void AssertSame(IEnumerable<int> expected, ThreadSet actual)
    {
        var threads = expected.ToArray();
        Assert.Equal(threads, actual.InOrder());
        Assert.Equal((threads.Length, threads.Length == 0, threads.Count(t => t >= 0)), (actual.Count, actual.IsEmpty, actual.ClientCount));
    }
}
