using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Tests.Pumps;

/// <summary>
/// A tiny event loop for one store: every message takes a millisecond, every sync half of one, unless the test cuts the link or holds the
/// message.
/// </summary>
internal sealed class Pump
{
    public const long Millisecond = 1_000_000;
    private readonly PriorityQueue<Action, (long Time, long Sequence)> _events = new();
    private readonly Deployment _deployment;
    private readonly PumpStorage[] _disks;
    private readonly PumpEndpoint?[] _contexts;
    private readonly INode?[] _nodes;
    private readonly Dictionary<EndpointId, PumpEndpoint> _clients = [];
    private readonly HashSet<(EndpointId From, EndpointId To)> _cuts = [];
    private readonly List<(EndpointId From, EndpointId To, Message Message)> _held = [];
    private long _sequence;

    public Pump(INodeTarget target, int nodes, IReadOnlyList<string>? bugs = null, params (string Name, string Value)[] settings)
    {
        var options = new DeploymentOptions(nodes, settings.ToDictionary(s => s.Name, s => s.Value), bugs ?? []);
        _deployment = target.Configure(options);
        _disks = [.. Enumerable.Range(0, nodes).Select(_ => new PumpStorage())];
        _contexts = new PumpEndpoint?[nodes];
        _nodes = new INode?[nodes];
        for (var node = 0; node < nodes; node++) Restart(node);
    }

    public long Now { get; private set; }

    /// <summary>Messages for which it says true are kept back until <see cref="Release"/>.</summary>
    public Func<EndpointId, EndpointId, Message, bool> Holds { get; set; } = static (_, _, _) => false;

    /// <summary>Sees every message that is delivered.</summary>
    public Action<EndpointId, EndpointId, Message> Delivered { get; set; } = static (_, _, _) => { };

    public IReadOnlyList<int> Primaries =>
        [.. Enumerable.Range(0, _nodes.Length).Where(n => _nodes[n] is { IsPrimary: true })];

    public void JumpClock(int node, long nanoseconds) => _contexts[node]!.WallOffset = nanoseconds;

    public IClient OpenClient(int thread)
    {
        var endpoint = new PumpEndpoint(this, EndpointId.Client(thread), _nodes.Length, null);
        _clients[endpoint.Self] = endpoint;
        return _deployment.CreateClient(endpoint);
    }

    /// <summary>Runs one operation to its end.</summary>
    public Completion Invoke(IClient client, Function function, Value value = default, Value key = default)
    {
        var task = Begin(client, function, value, key);
        for (var i = 0; i < 3000 && !task.IsCompleted; i++) Run(Millisecond);
        Assert.True(task.IsCompleted, "the client did not end its operation");
        return task.Result;
    }

    public Value Read(IClient client, Value key = default)
    {
        var completion = Invoke(client, Function.Read, key: key);
        Assert.Equal(OperationType.Ok, completion.Type);
        return completion.Value;
    }

    public OperationType Write(IClient client, Value value, Value key = default) => Invoke(client, Function.Write, value, key).Type;

    /// <summary>Starts an operation; it goes on while time passes.</summary>
    public static Task<Completion> Begin(IClient client, Function function, Value value = default, Value key = default) =>
        client.InvokeAsync(new Invocation(0, function, key, value), CancellationToken.None).AsTask();

    /// <summary>What came of an operation that must have ended by now.</summary>
    public static Completion Outcome(Task<Completion> operation)
    {
        Assert.True(operation.IsCompleted, "the operation has not ended");
        return operation.Result;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(long nanoseconds)
    {
        var end = Now + nanoseconds;
        while (_events.TryPeek(out var action, out var due) && due.Time <= end)
        {
            _events.Dequeue();
            Now = due.Time;
            action();
        }

        Now = end;
    }

    public void RunSeconds(double seconds) => Run((long)(seconds * 1e9));

    public void Schedule(long delay, Action action) => _events.Enqueue(action, (Now + delay, _sequence++));

    /// <summary>Cuts all links between a node and everybody else, clients too.</summary>
    public void Isolate(int node)
    {
        var self = EndpointId.Node(node);
        foreach (var other in Everybody()) CutBoth(self, other);
    }

    public void CutNodes(int a, int b) => CutBoth(EndpointId.Node(a), EndpointId.Node(b));

    public void CutClient(int thread, int node) => CutBoth(EndpointId.Client(thread), EndpointId.Node(node));

    public void Heal() => _cuts.Clear();

    public void Kill(int node, bool powerLoss = false)
    {
        _contexts[node]!.IsAlive = false;
        _nodes[node] = null;
        _disks[node].Epoch++;
        if (powerLoss) _disks[node].LosePower();
    }

    public void Restart(int node)
    {
        var context = new PumpEndpoint(this, EndpointId.Node(node), _nodes.Length, _disks[node]);
        _contexts[node] = context;
        var created = _deployment.CreateNode(context);
        _nodes[node] = created;
        context.OnReceive = created.Receive;
        created.Start();
    }

    /// <summary>Delivers what was held, at once.</summary>
    public void Release()
    {
        Holds = static (_, _, _) => false;
        foreach (var (from, to, message) in _held) Deliver(from, to, message);
        _held.Clear();
    }

    /// <summary>Puts a message into a node's hands at once, whoever it is said to be from.</summary>
    public void Deliver(EndpointId from, EndpointId to, Message message)
    {
        Delivered(from, to, message);
        var receiver = to.IsNode ? _contexts[to.Ordinal] : _clients.GetValueOrDefault(to);
        if (receiver is { IsAlive: true }) receiver.OnReceive?.Invoke(from, message);
    }

    public void Send(EndpointId from, EndpointId to, Message message)
    {
        if (_cuts.Contains((from, to))) return;
        if (Holds(from, to, message)) _held.Add((from, to, message));
        else Schedule(Millisecond, () => Deliver(from, to, message));
    }

    private void CutBoth(EndpointId a, EndpointId b)
    {
        _cuts.Add((a, b));
        _cuts.Add((b, a));
    }

    private IEnumerable<EndpointId> Everybody() =>
        Enumerable.Range(0, _nodes.Length).Select(EndpointId.Node).Concat(Enumerable.Range(0, 10).Select(EndpointId.Client));
}
