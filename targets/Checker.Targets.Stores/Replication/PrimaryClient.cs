using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Replication;

/// <summary>
/// A client of a store with a fixed primary: writes there, reads where the store lets it. After a write that got no answer it probes the
/// primary
/// before it sends the next one, so that writes certainly fail, rather than remain unknown, while the primary is away.
/// </summary>
internal abstract class PrimaryClient(IEndpoint endpoint) : RequestClient(endpoint)
{
    /// <summary>The number of the primary.</summary>
    public const int Primary = 0;

    private bool _primaryAnswers;

    /// <summary>The node to read at now.</summary>
    protected abstract int Reader { get; }

    /// <inheritdoc/>
    protected override void Ask()
    {
        if (Current.Function == Function.Read) SendRequest(Reader);
        else if (_primaryAnswers || HasSent) SendRequest(Primary);
        else Endpoint.Send(EndpointId.Node(Primary), new Probe(Current.Id));
    }

    /// <inheritdoc/>
    protected override void AskAgain() => Ask();

    /// <inheritdoc/>
    protected override void OnRedirect(int from, int node)
    {
        if (Current.Function == Function.Read)
        {
            SendRequest(node);
        }
        else if (from == Primary && !HasSent)
        {
            _primaryAnswers = true;
            SendRequest(Primary);
        }
    }

    /// <inheritdoc/>
    protected override void OnGivenUp()
    {
        if (Current.Function != Function.Read) _primaryAnswers = false;
    }
}
