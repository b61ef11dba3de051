using Checker.Histories;
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

/// <summary>
/// Reads where it is told to, and remembers how far its session has come. A sticky client would rather fail than read elsewhere: that is its
/// session.
/// </summary>
internal sealed class AsyncReplicationClient(IEndpoint endpoint, ReadsAt readsAt, SessionGuarantees guarantees) : PrimaryClient(endpoint)
{
    // The nodes it reads at must have applied so much of the log.
    private long _position;

    /// <inheritdoc/>
    protected override int Reader => readsAt switch
    {
        ReadsAt.OwnNode => Endpoint.Self.Ordinal % Endpoint.NodeCount,
        ReadsAt.AnyNode => Endpoint.Random.Next(Endpoint.NodeCount),
        _ => Primary,
    };

    /// <inheritdoc/>
    protected override void Ask()
    {
        if (Current.Function == Function.Read) SendRequest(Reader, new ReadAfter(Current, _position));
        else base.Ask();
    }

    /// <inheritdoc/>
    protected override void OnMessage(int from, Message message)
    {
        if (message is not AnswerAt { Answer: var answer, Position: var position } || answer.Id != Current.Id) return;
        var counts = Current.Function switch
        {
            Function.Read => SessionGuarantees.MonotonicReads,
            Function.Write => SessionGuarantees.ReadYourWrites,
            _ => SessionGuarantees.All,
        };
        if ((guarantees & counts) != 0) _position = Math.Max(_position, position);
        Take(answer);
    }
}
