using System.Diagnostics;
using System.Globalization;
using Checker.Benchmarks.Peers;
using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Histories;

namespace Checker.Benchmarks.Linearizability;

/// <summary>
/// How much faster several cores judge one history of many keys than one core, beside the most that this machine allows:
/// <c>scaling [rungs as for linearizability] [--cores N] [--repeat N]</c>.
/// </summary>
/// <remarks>
/// The most that it allows is measured, not assumed: N checks by one core each run at once, with nothing in common but the history that they read. If
/// they take as long as one alone, the machine allows N; cores that share caches, memory or execution units allow less. The three are run by turns, and
/// medians compared.
/// </remarks>
internal static class CoreScaling
{
    public static int Run(string[] args)
    {
        var repeat = (int)LadderArguments.Numbers(args, "--repeat", "15")[0];
        var cores = (int)LadderArguments.Numbers(args, "--cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))[0];
        Console.WriteLine($"{"history",-64}{"1 core ms",11}{$"{cores} cores",10}{"speed-up",10}{"possible",10}");
        foreach (var rung in LadderArguments.Rungs(args)) Measure(rung, cores, repeat);
        return 0;
    }

    private static void Measure(LadderHistory rung, int cores, int repeat)
    {
        var history = rung.Build();
        var model = new LinearizableModel();
        var (alone, together, apart) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -repeat; round < repeat; round++)
        {
            // The first half warms up.
            Note(alone, () => Check(1));
            Note(together, () => Check(cores));
            Note(apart, () => EachAlone());
            void Note(List<double> times, Action check)
            {
                var milliseconds = Timed(check);
                if (round >= 0) times.Add(milliseconds);
            }
        }

        var (one, all, each) = (Peer.Median(alone), Peer.Median(together), Peer.Median(apart));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rung.Name,-64}{one,11:0.0}{all,10:0.0}{one / all,9:0.00}x{cores * one / each,9:0.00}x"));

        void Check(int parallelism) =>
            model.Check(history, DataTypes.CasRegister, new CheckOptions { Parallelism = parallelism, Certify = false });

        void EachAlone()
        {
            var threads = Enumerable.Range(0, cores).Select(_ => new Thread(() => Check(1))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }
    }

    private static double Timed(Action check)
    {
        var watch = Stopwatch.StartNew();
        check();
        return watch.Elapsed.TotalMilliseconds;
    }
}
