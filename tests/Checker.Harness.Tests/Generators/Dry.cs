using Checker.Harness.Generators;
using Checker.Histories;

namespace Checker.Harness.Tests.Generators;

/// <summary>Dry runs as short text: <c>time thread f</c>, the nemesis being <c>n</c>.</summary>
internal static class Dry
{
    public static readonly IGenerator Reads = Gen.Operation("r").Repeat();
    public static readonly IGenerator Writes = Gen.Counted(i => new("w", i));

    public static TimeSpan Ns(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    public static DryRun Perfect(this IGenerator generator, int concurrency = 2, int max = 100, bool nemesis = false, long seed = 0) =>
        GeneratorSimulator.Run(generator, SimulatedClients.Perfect, concurrency, seed, max, nemesis);

    public static DryRun With(
        this IGenerator generator, SimulatedClients clients, int concurrency = 2, int max = 100, bool nemesis = false, long seed = 0) =>
        GeneratorSimulator.Run(generator, clients, concurrency, seed, max, nemesis);

    // Each operation of a client ends as its process says, after 10 ns.
    public static SimulatedClients Ending(EventType type, params string[] fs) =>
        SimulatedClients.From((o, _) => (10, fs.Contains(o.F) ? type : EventType.Ok));

    public static string Text(this DryRun simulation) =>
        string.Join(" | ", simulation.Operations.Select(o => $"{o.Time} {(o.IsNemesis ? "n" : o.Process)} {o.F}"));

    public static string Fs(this DryRun simulation) => string.Join(" ", simulation.Operations.Select(o => o.F));

    public static string Values(this DryRun simulation) => string.Join(" ", simulation.Operations.Select(o => o.Value.ToString()));

    public static int Count(this DryRun simulation, string f) => simulation.Operations.Count(o => o.F == f);
}
