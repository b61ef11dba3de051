using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Replication;

namespace Checker.Targets.Stores.SyncReplication;

/// <summary>How synchronous replication is set up.</summary>
/// <param name="AcknowledgeEarly">Bug: an entry counts as committed when the primary alone has it.</param>
/// <param name="ReadFromReplica">Bug: a replica answers from what it has applied, without asking whether it knows of a newer write.</param>
/// <param name="EmptyFirst">Bug: while a write is under way, the primary no longer has the old value and not yet the new one.</param>
internal sealed record SyncReplicationOptions(bool AcknowledgeEarly, bool ReadFromReplica, bool EmptyFirst);

/// <summary>
/// One replica of synchronous replication; the first is the primary. The protocol is told in <see cref="SyncReplicationStore.Protocol"/>.
/// </summary>
internal sealed class SyncReplicationNode : INode
{
    private readonly INodeContext _context;
    private readonly SyncReplicationOptions _options;
    private readonly DurableLog _log;
    private readonly LogFeed _feed;
    private readonly LogCopy _copy;
    private readonly Refusals _refusals;
    private readonly KeyValueMachine _machine = new();
    private readonly Dictionary<Value, int> _unapplied = [];
    private readonly Dictionary<int, long> _waiting = [];
    private readonly List<(EndpointId Client, Request Read)> _earlyReads = [];
    private readonly int _recovered;
    private int _applied;
    private int _committed;

    /// <summary>Recovers the log; what of it is committed has to be learned anew.</summary>
    public SyncReplicationNode(INodeContext context, SyncReplicationOptions options)
    {
        _context = context;
        _options = options;
        _log = new DurableLog(context.Storage);
        _feed = new LogFeed(context, _log, () => _committed);
        _copy = new LogCopy(context, _log, MarkUnapplied, ApplyCommitted);
        _refusals = new Refusals(context);
        _recovered = _log.Length;
        for (var i = 0; i < _log.Length; i++) MarkUnapplied(_log[i]);
    }

    /// <inheritdoc/>
    public bool IsPrimary => _context.Self.Ordinal == PrimaryClient.Primary;

    // Entries from before the crash may have been committed and read: the primary answers no read until all of them are committed again.
    private bool HasRecovered => _applied >= _recovered;

    /// <inheritdoc/>
    public void Start() => _log.Sync(() =>
    {
        if (!IsPrimary) return;
        _feed.Start();
        Commit();
    });

    /// <inheritdoc/>
    public void Receive(EndpointId from, Message message)
    {
        switch (message)
        {
            case Request { Function: Function.Read } read:
                OnRead(from, read);
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
                _committed = Math.Max(_committed, piece.Committed);
                _copy.Take(from, piece);
                ApplyCommitted();
                break;
            case LogCopied copied when IsPrimary:
                _feed.OnCopied(from.Ordinal, copied.Length);
                Commit();
                break;
        }
    }

    private void OnRead(EndpointId client, Request read)
    {
        // A replica that holds no newer write of the key knows the latest committed value: a newer one cannot be committed without this
        // replica.
        if (IsPrimary && !HasRecovered) _earlyReads.Add((client, read));
        else if (IsPrimary || _options.ReadFromReplica || !_unapplied.ContainsKey(read.Key)) AnswerRead(client, read);
        else _context.Send(client, new Redirect(read.Id, PrimaryClient.Primary));
    }

    private void AnswerRead(EndpointId client, Request read)
    {
        var isEmpty = _options.EmptyFirst && IsPrimary && _unapplied.ContainsKey(read.Key);
        _context.Send(client, Answer.Ok(read.Id, isEmpty ? Value.Null : _machine.Read(read.Key)));
    }

    private void OnWrite(EndpointId client, Request request)
    {
        if (_machine.IsKnown(client.Value, request.Id, out var answer))
        {
            if (answer is not null) _context.Send(client, answer);
            return;
        }

        // What stands in the log will happen, so it must not be refused; what was refused must not happen.
        var last = _log.LastOf(client.Value);
        if (last == request.Id) _waiting[client.Value] = request.Id;
        if (last >= request.Id || _refusals.Repeats(client, request.Id)) return;
        if (_feed.IsReplicaAway && !_options.AcknowledgeEarly) _refusals.Refuse(client, request.Id);
        else Append(client, request);
    }

    private void Append(EndpointId client, Request request)
    {
        _waiting[client.Value] = request.Id;
        var command = new Command(client.Value, request.Id, request.Function, request.Key, request.Value);
        _log.Append(command);
        MarkUnapplied(command);
        _log.Sync(() =>
        {
            _feed.Push();
            Commit();
        });
    }

    private void Commit()
    {
        _committed = Math.Max(_committed, _options.AcknowledgeEarly ? _log.Durable : _feed.Everywhere);
        ApplyCommitted();
        if (!HasRecovered || _earlyReads.Count == 0) return;
        foreach (var (client, read) in _earlyReads) AnswerRead(client, read);
        _earlyReads.Clear();
    }

    private void ApplyCommitted()
    {
        for (; _applied < Math.Min(_committed, _log.Durable); _applied++)
        {
            var command = _log[_applied];
            var answer = _machine.Apply(command);
            if (--_unapplied[command.Key] == 0) _unapplied.Remove(command.Key);
            if (!IsPrimary || answer is null || _waiting.GetValueOrDefault(command.Client) != command.Id) continue;
            _waiting.Remove(command.Client);
            _context.Send(new EndpointId(command.Client), answer);
        }
    }

    private void MarkUnapplied(Command command) => _unapplied[command.Key] = _unapplied.GetValueOrDefault(command.Key) + 1;
}
