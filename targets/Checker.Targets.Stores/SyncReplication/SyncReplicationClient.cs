using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.SyncReplication;

/// <summary>Writes at the primary; reads at a node of its own, and at the next one after a silence.</summary>
internal sealed class SyncReplicationClient(IEndpoint endpoint, bool readsAtPrimary) : RequestClient(endpoint)
{
    private int _reader = readsAtPrimary ? 0 : endpoint.Self.Ordinal % endpoint.NodeCount;

    /// <inheritdoc/>
    protected override void Ask() => SendRequest(Current.Function == Function.Read ? _reader : 0);

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (!readsAtPrimary && Current.Function == Function.Read) _reader = (_reader + 1) % Endpoint.NodeCount;
        Ask();
    }

    /// <inheritdoc/>
    protected override void OnRedirect(int from, int node) => SendRequest(node);
}
