using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>
/// Stays with one coordinator while it answers. A read may be asked at several; a write goes to one boot of one coordinator only, since two
/// coordinators would make two writes of it.
/// </summary>
internal sealed class QuorumClient(IEndpoint endpoint) : RequestClient(endpoint)
{
    private int _node = endpoint.Self.Ordinal % endpoint.NodeCount;
    private long _boot;

    /// <inheritdoc/>
    protected override void Ask()
    {
        if (Current.Function == Function.Read) SendRequest(_node);
        else if (_boot != 0) SendRequest(_node, new WriteRequest(_boot, Current));
        else Endpoint.Send(EndpointId.Node(_node), new Probe(Current.Id));
    }

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (Current.Function == Function.Read || !HasSent) Rotate();
        Ask();
    }

    /// <inheritdoc/>
    protected override void OnMessage(int from, Message message)
    {
        if (message is not Welcome welcome || welcome.Id != Current.Id || from != _node || welcome.Boot == _boot) return;
        _boot = welcome.Boot;
        if (HasSent) GiveUp("the coordinator has restarted");
        else Ask();
    }

    /// <inheritdoc/>
    protected override void OnGivenUp()
    {
        if (Current.Function != Function.Read) Rotate();
    }

    private void Rotate()
    {
        _node = (_node + 1) % Endpoint.NodeCount;
        _boot = 0;
    }
}
