using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.KAtomicity;
using Checker.Checkers.Lattice;
using Checker.Checkers.Staleness;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Seconds, and seconds of processor time, for the models that keep real time and for the measures of staleness, on overlapping
/// operations, linearizable and with one stale read in ten: <c>real-time [OPERATIONS [PROCESSES [KEYS]]]</c>.
/// </summary>
internal static class RealTimeSpeed
{
    public static int Run(string[] args)
    {
        var operations = Argument(0, 100_000);
        var processes = Argument(1, 20);
        var keys = Argument(2, 100);
        foreach (var share in (double[])[0, 0.1])
        {
            var history = OverlappingOperations.Generate(operations, processes, keys, share, seed: 1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{operations} operations, {processes} processes, {keys} keys, {share:P0} of the reads stale"));
            foreach (var name in (string[])[ModelNames.Regular, ModelNames.Safe, ModelNames.RealTimeCausal, ModelNames.CausalConvergence, ModelNames.TwoAtomic])
            {
                var model = Checkers.Catalogue.Models.Find(name)!;
                Time(name, () => model.Check(history, DataTypes.Kv, CheckOptions.Default) is var verdict ? $"{verdict.Kind}" : "");
                Time($"{name}, no certificate", () => $"{model.Check(history, DataTypes.Kv, CheckOptions.Default with { Certify = false }).Kind}");
            }

            Time("staleness", () => Text(ReadStaleness.Measure(history, DataTypes.Kv, CheckOptions.Default)));
            Time("smallest k", () => SmallestK.Of(history, DataTypes.Kv, CheckOptions.Default) is var k ? $"{k.Lower} to {k.Upper}" : "");
        }

        return 0;

        int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
    }

    private static string Text(ReadStaleness measured) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measured.Summary.StaleShare:P1} stale, at most {measured.Summary.Versions.Max} versions and " +
        $"{measured.Summary.Nanoseconds?.Max} ns, Δ {measured.Delta} ns");

    private static void Time(string name, Func<string> work)
    {
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var result = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36} {watch.Elapsed.TotalSeconds,8:0.000} s " +
            $"{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,8:0.000} s CPU  {result}"));
    }
}
