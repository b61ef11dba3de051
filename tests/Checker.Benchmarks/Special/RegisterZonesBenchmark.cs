using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;

namespace Checker.Benchmarks.Special;

/// <summary>
/// Times registers with unique values, first the partition by key and the algorithm alone, then the whole check through its entry on one
/// and two cores, without and with certificates: <c>special-register [operations…]</c>, 1,000,000 by default. Milliseconds of the wall
/// clock, medians. The bytes are those of the first check with certificate: all that it allocates, and by how much the process's memory grew at its peak.
/// </summary>
internal static class RegisterZonesBenchmark
{
    private const int Repeats = 7;

    public static int Run(string[] args)
    {
        var sizes = args.Length == 0 ? [1_000_000] : args.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine($"{"",-62}{"",-9}{"",9}{"",9}  {"check",9}{"",9}{"",6}  {"certify",9}");
        Console.WriteLine(
            $"{"history",-62}{"verdict",-9}{"split",9}{"zones",9}  {"1 core",9}{"2 cores",9}{"ratio",6}  " +
            $"{"1 core",9}{"2 cores",9}{"ratio",6}{"B/op",6}{"peak",6}");
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
        var plain = new CheckOptions { Certify = false };
        var (peak, allocated, verdict) = PeakMemory.Of(() => Check(history, new CheckOptions { Parallelism = 2 }));
        var split = Median(() => KeyPartition.Of(history, DataTypes.CasRegister, default, plain));
        var partition = KeyPartition.Of(history, DataTypes.CasRegister, default, plain);
        var zones = Median(() => All(partition, algorithm, plain));
        var one = Median(() => Check(history, plain));
        var two = Median(() => Check(history, plain with { Parallelism = 2 }));
        var certifyOne = Median(() => Check(history, new CheckOptions()));
        var certifyTwo = Median(() => Check(history, new CheckOptions { Parallelism = 2 }));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape,-62}{verdict.Kind,-9}{split,9:0.0}{zones,9:0.0}  {one,9:0.0}{two,9:0.0}{one / two,6:0.00}  " +
                $"{certifyOne,9:0.0}{certifyTwo,9:0.0}{certifyOne / certifyTwo,6:0.00}" +
                $"{(double)allocated / history.Count,6:0}{(double)peak / history.Count,6:0}"));
    }

    private static Verdict Check(History history, CheckOptions options) =>
        Checkers.Linearizability.Linearizability.Check(history, DataTypes.CasRegister, options);

    private static void All(KeyPartition partition, RegisterZones algorithm, CheckOptions options)
    {
        for (var key = 0; key < partition.Count; key++) algorithm.TryDecide(partition[key], options);
    }

    private static double Median(Action action)
    {
        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Repeats / 2];
    }
}
