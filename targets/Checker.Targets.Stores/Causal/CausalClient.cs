using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Causal;

/// <summary>
/// Asks its own node for everything, or each operation at another node. A write is never repeated elsewhere: two nodes would make two
/// updates of it.
/// </summary>
internal sealed class CausalClient(IEndpoint endpoint, bool isRoaming) : RequestClient(endpoint)
{
    private int _node = endpoint.Self.Ordinal % endpoint.NodeCount;

    /// <inheritdoc/>
    protected override void Ask()
    {
        if (isRoaming) _node = Endpoint.Random.Next(Endpoint.NodeCount);
        SendRequest(_node);
    }

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (Current.Function == Function.Read) Ask();
        else SendRequest(_node);
    }
}
