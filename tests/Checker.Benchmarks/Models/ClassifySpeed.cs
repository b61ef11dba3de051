using System.Diagnostics;
using System.Globalization;
using Checker.Benchmarks.Linearizability;
using Checker.Benchmarks.Peers;
using Checker.Benchmarks.Types;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Wall seconds, processor seconds and peak heap to place one history among all models: <c>classify [--ops N,…] [--processes N,…] [--keys N,…]
/// [--values N,…] [--stale S,…] [--unknown U,…] [--stores STORE,…] [--types TYPE,…] [--spoiled yes|no] [--models]</c>. Registers of so many values (0: a new
/// one each time) in the stores <c>linearizable</c>, with a stale read at the given share of the history and a share of unknown outcomes, <c>lagging</c>
/// (sequential) and <c>causal</c>. Every other data type: linearizable, and with two answers exchanged. <c>--models</c>: the seconds of each model that was
/// judged.
/// </summary>
internal static class ClassifySpeed
{
    public static int Run(string[] args)
    {
        var types = Text("--types", "register,all").Split(',');
        var perModel = args.Contains("--models");
        Console.WriteLine($"{"history",-62}{"wall s",8}{"CPU s",8}{"MB",7}  strongest satisfied; weakest violated; undecided");
        foreach (var operations in Numbers("--ops", "100000"))
        {
            foreach (var processes in Numbers("--processes", "5,20,100"))
            {
                if (types.Contains("register")) Registers(operations, processes);
                if (types.All(static type => type == "register")) continue;
                foreach (var kind in TypedKind.All.Where(kind => types.Contains("all") || types.Contains(kind.Type.Name)))
                {
                    foreach (var spoiled in Text("--spoiled", "no,yes").Split(','))
                    {
                        var typed = new TypedHistory(kind, operations, processes, Unknown: 0, spoiled == "yes");
                        Measure($"{kind.Name}, {operations} × {processes}{(typed.Spoiled ? ", spoiled" : "")}", typed.Build(), kind.Type, perModel);
                    }
                }
            }
        }

        return 0;

        void Registers(int operations, int processes)
        {
            foreach (var keys in Numbers("--keys", "1,1000"))
            {
                foreach (var values in Numbers("--values", "0,5"))
                {
                    var name = $"{operations} × {processes}, {keys} keys, {(values == 0 ? "unique" : $"{values} values")}";
                    var stores = Text("--stores", "linearizable").Split(',');
                    if (stores.Contains("linearizable")) Linearizable(name, operations, processes, keys, values);
                    if (stores.Contains("lagging"))
                    {
                        Measure($"{name}, lagging", LaggingReplicas.Generate(operations, processes, keys, 200, seed: 1, values: values), DataTypes.Kv, perModel);
                    }

                    if (stores.Contains("causal"))
                    {
                        Measure($"{name}, causal", CausalReplicas.Generate(operations, processes, keys, seed: 1, values: values), DataTypes.Kv, perModel);
                    }
                }
            }
        }

        void Linearizable(string name, int operations, int processes, int keys, int values)
        {
            foreach (var unknown in Shares("--unknown", "0"))
            {
                foreach (var stale in Shares("--stale", "0,0.95"))
                {
                    var history = new LadderHistory(operations, processes, keys, values, unknown, stale).Build();
                    Measure($"{name}{(unknown > 0 ? $", {unknown:0.##} unknown" : "")}{(stale > 0 ? ", stale read" : "")}", history, DataTypes.CasRegister, perModel);
                }
            }
        }

        IEnumerable<double> Shares(string name, string otherwise) =>
            Text(name, otherwise).Split(',').Select(static share => double.Parse(share, CultureInfo.InvariantCulture));
        string Text(string name, string otherwise) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
        int[] Numbers(string name, string otherwise) => [.. Text(name, otherwise).Split(',').Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
    }

    private static void Measure(string name, History history, DataType type, bool perModel)
    {
        var options = CheckOptions.Default with { Parallelism = Environment.ProcessorCount, Certify = false };
        IReadOnlyList<IConsistencyModel> models = perModel
            ? [.. Checkers.Catalogue.Models.All.Select(model => new TimedModel(model, line => Console.WriteLine($"    {line}")))] : Checkers.Catalogue.Models.All;
        Classification placed = null!;
        var (cpu, wall) = (TimeSpan.Zero, 0.0);
        var peak = PeakHeap.During(() =>
        {
            var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            placed = Classification.Of(models, history, type, options);
            (cpu, wall) = (Environment.CpuUsage.TotalTime - before, watch.Elapsed.TotalSeconds);
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-62}{wall,8:0.00}{cpu.TotalSeconds,8:0.00}{peak / 1e6,7:0}  {Names(placed.StrongestSatisfied)}; {Names(placed.WeakestViolated)}; {Names(placed.Undecided)}"));
    }

    private static string Names(IReadOnlyList<Placement> placements) => placements.Count == 0 ? "–" : string.Join(", ", placements.Select(static p => p.Model));

    private sealed class TimedModel(IConsistencyModel model, Action<string> tell) : IConsistencyModel
    {
        public string Name => model.Name;

        public string Summary => model.Summary;

        public bool Supports(DataType type) => model.Supports(type);

        public Verdict Check(History history, DataType type, CheckOptions options)
        {
            var watch = Stopwatch.StartNew();
            var verdict = model.Check(history, type, options);
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name,-22}{watch.Elapsed.TotalSeconds,8:0.00} s {GC.GetTotalMemory(false) / 1_000_000,6} MB  {verdict.Kind} {verdict.Algorithm} {verdict.Reason}"));
            return verdict;
        }
    }
}
