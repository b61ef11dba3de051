using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Causal;

/// <summary>Where a client of the causal store asks.</summary>
internal enum CausalSessions
{
    /// <summary>Always at the same node, its own.</summary>
    Sticky,

    /// <summary>Writes at its own node, reads each time at another one.</summary>
    RoamingReads,

    /// <summary>Each time at another node.</summary>
    Roaming,
}

/// <summary>
/// Asks its own node for everything, or each read, or each operation, at another node. A write is never repeated elsewhere: two nodes would make two
/// updates of it.
/// </summary>
internal sealed class CausalClient(IEndpoint endpoint, CausalSessions sessions) : RequestClient(endpoint)
{
    private int _node;

    /// <inheritdoc/>
    protected override void Ask()
    {
        var roams = sessions == CausalSessions.Roaming || (sessions == CausalSessions.RoamingReads && Current.Function == Function.Read);
        _node = (roams ? Endpoint.Random.Next(Endpoint.NodeCount) : Endpoint.Self.Ordinal) % Endpoint.NodeCount;
        SendRequest(_node);
    }

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        if (Current.Function == Function.Read) Ask();
        else SendRequest(_node);
    }
}
