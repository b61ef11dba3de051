using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Replication;

namespace Checker.Targets.Stores.SyncReplication;

/// <summary>Reads at a node of its own, and at the next one after a silence; or at the primary.</summary>
internal sealed class SyncReplicationClient(IEndpoint endpoint, bool readsAtPrimary) : PrimaryClient(endpoint)
{
    private int _reader = readsAtPrimary ? Primary : endpoint.Self.Ordinal % endpoint.NodeCount;

    /// <inheritdoc/>
    protected override int Reader => _reader;

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (!readsAtPrimary && Current.Function == Function.Read) _reader = (_reader + 1) % Endpoint.NodeCount;
        base.AskAgain();
    }
}
