using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Tests.Worlds;

public sealed record Ping(int Id) : Message;

public sealed record Pong(int Id, long Wall, long Monotonic) : Message;

public sealed record Increment(int Id, bool Sync) : Message;

public sealed record GetCount(int Id) : Message;

public sealed record Count(int Id, long Value, int LogLength) : Message;

public sealed record Relay(int Id, int To) : Message;

public sealed record Note(int Id) : Message;

public sealed record GetNotes(int Id) : Message;

public sealed record Notes(int Id, IReadOnlyList<int> Ids) : Message;

public sealed record SetAlarm(int Id, long Nanoseconds) : Message;

public sealed record Alarm(int Id, long Asked, long Waited) : Message;

public sealed record Fail : Message;

/// <summary>A store that shows what its world does to it: an echo, a counter on disk, notes from other nodes, alarms. Node 0 is primary.</summary>
internal sealed class ProbeStore(int nodes) : Deployment
{
    public override int Nodes => nodes;

    public override IReadOnlyList<Type> MessageTypes { get; } =
    [
        typeof(Ping), typeof(Pong), typeof(Increment), typeof(GetCount), typeof(Count), typeof(Relay), typeof(Note), typeof(GetNotes), typeof(Notes),
        typeof(SetAlarm), typeof(Alarm), typeof(Fail),
    ];

    public override IReadOnlyList<string> Claims(DataType type) => [];

    public override INode CreateNode(INodeContext context) => new ProbeNode(context);

    public override IClient CreateClient(IEndpoint endpoint) => new ProbeClient(endpoint);
}

internal sealed class ProbeNode(INodeContext context) : INode
{
    private readonly List<int> _notes = [];

    public bool IsPrimary => context.Self == EndpointId.Node(0);

    public void Start() => context.Log($"starts with {Current.Value}");

    public void Receive(EndpointId from, Message message)
    {
        switch (message)
        {
            case Ping ping:
                context.Send(from, new Pong(ping.Id, context.WallClock, context.MonotonicClock));
                break;
            case Increment increment:
                var next = new Counter(Current.Value + 1);
                context.Storage.Write("counter", next);
                context.Storage.Append("log", next);
                if (increment.Sync) context.Storage.Sync(() => SendCount(from, increment.Id));
                else SendCount(from, increment.Id);
                break;
            case GetCount get:
                SendCount(from, get.Id);
                break;
            case Relay relay:
                context.Send(EndpointId.Node(relay.To), new Note(relay.Id));
                break;
            case Note note:
                _notes.Add(note.Id);
                break;
            case GetNotes get:
                context.Send(from, new Notes(get.Id, [.. _notes]));
                break;
            case SetAlarm set:
                var start = context.MonotonicClock;
                context.After(set.Nanoseconds, () => context.Send(from, new Alarm(set.Id, set.Nanoseconds, context.MonotonicClock - start)));
                break;
            case Fail:
                throw new InvalidDataException("as asked");
        }
    }

    private Counter Current => context.Storage.Read<Counter>("counter") ?? new Counter(0);

    private void SendCount(EndpointId to, int id) => context.Send(to, new Count(id, Current.Value, context.Storage.Length("log")));

    private sealed record Counter(long Value);
}

/// <summary>A client for tests that speak to nodes message by message.</summary>
internal sealed class ProbeClient : IClient
{
    public ProbeClient(IEndpoint endpoint)
    {
        Endpoint = endpoint;
        endpoint.OnReceive = (from, message) => Received.Add((from.Ordinal, message));
    }

    public IEndpoint Endpoint { get; }

    public List<(int From, Message Message)> Received { get; } = [];

    public void Send(int node, Message message) => Endpoint.Send(EndpointId.Node(node), message);

    public IEnumerable<T> Of<T>()
        where T : Message => Received.Select(static pair => pair.Message).OfType<T>();

    public ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation) => default;

    public ValueTask DisposeAsync() => default;
}
