using System.Collections.Immutable;
using Checker.Harness.Generators;
using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>
/// Lets every client try until one operation of its own succeeds. Between two tries of a client lie 100 ms. Exhausted when all have
/// succeeded.
/// </summary>
internal sealed class RecoveryProbe : IGenerator
{
    private const long Pause = 100_000_000;

    private readonly Func<int, int, OperationTemplate> _probe;
    private readonly ImmutableArray<Client> _clients;

    /// <summary>No client has tried.</summary>
    /// <param name="probe">Makes the operation of a thread's attempt.</param>
    /// <param name="concurrency">The number of clients.</param>
    public RecoveryProbe(Func<int, int, OperationTemplate> probe, int concurrency)
        : this(probe, [.. new Client[concurrency]])
    {
    }

    private RecoveryProbe(Func<int, int, OperationTemplate> probe, ImmutableArray<Client> clients)
    {
        _probe = probe;
        _clients = clients;
    }

    /// <summary>The threads whose clients have not had an operation succeed.</summary>
    public IEnumerable<int> Waiting => Enumerable.Range(0, _clients.Length).Where(thread => !_clients[thread].Recovered);

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var wake = Step.Never;
        var waiting = false;
        for (var thread = 0; thread < _clients.Length; thread++)
        {
            var client = _clients[thread];
            if (client.Recovered) continue;
            waiting = true;
            if (!context.IsFree(thread)) continue;
            if (client.NextTry > context.Time)
            {
                wake = Math.Min(wake, client.NextTry);
                continue;
            }

            var template = _probe(thread, client.Tries);
            var operation = new GeneratedOperation(
                GeneratedKind.Invoke, context.Time, thread, context.ProcessOf(thread), template.F, template.Key, template.Value);
            return Step.Of(operation, With(thread, client with { Tries = client.Tries + 1 }));
        }

        return waiting ? Step.Pending(this, wake) : Step.Exhausted;
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (e.IsNemesis || e.Type == EventType.Invoke) return this;
        var thread = context.ThreadOf(e.Process);
        return With(
            thread, _clients[thread] with { Recovered = _clients[thread].Recovered || e.Type == EventType.Ok, NextTry = e.Time + Pause });
    }

    private RecoveryProbe With(int thread, Client client) => new(_probe, _clients.SetItem(thread, client));

    private readonly record struct Client(int Tries, bool Recovered, long NextTry);
}
