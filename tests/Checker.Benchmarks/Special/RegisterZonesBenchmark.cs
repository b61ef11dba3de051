using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;

namespace Checker.Benchmarks.Special;

/// <summary>Times the register algorithm alone, then with the partition by key: <c>special-register [operations…]</c>, 1,000,000 by default.</summary>
internal static class RegisterZonesBenchmark
{
    private const int Repeats = 7;

    public static int Run(string[] args)
    {
        var sizes = args.Length == 0 ? [1_000_000] : args.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine($"{"history",-101}{"verdict",-9}{"partition",10}{"zones",9}{"certify",9}{"speedup",9}{"ns/op",7}{"B/op",7}");
        foreach (var size in sizes)
        {
            foreach (var processes in (int[])[5, 20, 100]) Measure(new(size, processes));
            Measure(new(size, 20, Unknown: 0.05));
            Measure(new(size, 20, Stale: true));
            Measure(new(size, 20, Strings: true));
            foreach (var keys in (int[])[100, 10_000]) Measure(new(size, 20, keys));
        }

        return 0;
    }

    private static void Measure(RegisterHistories shape)
    {
        var history = shape.Build();
        var algorithm = new RegisterZones();
        KeyPartition Partition(CheckOptions options) => KeyPartition.Of(history, DataTypes.CasRegister, default, options);
        var plain = new CheckOptions { Certify = false };
        var partition = Partition(plain);
        var outcome = SpecialOutcome.NotApplicable;
        var split = Best(() => Partition(plain));
        var zones = Best(() => outcome = All(partition, algorithm, plain, 1));
        var certify = Best(() => All(partition, algorithm, new CheckOptions(), 1));
        var one = BestWall(() => All(partition, algorithm, plain, 1));
        var two = BestWall(() => All(partition, algorithm, plain, 2));
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(true);
        All(partition, algorithm, plain, 1);
        var bytes = (double)(GC.GetTotalAllocatedBytes(true) - before) / history.Count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.ToString()["RegisterHistories ".Length..],-100} {outcome,-9}{split,8:0.0} {zones,8:0.0} {certify,8:0.0} {one / two,8:0.00} {zones * 1e6 / history.Count,6:0.0} {bytes,6:0.0}"));
    }

    private static SpecialOutcome All(KeyPartition partition, RegisterZones algorithm, CheckOptions options, int cores)
    {
        var worst = SpecialOutcome.Valid;
        if (cores == 1)
        {
            for (var key = 0; key < partition.Count; key++)
            {
                var outcome = algorithm.TryDecide(partition[key], options).Outcome;
                if (outcome != SpecialOutcome.Valid) worst = outcome;
            }
        }
        else
        {
            Parallel.For(0, partition.Count, new ParallelOptions { MaxDegreeOfParallelism = cores }, key => algorithm.TryDecide(partition[key], options));
        }

        return worst;
    }

    // Milliseconds of processor time, the least of several runs: on a shared machine the wall clock says little.
    private static double Best(Action action)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Repeats; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            action();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        return best;
    }

    // Milliseconds of the wall clock: what several cores save.
    private static double BestWall(Action action)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
