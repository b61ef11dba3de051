using System.Globalization;

namespace Checker.Benchmarks.Linearizability;

/// <summary>
/// The arguments that choose rungs: <c>[--ops N,N…] [--processes N,N…] [--keys N,N…] [--values N,N…] [--unknown X,X…] [--stale X,X…]</c>.
/// </summary>
internal static class LadderArguments
{
    /// <summary>Every combination of what was asked for.</summary>
    public static IEnumerable<LadderHistory> Rungs(string[] args) =>
        from operations in Numbers(args, "--ops", "1000,10000")
        from processes in Numbers(args, "--processes", "5,10,20")
        from keys in Numbers(args, "--keys", "1")
        from values in Numbers(args, "--values", "0,5")
        from unknown in Numbers(args, "--unknown", "0,0.01,0.05")
        from stale in Numbers(args, "--stale", "0,0.7")
        select new LadderHistory((int)operations, (int)processes, (int)keys, (int)values, unknown, stale);

    /// <summary>The word after a flag; null if it is not there.</summary>
    public static string? Text(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>The numbers after a flag.</summary>
    public static double[] Numbers(string[] args, string name, string otherwise) =>
        [.. (Text(args, name) ?? otherwise).Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
