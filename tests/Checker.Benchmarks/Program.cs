namespace Checker.Benchmarks;

/// <summary>Runs a benchmark by name: <c>dotnet run -c Release --project tests/Checker.Benchmarks -- NAME [ARGUMENTS]</c>.</summary>
public static class Program
{
    private static readonly SortedDictionary<string, (Func<string[], int> Run, string Summary)> Benchmarks = new(StringComparer.Ordinal)
    {
        ["simulation"] = (Simulation.SimulationSpeed.Run, "messages per second of the simulated world"),
        ["models"] = (Models.ModelSpeed.Run, "seconds for each consistency model below linearizability, and for the classification"),
        ["object-models"] = (Models.ObjectModelSpeed.Run, "seconds for each consistency model below linearizability on queues, lists, logs, sets and counters"),
        ["classify"] = (Models.ClassifySpeed.Run, "seconds to place a history of each data type among all models"),
        ["real-time"] = (Models.RealTimeSpeed.Run, "seconds for the models that keep real time, and for measuring staleness"),
        ["convergence"] = (Convergence.ConvergenceSpeed.Run, "seconds to judge whether a history has converged, for each data type"),
        ["generators"] = (Generators.GeneratorSpeed.Run, "operations per second of composed generators"),
        ["special-register"] = (Special.RegisterZonesBenchmark.Run, "the register algorithm alone, 1M to 10M operations"),
        ["special-types"] = (Special.TypeSpeed.Run, "milliseconds and bytes to check one large history of every data type"),
        ["linearizability"] = (
            Linearizability.LinearizabilityLadder.Run, "milliseconds to judge a ladder of register histories or a corpus, beside a peer if one is given"),
        ["scaling"] = (Linearizability.CoreScaling.Run, "how much faster several cores judge many keys, beside the most that this machine allows"),
        ["data-types"] = (Types.TypeSpeed.Run, "milliseconds to judge queues, stacks, sets, counters … of 10k to 1M operations, beside peers if given"),
        ["history-load"] = (Histories.HistoryLoad.Run, "seconds and bytes to load histories of 10k to 10M operations"),
    };

    public static int Main(string[] args)
    {
        if (args.Length > 0 && Benchmarks.TryGetValue(args[0], out var benchmark)) return benchmark.Run(args[1..]);
        if (args.Length > 0) Console.Error.WriteLine($"unknown benchmark {args[0]}");
        Console.Error.WriteLine("usage: NAME [ARGUMENTS], where NAME is one of");
        foreach (var (name, (_, summary)) in Benchmarks) Console.Error.WriteLine($"  {name,-24} {summary}");
        return args.Length > 0 ? 2 : 0;
    }
}
