using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>
/// Stays with one coordinator while it answers; writes go to the key's owner, if there is one. A read may be asked at several; a write goes to one
/// boot of one coordinator only, since two coordinators would make two writes of it.
/// </summary>
internal sealed class QuorumClient(IEndpoint endpoint, bool hasOwners) : RequestClient(endpoint)
{
    // The boot that each node was last known to be in; 0 if none.
    private readonly long[] _boots = new long[endpoint.NodeCount];
    private int _node = endpoint.Self.Ordinal % endpoint.NodeCount;

    private bool IsOwned => hasOwners && Current.Function != Function.Read;

    private int Coordinator => IsOwned ? KeyOwner.Of(Current.Key, Endpoint.NodeCount) : _node;

    /// <inheritdoc/>
    protected override void Ask()
    {
        var node = Coordinator;
        if (Current.Function == Function.Read) SendRequest(node);
        else if (_boots[node] != 0) SendRequest(node, new WriteRequest(_boots[node], Current));
        else Endpoint.Send(EndpointId.Node(node), new Probe(Current.Id));
    }

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (!IsOwned && (Current.Function == Function.Read || !HasSent)) Rotate();
        Ask();
    }

    /// <inheritdoc/>
    protected override void OnMessage(int from, Message message)
    {
        if (message is not Welcome welcome || welcome.Id != Current.Id || from != Coordinator || welcome.Boot == _boots[from]) return;
        _boots[from] = welcome.Boot;
        if (HasSent) GiveUp("the coordinator has restarted");
        else Ask();
    }

    /// <inheritdoc/>
    protected override void OnGivenUp()
    {
        if (!IsOwned && Current.Function != Function.Read) Rotate();
    }

    private void Rotate()
    {
        _node = (_node + 1) % Endpoint.NodeCount;
        if (!hasOwners) _boots[_node] = 0;
    }
}
