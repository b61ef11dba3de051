using Checker.Histories;
using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>
/// Runs a generator dry: against clients that do nothing but take time and end ok, fail or info. For testing generators, one's own above all.
/// The same arguments give the same events.
/// </summary>
public static class GeneratorSimulator
{
    /// <summary>Runs a generator until it ends, is stuck, or the run is long enough.</summary>
    /// <param name="generator">What to run; it is watched by <see cref="GenExtensions.Validate"/>.</param>
    /// <param name="clients">How operations end.</param>
    /// <param name="concurrency">The number of client threads.</param>
    /// <param name="seed">The seed of the generator's and the clients' randomness.</param>
    /// <param name="maxOperations">How many operations are enough; those under way then still end.</param>
    /// <param name="nemesis">Whether there is a nemesis.</param>
    /// <exception cref="GeneratorException">The generator broke a rule.</exception>
    public static DryRun Run(
        IGenerator generator, SimulatedClients clients, int concurrency = 3, long seed = 0, int maxOperations = 10_000, bool nemesis = true)
    {
        ArgumentNullException.ThrowIfNull(clients);
        var root = new SeededRandom(seed);
        var run = new GeneratorRun(generator.Validate(), concurrency, root.Split("generator"), nemesis);
        var random = root.Split("clients");
        var ends = new PriorityQueue<HistoryEvent, (long Time, long Sequence)>();
        var operations = new List<GeneratedOperation>();
        var events = new List<HistoryEvent>();
        var log = new List<GeneratedOperation>();
        var time = 0L;
        var outcome = SimulationEnd.EnoughOperations;
        while (operations.Count < maxOperations)
        {
            var step = run.Next(time);
            if (step.IsOperation && !step.Operation.IsInvocation)
            {
                log.Add(step.Operation);
            }
            else if (step.IsOperation)
            {
                var operation = step.Operation;
                operations.Add(operation);
                Record(operation.ToEvent(events.Count));
                var (nanoseconds, type) = clients.End(operation, random);
                var end = new HistoryEvent(0, Nanoseconds.Add(time, nanoseconds), operation.Process, type, operation.F, operation.Key, operation.Value);
                ends.Enqueue(operation.IsNemesis ? end with { Type = EventType.Info } : end, (end.Time, operations.Count));
            }
            else if (step.IsPending && (step.WakeTime != Step.Never || ends.Count > 0))
            {
                // What ends now is told before the generator is asked again for this time.
                time = Math.Min(step.WakeTime, ends.Count > 0 ? ends.Peek().Time : Step.Never);
                if (ends.Count > 0 && ends.Peek().Time <= time) Record(ends.Dequeue());
            }
            else
            {
                outcome = step.IsExhausted ? SimulationEnd.Exhausted : SimulationEnd.Stuck;
                break;
            }
        }

        while (ends.TryDequeue(out var end, out _)) Record(end);
        return new DryRun(operations, events, log, outcome, run.Context.Time);

        void Record(HistoryEvent e)
        {
            e = e with { Index = events.Count };
            events.Add(e);
            run.Observe(e);
        }
    }
}

/// <summary>What became of a dry run.</summary>
/// <param name="Operations">The operations in the order generated.</param>
/// <param name="Events">Their invocations and completions.</param>
/// <param name="Log">The log lines.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Time">When the last thing happened, in nanoseconds.</param>
public sealed record DryRun(
    IReadOnlyList<GeneratedOperation> Operations, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<GeneratedOperation> Log, SimulationEnd End, long Time);

/// <summary>Why a dry run ended.</summary>
public enum SimulationEnd
{
    /// <summary>The generator had no more operations.</summary>
    Exhausted,

    /// <summary>There were as many operations as asked for.</summary>
    EnoughOperations,

    /// <summary>The generator waits for an event, but nothing is under way: it would wait for ever.</summary>
    Stuck,
}
