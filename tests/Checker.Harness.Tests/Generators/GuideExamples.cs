using Checker.Harness.Generators;
using Checker.Histories;
using Xunit;

namespace Checker.Harness.Tests.Generators;

/// <summary>The examples of docs/GENERATORS.md, word for word.</summary>
public sealed class GuideExamples
{
    [Fact]
    public void Reads_and_writes_under_partitions()
    {
        var run = GeneratorSimulator.Run(Example(), SimulatedClients.Imperfect, concurrency: 10, maxOperations: 100_000);
        Assert.Equal(SimulationEnd.Exhausted, run.End);
        Assert.InRange(run.Operations.Count, 14_300, 15_700);
        Assert.InRange(run.Count("read") / (double)run.Count("write"), 2.8, 3.2);
        Assert.Equal(
            [5_000_000_000, 10_000_000_000, 15_000_000_000, 20_000_000_000, 25_000_000_000],
            run.Operations.Where(o => o.IsNemesis).Select(o => o.Time / 1_000_000 * 1_000_000));

        static IGenerator Example()
        {
            var keys = KeySkew.Zipf(100, exponent: 0.99);
            var reads = Gen.Operations(context => new("read", Key: keys.Pick(context.Random)));
            var writes = Gen.UniqueWrites(keys);
            var partitions = Gen.Concat(
                Gen.Sleep(TimeSpan.FromSeconds(5)), Gen.Operation("start-partition"),
                Gen.Sleep(TimeSpan.FromSeconds(5)), Gen.Operation("stop-partition")).Cycle();

            return Gen.Mix((3, reads), (1, writes)).Rate(500).WithNemesis(partitions).TimeLimit(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void Many_short_histories()
    {
        var run = GeneratorSimulator.Run(Example(), SimulatedClients.Imperfect, concurrency: 10, maxOperations: 100_000);
        Assert.Equal(50 * 200, run.Operations.Count);
        Assert.All(run.Operations, o => Assert.Equal(o.Thread % 5 < 2, o.F == "write"));

        static IGenerator Example()
        {
            var read = Gen.Operation("read").Repeat();
            var write = Gen.Counted(i => new("write", i));
            return Gen.Independent(
                KeySequence.Numbers(50), threadsPerKey: 5, _ => Gen.Reserve([(2, write)], rest: read).Limit(200));
        }
    }

    [Fact]
    public void Fill_work_and_drain()
    {
        var run = GeneratorSimulator.Run(Example(), SimulatedClients.Imperfect, concurrency: 4, seed: 2);
        Assert.Equal(SimulationEnd.Exhausted, run.End);
        Assert.Equal(60, run.Count("enqueue"));
        Assert.Equal([0, 1, 2, 3], run.Operations.Skip(110).Select(o => o.Thread).Distinct().Order());
        Assert.Equal(4, run.Events.Skip(220).Count(e => e.Type == EventType.Ok));

        static IGenerator Example()
        {
            var enqueue = Gen.Counted(i => new("enqueue", i));
            var dequeue = Gen.Operation("dequeue").Repeat();
            return Gen.Phases(
                enqueue.Limit(10),
                Gen.FlipFlop(dequeue, enqueue).Stagger(TimeSpan.FromMilliseconds(2)).Limit(100),
                dequeue.UntilOk().EachThread()).Clients();
        }
    }
}
