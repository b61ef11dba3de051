using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>
/// One node of the quorum store: a replica, and the coordinator of what its clients ask. The protocol is told in <see
/// cref="QuorumStore.Protocol"/>.
/// </summary>
internal sealed class QuorumNode : INode
{
    private const string BootCell = "boot";
    private readonly INodeContext _context;
    private readonly QuorumOptions _options;
    private readonly Replica _replica;
    private readonly Dictionary<long, Round> _rounds = [];
    private readonly Dictionary<int, long> _latest = [];
    private readonly Dictionary<int, Answer> _answers = [];
    private readonly Dictionary<Value, OwnedKey> _owned = [];
    private readonly long _boot;
    private bool _hasRecovered;
    private long _lastRound;
    private long _lastCounter;

    /// <summary>Counts the boot.</summary>
    public QuorumNode(INodeContext context, QuorumOptions options)
    {
        _context = context;
        _options = options;
        _replica = new Replica(context, options.Volatile);
        _boot = (context.Storage.Read<Boot>(BootCell)?.Number ?? 0) + 1;
        _lastRound = _boot << 32;
    }

    /// <inheritdoc/>
    public bool IsPrimary => false;

    /// <inheritdoc/>
    public void Start()
    {
        _context.Storage.Write(BootCell, new Boot(_boot));
        _context.Storage.Sync(() => _hasRecovered = true);
    }

    /// <inheritdoc/>
    public void Receive(EndpointId from, Message message)
    {
        // Until the boot is durable the node could come to number its rounds like an earlier one: what it is asked is as good as lost.
        if (!_hasRecovered) return;
        switch (message)
        {
            case Probe probe:
                _context.Send(from, new Welcome(probe.Id, _boot));
                break;
            case Request { Function: Function.Read } read:
                Read(from, read);
                break;
            case WriteRequest write when write.Boot == _boot:
                Write(from, write.Request);
                break;
            case WriteRequest late:
                _context.Send(from, new Welcome(late.Request.Id, _boot));
                break;
            case Load load:
                Send(from.Ordinal, new Loaded(load.Round, _replica.Load(load.Key)));
                break;
            case Store store:
                _replica.Store(store.Key, store.Content, () => Send(from.Ordinal, new Stored(store.Round)));
                break;
            case Loaded loaded when _rounds.TryGetValue(loaded.Round, out var round):
                round.Take(from.Ordinal, loaded.Content);
                break;
            case Stored stored when _rounds.TryGetValue(stored.Round, out var round):
                round.Take(from.Ordinal, VersionedValue.None);
                break;
        }
    }

    private void Read(EndpointId client, Request read) => LoadRound(read.Key, answers =>
    {
        var newest = answers.MaxBy(static a => a.Content.Version)!.Content;
        var holders = answers.Count(a => a.Content.Version == newest.Version);
        void Reply() => _context.Send(client, Answer.Ok(read.Id, newest.Value));
        var isSafe = holders >= _options.WriteQuorum || newest.Version == Version.None;
        if (isSafe || !_options.WritesBack) Reply();
        else StoreRound(read.Key, newest, Reply);
    });

    private void Write(EndpointId client, Request request)
    {
        if (_latest.TryGetValue(client.Value, out var latest) && latest >= request.Id)
        {
            if (_answers.TryGetValue(client.Value, out var answer) && answer.Id == request.Id) _context.Send(client, answer);
            return;
        }

        _latest[client.Value] = request.Id;
        if (request.Function != Function.Write) _context.Send(client, Answer.Fail(request.Id, "unsupported"));
        else if (_options.HasOwners) WriteOwned(client, request);
        else if (_options.ClockVersions) StoreNew(client, request, _context.WallClock);
        else LoadRound(request.Key, answers => StoreNew(client, request, answers.Max(static a => a.Content.Version.Counter) + 1));
    }

    private void StoreNew(EndpointId client, Request request, long counter)
    {
        // Two writes that this node coordinates at once may have found the same version: the second must not take the same.
        _lastCounter = _options.ClockVersions ? counter : Math.Max(counter, _lastCounter + 1);
        var version = new Version(_lastCounter, (_boot * _context.NodeCount) + _context.Self.Ordinal);
        StoreRound(request.Key, new VersionedValue(version, request.Value), () => AnswerWrite(client, request));
    }

    private void AnswerWrite(EndpointId client, Request request)
    {
        var answer = Answer.Ok(request.Id, request.Value);
        _answers[client.Value] = answer;
        _context.Send(client, answer);
    }

    private void WriteOwned(EndpointId client, Request request)
    {
        if (!_owned.TryGetValue(request.Key, out var key)) _owned.Add(request.Key, key = new OwnedKey());
        key.Waiting.Enqueue((client, request));
        if (!key.IsBusy) WriteNext(request.Key, key);
    }

    // An owner's own replica has each of its writes before any other does, so the owner finds its last one there after a restart. It brings that
    // to a quorum before it begins another: of a key there is never more than one write under way.
    private void WriteNext(Value key, OwnedKey owned)
    {
        var last = _replica.Load(key);
        if (!owned.IsSettled && last.Version != Version.None)
        {
            owned.IsBusy = true;
            StoreInTheEnd(key, last, () =>
            {
                owned.IsSettled = true;
                WriteNext(key, owned);
            });
            return;
        }

        owned.IsSettled = true;
        owned.IsBusy = owned.Waiting.TryDequeue(out var next);
        if (!owned.IsBusy) return;
        var content = new VersionedValue(new Version(last.Version.Counter + 1, (_boot * _context.NodeCount) + _context.Self.Ordinal), next.Request.Value);
        _replica.Store(key, content, () => StoreInTheEnd(key, content, () =>
        {
            AnswerWrite(next.Client, next.Request);
            WriteNext(key, owned);
        }));
    }

    private void StoreInTheEnd(Value key, VersionedValue content, Action done)
    {
        var number = ++_lastRound;
        Begin(number, new Store(number, key, content), _options.WriteQuorum, _ => done(), () => StoreInTheEnd(key, content, done));
    }

    private void LoadRound(Value key, Action<IReadOnlyList<RoundAnswer>> done)
    {
        var number = ++_lastRound;
        Begin(number, new Load(number, key), _options.ReadQuorum, done);
    }

    private void StoreRound(Value key, VersionedValue content, Action done)
    {
        var number = ++_lastRound;
        Begin(number, new Store(number, key, content), _options.WriteQuorum, _ => done());
    }

    private void Begin(long number, Message question, int quorum, Action<IReadOnlyList<RoundAnswer>> done, Action? givenUp = null)
    {
        var round = new Round(_context, question, quorum, Send);
        _rounds.Add(number, round);
        round.Start(answers =>
        {
            _rounds.Remove(number);
            if (answers is not null) done(answers);
            else givenUp?.Invoke();
        });
    }

    // The node's own replica is asked like any other, without the network.
    private void Send(int node, Message message)
    {
        if (node == _context.Self.Ordinal) Receive(_context.Self, message);
        else _context.Send(EndpointId.Node(node), message);
    }
}
