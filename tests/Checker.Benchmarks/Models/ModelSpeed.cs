using System.Diagnostics;
using System.Globalization;
using Checker.Benchmarks.Peers;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Seconds, seconds of processor time, and bytes of heap at the peak, that each consistency model and the classification take: <c>models [OPERATIONS
/// [PROCESSES [KEYS [LAG [REPEATS]]]]] [--replicas N] [--only MODEL,…] [--repeat N] [--peer NAME=BINARY]…</c>. REPEATS: the percentage of writes of
/// values that may be written again. LAG −1: causal replicas, as many as processes or N that they share. <c>models --agree N --peer NAME=BINARY</c>:
/// the verdicts on N small histories of both kinds instead; exits with 1 if one differs.
/// </summary>
/// <remarks>
/// A <see cref="Peer"/> is given <c>causal FILE</c>, a file of <see cref="PlumeText"/>. Transactional causal consistency has one commit order for
/// all, so that with transactions of one operation it is our <c>causal-convergence</c>: its seconds by those, medians, are the ratio.
/// </remarks>
internal static class ModelSpeed
{
    public static int Run(string[] args)
    {
        if (Array.IndexOf(args, "--agree") is var agree and >= 0) return Agree(Argument(args, agree + 1, 100), Peer.All(args));
        var numbers = args.TakeWhile(argument => int.TryParse(argument, CultureInfo.InvariantCulture, out _)).ToArray();
        var operations = Argument(numbers, 0, 100_000);
        var processes = Argument(numbers, 1, 20);
        var keys = Argument(numbers, 2, 100);
        var lag = Argument(numbers, 3, 200);
        var repeats = Argument(numbers, 4, 0);
        var replicas = Array.IndexOf(args, "--replicas") is var shared and >= 0 ? Argument(args, shared + 1, 0) : 0;
        var history = lag < 0
            ? CausalReplicas.Generate(operations, processes, keys, seed: 1, repeats, replicas)
            : LaggingReplicas.Generate(operations, processes, keys, lag, seed: 1, repeats);
        var options = CheckOptions.Default with { Parallelism = Environment.ProcessorCount };
        Console.WriteLine($"{operations} operations, {processes} processes, {keys} keys, " +
            (lag < 0 ? "causal replicas" : $"replicas up to {lag} writes behind") + $", {repeats} % of writes repeat values");
        var only = Array.IndexOf(args, "--only") is var list and >= 0 ? args[list + 1].Split(',') : null;
        foreach (var model in Checkers.Catalogue.Models.All.Where(m => only?.Contains(m.Name) ?? m.Name != ModelNames.Linearizable))
        {
            Measure(model.Name, () =>
            {
                var verdict = model.Check(history, DataTypes.Kv, options);
                return $"{verdict.Kind} ({verdict.Algorithm}, {verdict.Steps} steps) {verdict.Reason}";
            });
        }

        if (only is null)
        {
            Measure("classify", () => string.Join(
                ", ", Classification.Of(Checkers.Catalogue.Models.All, history, DataTypes.Kv, options).StrongestSatisfied.Select(p => p.Model)));
        }

        var peers = Peer.All(args);
        if (peers.Count > 0) Compare(history, options, Array.IndexOf(args, "--repeat") is var at and >= 0 ? Argument(args, at + 1, 3) : 3, peers);
        return 0;

        static int Argument(string[] from, int at, int otherwise) =>
            from.Length > at ? int.Parse(from[at], CultureInfo.InvariantCulture) : otherwise;
    }

    private static int Agree(int histories, IReadOnlyList<Peer> peers)
    {
        var model = Checkers.Catalogue.Models.Find(ModelNames.CausalConvergence)!;
        var file = Path.Combine(Path.GetTempPath(), $"checker-models-{Environment.ProcessId}.txt");
        var (valid, differ) = (0, new int[peers.Count]);
        for (var seed = 1; seed <= histories; seed++)
        {
            var operations = 10 + (seed % 40);
            var history = seed % 3 == 0
                ? LaggingReplicas.Generate(operations, 4, 3, 5, seed) : CausalReplicas.Generate(operations, 4, 3, seed);
            var ours = model.Check(history, DataTypes.Kv, CheckOptions.Default).Kind == VerdictKind.Valid;
            if (ours) valid++;
            PlumeText.Write(history, file);
            for (var i = 0; i < peers.Count; i++)
            {
                if (peers[i].Run(1, "causal", file).Verdict == (ours ? "valid" : "invalid")) continue;
                differ[i]++;
                Console.WriteLine($"seed {seed}: {(ours ? "valid" : "invalid")} here, not so for {peers[i].Name}");
            }
        }

        File.Delete(file);
        Console.WriteLine($"{histories} histories, {valid} valid; {string.Join(", ", peers.Select((peer, i) => $"{peer.Name} differs on {differ[i]}"))}");
        return differ.Any(static count => count > 0) ? 1 : 0;
    }

    private static void Compare(History history, CheckOptions options, int repeat, IReadOnlyList<Peer> peers)
    {
        var model = Checkers.Catalogue.Models.All.Single(m => m.Name == ModelNames.CausalConvergence);
        var times = new List<double>();
        for (var i = 0; i < repeat; i++)
        {
            var watch = Stopwatch.StartNew();
            model.Check(history, DataTypes.Kv, options);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var ours = Peer.Median(times);
        var file = Path.Combine(Path.GetTempPath(), $"checker-models-{Environment.ProcessId}.txt");
        PlumeText.Write(history, file);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{model.Name}, median of {repeat}: {ours:0.00} ms; peers: verdict, ms, ratio, peak B/op"));
        foreach (var peer in peers) Console.WriteLine($"{peer.Name,-22} {peer.Run(repeat, "causal", file).Columns(ours, history.Count)}");
        File.Delete(file);
    }

    private static void Measure(string name, Func<string> work)
    {
        var result = "";
        var (cpu, seconds) = (TimeSpan.Zero, 0.0);
        var peak = PeakHeap.During(() =>
        {
            var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            result = work();
            (cpu, seconds) = (Environment.CpuUsage.TotalTime - before, watch.Elapsed.TotalSeconds);
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-22} {seconds,8:0.000} s {cpu.TotalSeconds,8:0.000} s CPU {peak / 1e6,8:0} MB  {result}"));
    }
}
