using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;

namespace Checker.Benchmarks.Special;

/// <summary>
/// Times the whole check of one large history of every data type that has a special algorithm: <c>special-types [operations [processes
/// [info [kind]]]]</c>, by default 1,000,000, 20 and 0. Milliseconds of the wall clock on one core, medians of three, without and with
/// certificate; bytes for each operation: what the check with certificate allocates in all, and by how much it raises the peak of the
/// process's memory.
/// </summary>
internal static class TypeSpeed
{
    private const int Repeats = 3;

    public static int Run(string[] args)
    {
        var operations = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var processes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        var unknown = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 0;
        Console.WriteLine($"{"kind",-28}{"verdict",-9}{"ms",9}{"certify",9}{"B/op",8}{"peak",8}  algorithm");
        foreach (var kind in args.Length > 3 ? [args[3]] : SimulatedObject.Kinds) Measure(kind, operations, processes, unknown);
        return 0;
    }

    private static void Measure(string kind, int operations, int processes, double unknown)
    {
        var history = new LargeHistory(kind, operations, processes, unknown, 1).Build();
        var (peak, allocated, verdict) = PeakMemory.Of(() => Check(CheckOptions.Default));
        var plain = Median(() => Check(CheckOptions.Default with { Certify = false }));
        var certified = Median(() => Check(CheckOptions.Default));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind,-28}{verdict.Kind,-9}{plain,9:0.0}{certified,9:0.0}{(double)allocated / operations,8:0}{(double)peak / operations,8:0}  " +
                $"{verdict.Algorithm} {verdict.Reason}"));

        Verdict Check(CheckOptions options) => Checkers.Linearizability.Linearizability.Check(history, history.Type!, options);
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
