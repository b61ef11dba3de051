using System.Diagnostics;
using System.Globalization;
using Checker.Benchmarks.Peers;
using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Histories;
using Checker.Histories.Formats;

namespace Checker.Benchmarks.Types;

/// <summary>
/// Times the check of linearizability of the data types beyond registers, valid and with one violation near the end, loading apart:
/// <c>data-types [--types NAME,…] [--ops N,…] [--processes N,…] [--unknown SHARE,…] [--values N,…] [--cores N] [--repeat N] [--peer NAME=BINARY]…</c>.
/// </summary>
/// <remarks>
/// A <see cref="Peer"/> is given <c>-type TYPE FILE</c>. Ratios are its seconds by ours, medians of as many runs. Our bytes are those of
/// <see cref="PeakHeap"/>, a peer's are its whole process. Exits with 1 if a verdict of ours is not the expected one; of spoiled queues and stacks of few
/// values any is.
/// </remarks>
internal static class TypeSpeed
{
    public static int Run(string[] args)
    {
        var peers = Peer.All(args);
        var repeat = Numbers("--repeat", "3")[0];
        var options = new CheckOptions { Parallelism = Numbers("--cores", "1")[0], Certify = false };
        var names = Text("--types")?.Split(',');
        var wrong = 0;
        Console.WriteLine($"{"history",-68}{"verdict",-9}{"ms",11}{"peak B/op",11}  " +
            $"{string.Concat(peers.Select(p => $"{p.Name,-9}{"ms",11}{"ratio",9}{"B/op",9}  "))}algorithm");
        foreach (var type in TypedKind.All.Where(t => names is null || names.Contains(t.Type.Name)))
        {
            foreach (var operations in Numbers("--ops", "10000,100000,1000000"))
            {
                foreach (var processes in Numbers("--processes", "20"))
                {
                    foreach (var unknown in Shares("--unknown", "0"))
                    {
                        foreach (var values in type.Type == DataTypes.Queue || type.Type == DataTypes.Stack ? Numbers("--values", "0") : [0])
                        {
                            foreach (var spoiled in (bool[])[false, true]) wrong += Judge(new(type, operations, processes, unknown, spoiled, values), options, repeat, peers);
                        }
                    }
                }
            }
        }

        if (wrong > 0) Console.WriteLine($"{wrong} verdicts other than expected");
        return wrong > 0 ? 1 : 0;

        string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        double[] Shares(string name, string otherwise) => [.. (Text(name) ?? otherwise).Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        int[] Numbers(string name, string otherwise) => [.. (Text(name) ?? otherwise).Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
    }

    private static int Judge(TypedHistory typed, CheckOptions options, int repeat, IReadOnlyList<Peer> peers)
    {
        var history = typed.Build();
        var model = new LinearizableModel();
        Verdict verdict = null!;
        var peak = PeakHeap.During(() => verdict = model.Check(history, typed.Type, options));
        var times = new List<double>();
        for (var i = 0; i < repeat; i++)
        {
            var watch = Stopwatch.StartNew();
            verdict = model.Check(history, typed.Type, options);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var ours = Peer.Median(times);
        var unknown = typed.Unknown > 0 ? string.Create(CultureInfo.InvariantCulture, $", {typed.Unknown:P0} info") : "";
        var values = typed.Values > 0 ? $", {typed.Values} values" : "";
        Console.Write(string.Create(CultureInfo.InvariantCulture,
            $"{$"{typed.Kind.Name}, {typed.Operations:N0} ops, {typed.Processes} processes{values}{unknown}{(typed.Spoiled ? ", spoiled" : "")}",-68}" +
                $"{verdict.Kind,-9}{ours,11:0.00}{(double)peak / typed.Operations,11:0}  "));
        if (peers.Count > 0)
        {
            var file = Path.Combine(Path.GetTempPath(), $"checker-types-{Environment.ProcessId}.jsonl");
            using (var stream = File.Create(file)) HistoryWriter.Write(history, stream);
            foreach (var peer in peers) Console.Write(peer.Run(repeat, "-type", typed.Type.Name, file).Columns(ours, typed.Operations) + "  ");
            File.Delete(file);
        }

        Console.WriteLine($"{verdict.Algorithm} {verdict.Reason}");

        // Answers of few values that were exchanged may be right all the same.
        if (typed.Spoiled && typed.Values > 0) return 0;
        return verdict.Kind == (typed.Spoiled ? VerdictKind.Invalid : VerdictKind.Valid) ? 0 : 1;
    }
}
