using System.Diagnostics;
using System.Globalization;
using Checker.Benchmarks.Peers;
using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;

namespace Checker.Benchmarks.Linearizability;

/// <summary>
/// Times the check of linearizability, loading apart, on the rungs of a ladder or on a corpus with a manifest:
/// <c>linearizability [--ops N,N…] [--processes N,N…] [--keys N,N…] [--values N,N…] [--unknown X,X…] [--stale X,X…] [--cores N] [--repeat N] [--corpus
/// MANIFEST] [--peer BINARY]</c>.
/// </summary>
/// <remarks>
/// A <see cref="Peer"/> is given <c>-init JSON</c>, perhaps <c>-observe</c> (failed compare-and-sets are observations), and a history file.
/// Ratios are the peer's seconds by ours, medians of as many runs. Ours follow a warm-up of 1 s, for the peers are compiled ahead of time; what the first
/// check of each kind takes stands beside. Our bytes are those of <see cref="PeakHeap"/>, the history itself apart;
/// a peer's are its whole process.
/// </remarks>
internal static class LinearizabilityLadder
{
    private const int WarmUp = 1_000; // milliseconds

    public static int Run(string[] args)
    {
        var repeat = (int)LadderArguments.Numbers(args, "--repeat", "3")[0];
        var cores = (int)LadderArguments.Numbers(args, "--cores", "1")[0];
        var peer = LadderArguments.Text(args, "--peer") is { } binary ? Peer.Parse(binary) : null;
        Console.WriteLine($"{"history",-64}{"verdict",-9}{"first ms",10}{"ms",10}{"peak B/op",11}  {peer?.Name,-9}{"ms",11}{"ratio",9}{"B/op",9}  algorithm");
        if (LadderArguments.Text(args, "--corpus") is { } manifest)
        {
            Corpus(manifest, new CheckOptions { Parallelism = cores }, repeat, peer);
            return 0;
        }

        foreach (var rung in LadderArguments.Rungs(args)) Rung(rung, new CheckOptions { Parallelism = cores, Certify = false }, repeat, peer);
        return 0;
    }

    private static void Rung(LadderHistory rung, CheckOptions options, int repeat, Peer? peer)
    {
        var history = rung.Build();
        var ours = Ours(history, DataTypes.CasRegister, options, repeat);
        if (peer is null)
        {
            Print(rung.Name, history.Count, ours, null);
            return;
        }

        var file = Path.Combine(Path.GetTempPath(), $"checker-ladder-{Environment.ProcessId}.jsonl");
        using (var stream = File.Create(file)) HistoryWriter.Write(history, stream);
        Print(rung.Name, history.Count, ours, Ask(peer, file, options, repeat));
        File.Delete(file);
    }

    private static void Corpus(string path, CheckOptions options, int repeat, Peer? peer)
    {
        var (ourTotal, peerTotal, wrong) = (0.0, 0.0, 0);
        foreach (var entry in CorpusManifest.Read(path).Entries)
        {
            var file = Path.Combine(Path.GetDirectoryName(path)!, entry.File);
            var history = HistoryFile.Read(file, new HistoryReadOptions { Type = entry.Type }).History;
            var reading = options with { Initial = entry.Initial, ObserveFailedCas = entry.ObserveFailedCas };
            var ours = Ours(history, entry.Type, reading, repeat);
            var theirs = peer is null ? null : Ask(peer, file, reading, repeat);
            if (ours.Verdict.Kind.ToString() != entry.Expected.ToString()) wrong++;
            ourTotal += ours.Milliseconds;
            peerTotal += theirs?.Milliseconds ?? 0;
            Print(entry.File, history.Count, ours, theirs);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"total {ourTotal:0.0} ms, peer {peerTotal:0.0} ms, {wrong} verdicts other than the manifest's"));
    }

    // The first run shows the memory, and what code costs that is not compiled yet.
    private static OurAnswer Ours(History history, DataType type, CheckOptions options, int repeat)
    {
        var model = new LinearizableModel();
        Verdict verdict = null!;
        var first = 0.0;
        var warm = Stopwatch.StartNew();
        var peak = PeakHeap.During(() => verdict = Timed(out first));
        while (warm.ElapsedMilliseconds < WarmUp) Timed(out _);
        var times = new List<double>();
        for (var i = 0; i < repeat; i++)
        {
            verdict = Timed(out var milliseconds);
            times.Add(milliseconds);
        }

        return new(verdict, first, Peer.Median(times), peak);

        Verdict Timed(out double milliseconds)
        {
            var watch = Stopwatch.StartNew();
            var answer = model.Check(history, type, options);
            milliseconds = watch.Elapsed.TotalMilliseconds;
            return answer;
        }
    }

    private static PeerAnswer Ask(Peer peer, string file, CheckOptions options, int repeat) =>
        peer.Run(repeat, ["-init", options.Initial.ToString(), .. options.ObserveFailedCas ? (string[])["-observe"] : [], file]);

    private static void Print(string name, int operations, OurAnswer ours, PeerAnswer? peer) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-64}{ours.Verdict.Kind,-9}{ours.First,10:0.00}{ours.Milliseconds,10:0.00}{ours.PeakBytes / Math.Max(1.0, operations),11:0}  " +
                $"{peer?.Columns(ours.Milliseconds, operations) ?? new string(' ', 38)}  {ours.Verdict.Algorithm} {ours.Verdict.Reason}"));

    private sealed record OurAnswer(Verdict Verdict, double First, double Milliseconds, long PeakBytes);
}
