using System.Globalization;
using Checker.Benchmarks.Types;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Seconds of processor time to judge replicated objects other than registers by each model without real time: <c>object-models [OPERATIONS
/// [PROCESSES [KEYS]]]</c>; with a primary, also by sessions that roam, and without one, and one linearizable object of every kind of
/// <see cref="TypedKind"/>, valid and spoiled near the end. Nothing is printed where a model is not defined for a type.
/// </summary>
internal static class ObjectModelSpeed
{
    private static readonly string[] Names =
    [
        ModelNames.Sequential, ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal, ModelNames.Pram,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.WritesFollowReads, ModelNames.MonotonicWrites,
    ];

    public static int Run(string[] args)
    {
        var only = Array.IndexOf(args, "--only") is var list and >= 0 ? args[list + 1].Split(',') : null;
        var steps = Array.IndexOf(args, "--steps") is var most and >= 0 ? long.Parse(args[most + 1], CultureInfo.InvariantCulture) : 10_000_000;
        var operations = Argument(0, 10_000);
        var processes = Argument(1, 10);
        var keys = Argument(2, Math.Max(1, operations / 200));
        Console.WriteLine($"{operations} operations, {processes} processes, {keys} keys; seconds of processor time, + valid, - invalid, ? unknown");
        Console.WriteLine($"{"",-42}{string.Concat(Names.Select(name => $"{name,-20}"))}");
        foreach (var type in ReplicatedObjects.Types.Where(type => only?.Contains(type.Name) ?? true))
        {
            foreach (var (primary, spoiled) in new[] { (true, false), (true, true), (false, false), (false, true) })
            {
                var history = ReplicatedObjects.Make(type, operations, processes, keys, primary, spoiled);
                Row($"{type} {(primary ? "primary" : "replicas")}{(spoiled ? " spoiled" : "")}", type, history);
            }

            Row($"{type} primary, roaming", type, ReplicatedObjects.Make(type, operations, processes, keys, primary: true, spoiled: false, roaming: true));
        }

        foreach (var kind in TypedKind.All.Where(kind => only?.Contains(kind.Type.Name) ?? true))
        {
            foreach (var spoiled in (bool[])[false, true])
            {
                Row($"{kind.Name} atomic{(spoiled ? " spoiled" : "")}", kind.Type, new TypedHistory(kind, operations, processes, 0, spoiled).Build());
            }
        }

        return 0;

        void Row(string title, DataType type, History history)
        {
            Console.Write($"{title,-42}");
            foreach (var name in Names)
            {
                var model = Checkers.Catalogue.Models.Find(name)!;
                if (!model.Supports(type))
                {
                    Console.Write($"{"",-20}");
                    continue;
                }

                var cpu = Environment.CpuUsage.TotalTime;
                var kind = model.Check(history, type, new CheckOptions { MaxSteps = steps }).Kind;
                var seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
                var sign = kind == VerdictKind.Valid ? '+' : kind == VerdictKind.Invalid ? '-' : '?';
                Console.Write($"{string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} {sign}"),-20}");
            }

            Console.WriteLine();
        }

        int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
    }
}
