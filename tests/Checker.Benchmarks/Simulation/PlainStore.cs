using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Benchmarks.Simulation;

/// <summary>A node that does as little as a replicating node can: the first passes every request on to the others, waits for all, and answers.</summary>
internal sealed class PlainDeployment : Deployment
{
    public override int Nodes => 5;

    public override IReadOnlyList<Type> MessageTypes { get; } = [typeof(Request), typeof(Copy), typeof(Copied), typeof(Reply)];

    public override IReadOnlyList<string> Claims(DataType type) => [];

    public override INode CreateNode(INodeContext context) => new PlainNode(context);

    public override IClient CreateClient(IEndpoint endpoint) => new PlainClient(endpoint);

    internal sealed record Request(long Id) : Message;

    internal sealed record Reply(long Id) : Message;

    internal sealed record Copy(int Slot) : Message;

    internal sealed record Copied(int Slot) : Message;

    private sealed class PlainNode(INodeContext context) : INode
    {
        private const long Heartbeat = 10_000_000;
        private readonly List<(EndpointId Client, long Id, int Missing)> _open = [];
        private readonly Stack<int> _free = new();

        public bool IsPrimary => context.Self.Value == 0;

        public void Start() => context.After(Heartbeat, Start);

        public void Receive(EndpointId from, Message message)
        {
            switch (message)
            {
                case Request request:
                    if (!_free.TryPop(out var slot))
                    {
                        slot = _open.Count;
                        _open.Add(default);
                    }

                    _open[slot] = (from, request.Id, context.NodeCount - 1);
                    var copy = new Copy(slot);
                    for (var i = 1; i < context.NodeCount; i++) context.Send(EndpointId.Node(i), copy);
                    break;
                case Copy(var number):
                    context.Send(from, new Copied(number));
                    break;
                case Copied(var number):
                    var (client, id, missing) = _open[number];
                    _open[number] = (client, id, missing - 1);
                    if (missing > 1) break;
                    context.Send(client, new Reply(id));
                    _free.Push(number);
                    break;
            }
        }
    }

    private sealed class PlainClient : IClient
    {
        private readonly IEndpoint _endpoint;
        private TaskCompletionSource<Completion>? _waiting;
        private long _id;

        public PlainClient(IEndpoint endpoint)
        {
            _endpoint = endpoint;
            endpoint.OnReceive = (_, message) =>
            {
                if (message is Reply reply && reply.Id == _id) _waiting!.SetResult(Completion.Ok(default));
            };
        }

        public ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation)
        {
            _waiting = new();
            _endpoint.Send(EndpointId.Node(0), new Request(++_id));
            return new(_waiting.Task);
        }

        public ValueTask DisposeAsync() => default;
    }
}
