using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Consensus;

/// <summary>
/// Looks for the leader by probing, which has no effect, and stays with it until it falls silent or sends us elsewhere; reads and writes
/// each stay
/// with the node that served them last. All copies of a request carry the same number, so that it takes effect once.
/// </summary>
internal sealed class ConsensusClient(IEndpoint endpoint) : RequestClient(endpoint)
{
    private const int Nobody = -1;
    private const int MostRedirects = 3;
    private int _reader = Nobody;
    private int _writer = Nobody;
    private int _probed = endpoint.Self.Ordinal % endpoint.NodeCount;
    private int _redirects;

    /// <inheritdoc/>
    protected override long Patience => 120_000_000;

    private int Leader
    {
        get => Current.Function == Function.Read ? _reader : _writer;
        set
        {
            if (Current.Function == Function.Read) _reader = value;
            else _writer = value;
        }
    }

    /// <inheritdoc/>
    protected override void Ask()
    {
        _redirects = 0;
        if (Leader != Nobody) SendRequest(Leader);
        else ProbeNext();
    }

    /// <inheritdoc/>
    protected override void AskAgain()
    {
        Leader = Nobody;
        _redirects = 0;
        ProbeNext();
    }

    /// <inheritdoc/>
    protected override void OnRedirect(int from, int node)
    {
        if (node == from)
        {
            if (Leader == node) return;
            Leader = node;
            SendRequest(node);
        }
        else if (_redirects++ < MostRedirects)
        {
            Leader = Nobody;
            if (node == Nobody) ProbeNext();
            else Endpoint.Send(EndpointId.Node(node), new Probe(Current.Id));
        }
    }

    private void ProbeNext()
    {
        _probed = (_probed + 1) % Endpoint.NodeCount;
        Endpoint.Send(EndpointId.Node(_probed), new Probe(Current.Id));
    }
}
