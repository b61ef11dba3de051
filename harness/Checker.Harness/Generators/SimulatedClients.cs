using Checker.Histories;
using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>How the operations of a dry run end.</summary>
public sealed class SimulatedClients
{
    private readonly Func<GeneratedOperation, SeededRandom, (long Nanoseconds, EventType Type)> _end;

    private SimulatedClients(Func<GeneratedOperation, SeededRandom, (long Nanoseconds, EventType Type)> end) => _end = end;

    /// <summary>Every operation is ok after 10 ns.</summary>
    public static SimulatedClients Perfect { get; } = new(static (_, _) => (10, EventType.Ok));

    /// <summary>Every operation is ok at once.</summary>
    public static SimulatedClients Instant { get; } = new(static (_, _) => (0, EventType.Ok));

    /// <summary>Operations end ok, fail or info, a third each, after up to 20 ns.</summary>
    public static SimulatedClients Imperfect { get; } = new(static (_, random) =>
        (random.Next(21), random.Next(3) switch { 0 => EventType.Ok, 1 => EventType.Fail, _ => EventType.Info }));

    /// <summary>No operation's outcome is ever known: each is info after 10 ns, and its process is retired.</summary>
    public static SimulatedClients InfoOnly { get; } = new(static (_, _) => (10, EventType.Info));

    /// <summary>As a function says.</summary>
    /// <param name="end">After how many nanoseconds an operation ends, and how; its randomness is the clients' own stream.</param>
    public static SimulatedClients From(Func<GeneratedOperation, SeededRandom, (long Nanoseconds, EventType Type)> end) => new(end);

    internal (long Nanoseconds, EventType Type) End(in GeneratedOperation operation, SeededRandom random) => _end(operation, random);
}
