using Checker.Targets.Nodes;
using Checker.Targets.Stores.Replication;

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

/// <summary>Reads where it is told to. A sticky client would rather fail than read elsewhere: that is its session.</summary>
internal sealed class AsyncReplicationClient(IEndpoint endpoint, ReadsAt readsAt) : PrimaryClient(endpoint)
{
    /// <inheritdoc/>
    protected override int Reader => readsAt switch
    {
        ReadsAt.OwnNode => Endpoint.Self.Ordinal % Endpoint.NodeCount,
        ReadsAt.AnyNode => Endpoint.Random.Next(Endpoint.NodeCount),
        _ => Primary,
    };
}
