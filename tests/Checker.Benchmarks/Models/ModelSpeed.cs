using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>Seconds, and seconds of processor time, that each consistency model and the classification take: <c>models [OPERATIONS
/// [PROCESSES [KEYS [LAG [REPEATS]]]]]</c>. REPEATS: the percentage of writes of values that may be written again. LAG −1: causal
/// replicas.</summary>
internal static class ModelSpeed
{
    public static int Run(string[] args)
    {
        var operations = Argument(0, 100_000);
        var processes = Argument(1, 20);
        var keys = Argument(2, 100);
        var lag = Argument(3, 200);
        var repeats = Argument(4, 0);
        var history = lag < 0
            ? CausalReplicas.Generate(operations, processes, keys, seed: 1, repeats)
            : LaggingReplicas.Generate(operations, processes, keys, lag, seed: 1, repeats);
        var options = CheckOptions.Default with { Parallelism = Environment.ProcessorCount };
        Console.WriteLine($"{operations} operations, {processes} processes, {keys} keys, " +
            (lag < 0 ? "causal replicas" : $"replicas up to {lag} writes behind") + $", {repeats} % of writes repeat values");
        foreach (var model in Checkers.Catalogue.Models.All.Where(m => m.Name != ModelNames.Linearizable))
        {
            var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var verdict = model.Check(history, DataTypes.Kv, options);
            Print(model.Name, watch, cpu, $"{verdict.Kind} ({verdict.Algorithm}, {verdict.Steps} steps)");
        }

        var (cpuBefore, whole) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var classified = Classification.Of(Checkers.Catalogue.Models.All, history, DataTypes.Kv, options);
        Print("classify", whole, cpuBefore, string.Join(", ", classified.StrongestSatisfied.Select(p => p.Model)));
        return 0;

        int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
    }

    private static void Print(string name, Stopwatch watch, TimeSpan cpu, string result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {watch.Elapsed.TotalSeconds,8:0.000} s " +
            $"{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,8:0.000} s CPU  {result}"));
}
