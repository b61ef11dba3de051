using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Replication;

namespace Checker.Targets.Stores.AsyncReplication;

/// <summary>
/// One replica of asynchronous replication; the first is the primary. The protocol is told in <see
/// cref="AsyncReplicationStore.Protocol"/>.
/// </summary>
internal sealed class AsyncReplicationNode : INode
{
    private readonly INodeContext _context;
    private readonly DurableLog _log;
    private readonly LogFeed _feed;
    private readonly LogCopy _copy;
    private readonly KeyValueMachine _machine = new();
    private readonly Dictionary<int, long> _waiting = [];
    private readonly Dictionary<EndpointId, ReadAfter> _earlyReads = [];
    private bool _hasRecovered;
    private int _applied;

    /// <summary>Recovers the log.</summary>
    /// <param name="context">The node's door.</param>
    /// <param name="repeats">Whether the primary sends again what a replica has not reported.</param>
    public AsyncReplicationNode(INodeContext context, bool repeats)
    {
        _context = context;
        _log = new DurableLog(context.Storage);
        _feed = new LogFeed(context, _log, () => _log.Durable, repeats);
        _copy = new LogCopy(context, _log, static _ => { }, ApplyDurable);
    }

    /// <inheritdoc/>
    public bool IsPrimary => _context.Self.Ordinal == PrimaryClient.Primary;

    /// <inheritdoc/>
    public void Start() => _log.Sync(() =>
    {
        _hasRecovered = true;
        ApplyDurable();
        if (IsPrimary) _feed.Start();
    });

    /// <inheritdoc/>
    public void Receive(EndpointId from, Message message)
    {
        // Before it has read back its log, a node knows nothing: what it is asked is as good as lost, and will be asked again.
        if (!_hasRecovered) return;
        switch (message)
        {
            case ReadAfter read:
                if (_applied >= read.Position) AnswerRead(from, read.Read);
                else _earlyReads[from] = read;
                break;
            case Request request when IsPrimary:
                OnWrite(from, request);
                break;
            case Request request:
                _context.Send(from, new Redirect(request.Id, PrimaryClient.Primary));
                break;
            case Probe probe:
                _context.Send(from, new Redirect(probe.Id, PrimaryClient.Primary));
                break;
            case CopyLog piece when !IsPrimary:
                _copy.Take(from, piece);
                break;
            case LogCopied copied when IsPrimary:
                _feed.OnCopied(from.Ordinal, copied.Length);
                break;
        }
    }

    private void OnWrite(EndpointId client, Request request)
    {
        if (_machine.IsKnown(client.Value, request.Id, out var answer))
        {
            if (answer is not null) _context.Send(client, new AnswerAt(answer, _applied));
            return;
        }

        if (_log.LastOf(client.Value) >= request.Id) return;
        _waiting[client.Value] = request.Id;
        _log.Append(new Command(client.Value, request.Id, request.Function, request.Key, request.Value));
        _log.Sync(() =>
        {
            ApplyDurable();
            _feed.Push();
        });
    }

    // Only what is durable is shown, so that no power loss takes back what somebody has read.
    private void ApplyDurable()
    {
        for (; _applied < _log.Durable; _applied++)
        {
            var command = _log[_applied];
            var answer = _machine.Apply(command);
            if (!IsPrimary || answer is null || _waiting.GetValueOrDefault(command.Client) != command.Id) continue;
            _waiting.Remove(command.Client);
            _context.Send(new EndpointId(command.Client), new AnswerAt(answer, _applied + 1));
        }

        AnswerEarlyReads();
    }

    private void AnswerEarlyReads()
    {
        if (_earlyReads.Count == 0) return;
        foreach (var (client, read) in _earlyReads.Where(read => _applied >= read.Value.Position).OrderBy(static read => read.Key.Value).ToList())
        {
            _earlyReads.Remove(client);
            AnswerRead(client, read.Read);
        }
    }

    private void AnswerRead(EndpointId client, Request read) =>
        _context.Send(client, new AnswerAt(Answer.Ok(read.Id, _machine.Read(read.Key)), _applied));
}
