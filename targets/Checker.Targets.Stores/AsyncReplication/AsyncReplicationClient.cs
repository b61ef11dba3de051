using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.AsyncReplication;

/// <summary>Where a client of asynchronous replication reads.</summary>
internal enum ReadsAt
{
    /// <summary>Always at the same node, its own.</summary>
    OwnNode,

    /// <summary>Each time at another node.</summary>
    AnyNode,

    /// <summary>At the primary.</summary>
    Primary,
}

/// <summary>Writes at the primary; reads where it is told to. A sticky client would rather fail than read elsewhere: that is its session.</summary>
internal sealed class AsyncReplicationClient(IEndpoint endpoint, ReadsAt readsAt) : RequestClient(endpoint)
{
    /// <inheritdoc/>
    protected override void Ask() => SendRequest(Current.Function == Function.Read ? Reader() : 0);

    /// <inheritdoc/>
    protected override void AskAgain() => Ask();

    private int Reader() => readsAt switch
    {
        ReadsAt.OwnNode => Endpoint.Self.Ordinal % Endpoint.NodeCount,
        ReadsAt.AnyNode => Endpoint.Random.Next(Endpoint.NodeCount),
        _ => 0,
    };
}
