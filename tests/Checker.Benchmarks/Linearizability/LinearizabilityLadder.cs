using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;

namespace Checker.Benchmarks.Linearizability;

/// <summary>
/// Times the check of linearizability, loading apart, on the rungs of a ladder or on a corpus with a manifest:
/// <c>linearizability [--ops N,N…] [--processes N,N…] [--keys N] [--values N,N…] [--unknown X,X…] [--cores N] [--repeat N] [--corpus
/// MANIFEST] [--peer BINARY]</c>.
/// </summary>
/// <remarks>
/// A peer is a program that is given <c>-init JSON</c>, perhaps <c>-observe</c> (failed compare-and-sets are observations), and a history
/// file, and that prints one line
/// <c>{"verdict":"valid|invalid|unknown","seconds":S}</c>, its own loading apart. Ratios are the peer's seconds by ours, medians of as
/// many runs.
/// </remarks>
internal static class LinearizabilityLadder
{
    public static int Run(string[] args)
    {
        var repeat = (int)Numbers(args, "--repeat", "3")[0];
        var cores = (int)Numbers(args, "--cores", "1")[0];
        var peer = Text(args, "--peer");
        Console.WriteLine($"{"history",-58}{"verdict",-9}{"ms",10}{"B/op",7}  {"peer",-9}{"ms",10}{"ratio",8}  algorithm");
        if (Text(args, "--corpus") is { } manifest)
        {
            Corpus(manifest, new CheckOptions { Parallelism = cores }, repeat, peer);
            return 0;
        }

        foreach (var operations in Numbers(args, "--ops", "1000,10000"))
        {
            foreach (var processes in Numbers(args, "--processes", "5,10,20"))
            {
                foreach (var values in Numbers(args, "--values", "0,5"))
                {
                    foreach (var unknown in Numbers(args, "--unknown", "0,0.01,0.05"))
                    {
                        foreach (var stale in (bool[])[false, true])
                        {
                            var rung = new LadderHistory((int)operations, (int)processes, (int)Numbers(args, "--keys", "1")[0],
                                (int)values, unknown, stale);
                            Rung(rung, new CheckOptions { Parallelism = cores, Certify = false }, repeat, peer);
                        }
                    }
                }
            }
        }

        return 0;
    }

    private static void Rung(LadderHistory rung, CheckOptions options, int repeat, string? peer)
    {
        var history = rung.Build();
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{rung.Operations} ops, {rung.Processes} processes, {rung.Keys} keys, {(rung.Values == 0 ? "unique" : rung.Values)}, {rung.Unknown:0.##}{(rung.Stale ? ", stale" : "")}");
        var ours = Ours(history, DataTypes.CasRegister, options, repeat);
        if (peer is null)
        {
            Print(name, ours, null);
            return;
        }

        var file = Path.Combine(Path.GetTempPath(), $"checker-ladder-{Environment.ProcessId}.jsonl");
        using (var stream = File.Create(file)) HistoryWriter.Write(history, stream);
        Print(name, ours, Peer(peer, file, options, repeat));
        File.Delete(file);
    }

    private static void Corpus(string path, CheckOptions options, int repeat, string? peer)
    {
        var (ourTotal, peerTotal, wrong) = (0.0, 0.0, 0);
        foreach (var entry in CorpusManifest.Read(path).Entries)
        {
            var file = Path.Combine(Path.GetDirectoryName(path)!, entry.File);
            var history = HistoryFile.Read(file, new HistoryReadOptions { Type = entry.Type }).History;
            var reading = options with { Initial = entry.Initial, ObserveFailedCas = entry.ObserveFailedCas };
            var ours = Ours(history, entry.Type, reading, repeat);
            var theirs = peer is null ? ((string, double)?)null : Peer(peer, file, reading, repeat);
            if (ours.Verdict.Kind.ToString() != entry.Expected.ToString()) wrong++;
            ourTotal += ours.Milliseconds;
            peerTotal += theirs?.Item2 ?? 0;
            Print(entry.File, ours, theirs);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"total {ourTotal:0.0} ms, peer {peerTotal:0.0} ms, {wrong} verdicts other than the manifest's"));
    }

    private static (Verdict Verdict, double Milliseconds, double BytesPerOperation) Ours(History history, DataType type,
        CheckOptions options, int repeat)
    {
        var model = new LinearizableModel();
        var verdict = model.Check(history, type, options);
        var times = new List<double>();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < repeat; i++)
        {
            var watch = Stopwatch.StartNew();
            verdict = model.Check(history, type, options);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return (verdict, Median(times), (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)repeat / Math.Max(1,
            history.Count));
    }

    private static (string Verdict, double Milliseconds) Peer(string peer, string file, CheckOptions options, int repeat)
    {
        var times = new List<double>();
        var verdict = "crashed";
        for (var i = 0; i < repeat; i++)
        {
            var start = new ProcessStartInfo(peer) { RedirectStandardOutput = true };
            start.ArgumentList.Add("-init");
            start.ArgumentList.Add(options.Initial.ToString());
            if (options.ObserveFailedCas) start.ArgumentList.Add("-observe");
            start.ArgumentList.Add(file);
            using var process = Process.Start(start)!;
            var line = process.StandardOutput.ReadLine();
            process.WaitForExit();
            if (line is null) return (verdict, double.NaN);
            using var answer = JsonDocument.Parse(line);
            verdict = answer.RootElement.GetProperty("verdict").GetString()!;
            times.Add(1000 * answer.RootElement.GetProperty("seconds").GetDouble());
            if (verdict == "unknown") break;
        }

        return (verdict, Median(times));
    }

    private static void Print(string name, (Verdict Verdict, double Milliseconds, double BytesPerOperation) ours, (string Verdict,
        double Milliseconds)? peer)
    {
        var compared = peer is { } p ? string.Create(CultureInfo.InvariantCulture,
            $"{p.Verdict,-9}{p.Milliseconds,10:0.00}{p.Milliseconds / ours.Milliseconds,8:0.0}") : new string(' ', 27);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-58}{ours.Verdict.Kind,-9}{ours.Milliseconds,10:0.00}{ours.BytesPerOperation,7:0}  {compared}  {ours.Verdict.Algorithm} {ours.Verdict.Reason}"));
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static string? Text(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private static double[] Numbers(string[] args, string name, string otherwise) =>
        [.. (Text(args, name) ?? otherwise).Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
