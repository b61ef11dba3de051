using System.Diagnostics;
using System.Globalization;
using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Targets;

namespace Checker.Benchmarks.Generators;

/// <summary>Operations per second of composed generators on one core, their invocations and completions observed. Argument: operations (default
/// 1,000,000).</summary>
internal static class GeneratorSpeed
{
    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        Console.WriteLine($"{"generator",-12} {"threads",7} {"M ops per CPU s",16} {"questions/op",13} {"bytes/op",9}");
        foreach (var (name, make) in new (string, Func<IGenerator>)[] { ("typical", Typical), ("independent", Independent), ("each-thread", EachThread) })
        {
            foreach (var threads in new[] { 10, 62, 1000 })
            {
                _ = Measure(make(), threads, count / 10); // warms up
                var (seconds, questions, bytes) = Measure(make(), threads, count);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-12} {threads,7} {count / seconds / 1e6,16:0.00} {(double)questions / count,13:0.00} {bytes / count,9}"));
            }
        }

        return 0;
    }

    private static IGenerator Reads()
    {
        var skew = KeySkew.Zipf(1000, 0.99);
        return Gen.Operations(context => new("read", Key: skew.Pick(context.Random)));
    }

    private static IGenerator Typical() => Gen.Mix((3, Reads()), (1, Gen.UniqueWrites(KeySkew.Zipf(1000, 0.99))))
        .Stagger(TimeSpan.FromTicks(1))
        .TimeLimit(TimeSpan.FromDays(1))
        .WithNemesis(Gen.Concat(
            Gen.Sleep(TimeSpan.FromMilliseconds(5)), Gen.Operation("start"), Gen.Sleep(TimeSpan.FromMilliseconds(5)), Gen.Operation("stop")).Cycle());

    private static IGenerator Independent() => Gen
        .Independent(KeySequence.Numbers(), 2, _ => Gen.Mix(Reads(), Gen.Counted(i => new("write", i))).Limit(100))
        .TimeLimit(TimeSpan.FromDays(1))
        .WithNemesis(Gen.Nothing);

    private static IGenerator EachThread() => Gen.Mix(Reads(), Gen.Counted(i => new("write", i))).EachThread().Clients();

    // Half of the threads are busy at any time; when the generator waits, the oldest operation ends or time goes on.
    private static (double Seconds, long Questions, long Bytes) Measure(IGenerator generator, int threads, int count)
    {
        var run = new GeneratorRun(generator, threads, new SeededRandom(1));
        var open = new Queue<HistoryEvent>();
        var (time, done, questions) = (0L, 0, 0L);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        while (done < count)
        {
            questions++;
            var step = run.Next(time);
            if (step.IsOperation)
            {
                var invoked = step.Operation.ToEvent(done++);
                run.Observe(invoked);
                open.Enqueue(invoked);
                if (open.Count > threads / 2) End(open.Dequeue());
            }
            else if (open.TryDequeue(out var oldest))
            {
                End(oldest);
                time += 50;
            }
            else
            {
                time = step.WakeTime;
            }
        }

        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        return (seconds, questions, GC.GetAllocatedBytesForCurrentThread() - before);

        void End(HistoryEvent e) => run.Observe(e with { Time = time, Type = e.IsNemesis ? EventType.Info : EventType.Ok });
    }
}
