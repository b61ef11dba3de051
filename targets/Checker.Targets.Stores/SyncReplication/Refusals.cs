using System.Globalization;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.SyncReplication;

/// <summary>The last request of a client that the primary refused, as it lies on disk.</summary>
/// <param name="Id">The client's number for the request.</param>
public sealed record Refusal(long Id);

/// <summary>
/// Remembers, across crashes too, which requests the primary has refused: the client is told that its write certainly did not happen, so
/// no late
/// copy of the request may make it happen.
/// </summary>
/// <param name="context">The primary's door.</param>
internal sealed class Refusals(INodeContext context)
{
    private readonly Dictionary<int, Refusal> _last = [];

    /// <summary>
    /// Whether the request, or a later one of the client, has been refused; if it was the last one, the client is told again.
    /// </summary>
    public bool Repeats(EndpointId client, long id)
    {
        var last = LastOf(client).Id;
        if (last == id) Refuse(client, id);
        return last >= id;
    }

    /// <summary>Refuses a request for good and tells the client.</summary>
    public void Refuse(EndpointId client, long id)
    {
        var refusal = new Refusal(id);
        _last[client.Value] = refusal;
        context.Storage.Write(Cell(client), refusal);
        context.Storage.Sync(() => context.Send(client, Answer.Fail(id, "a replica is away")));
    }

    private static string Cell(EndpointId client) => string.Create(CultureInfo.InvariantCulture, $"refused:{client.Value}");

    private Refusal LastOf(EndpointId client)
    {
        if (_last.TryGetValue(client.Value, out var last)) return last;
        last = context.Storage.Read<Refusal>(Cell(client)) ?? new Refusal(0);
        _last[client.Value] = last;
        return last;
    }
}
