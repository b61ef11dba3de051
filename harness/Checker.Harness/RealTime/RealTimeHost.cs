using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.RealTime;

/// <summary>What one node or client stands on in the real world: its loop, its sockets, and the order and faults of the links that lead to it.</summary>
internal sealed class RealTimeHost(RealTimeCluster cluster, EndpointId id, EventLoop loop) : IHost, IAsyncDisposable
{
    private const long Millisecond = 1_000_000;
    private readonly SeededRandom _linkRandom = cluster.World.Random.Split("links", id.Value);
    private readonly Dictionary<EndpointId, LinkOrder> _orders = [];
    private readonly List<Task> _closed = [];
    private Transport? _transport;
    private int _port;

    /// <summary>The node's machine or the client's place; set once, before anything else.</summary>
    public Receiver Receiver { get; set; } = null!;

    /// <summary>Where it listens; 0: nowhere. Read from any thread.</summary>
    public int Port => Volatile.Read(ref _port);

    /// <inheritdoc/>
    public long Now => cluster.World.Now;

    /// <inheritdoc/>
    public int NodeCount => cluster.Deployment.Nodes;

    /// <inheritdoc/>
    public Deployment Deployment => cluster.Deployment;

    /// <inheritdoc/>
    public SeededRandom Random => cluster.World.Random;

    /// <inheritdoc/>
    public EventQueue Queue => loop.Queue;

    /// <inheritdoc/>
    public void CheckThread() => loop.CheckThread();

    /// <inheritdoc/>
    public ValueTask Invoke(Action action) => loop.Invoke(action);

    /// <inheritdoc/>
    public void Send(Receiver sender, EndpointId to, Message message)
    {
        loop.CheckThread();
        var target = cluster.HostOf(to);
        if (cluster.Links[id, to] is { } faults && LinkEffect.CountCuts(faults)) return;
        if (target is null) return; // no such client: nobody listens
        var port = target.Port;
        if (port == 0 || !target.Receiver.IsUp)
        {
            target.Receiver.Miss();
            return;
        }

        _transport?.Send(to, port, cluster.Codec.Encode(message));
    }

    /// <inheritdoc/>
    public void Connect(Receiver receiver)
    {
        var life = receiver.Life;
        _transport = new Transport(
            id,
            (from, frame) =>
            {
                var message = cluster.Codec.Decode(frame);
                loop.Post(() => Arrive(from, message, life));
            },
            cluster.World.Fail);
        Volatile.Write(ref _port, _transport.Port);
    }

    /// <inheritdoc/>
    public void Disconnect(Receiver receiver)
    {
        Volatile.Write(ref _port, 0);
        _closed.RemoveAll(static task => task.IsCompleted);
        if (_transport is not null) _closed.Add(_transport.DisposeAsync().AsTask());
        _transport = null;
    }

    /// <summary>Delivers a message that is due.</summary>
    public void Deliver(in Event item)
    {
        if (Receiver.Life != item.Life) return;
        if (cluster.Links[new EndpointId(item.From), id] is { } faults && LinkEffect.CountCuts(faults)) return;
        cluster.CountDelivery();
        if (Receiver.IsHolding) Receiver.Hold(item);
        else Receiver.Receive(new EndpointId(item.From), (Message)item.Payload);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Disconnect(Receiver);
        await Task.WhenAll(_closed).ConfigureAwait(false);
    }

    /// <summary>A message has come out of the wire: the faults of its link decide when it arrives, if at all.</summary>
    private void Arrive(EndpointId from, Message message, int life)
    {
        if (Receiver.Life != life)
        {
            Receiver.Miss();
            return;
        }

        var effect = default(LinkEffect);
        if (cluster.Links[from, id] is { } faults && !LinkEffect.Draw(faults, _linkRandom, out effect)) return;
        if (!_orders.TryGetValue(from, out var order)) _orders.Add(from, order = new LinkOrder());
        var item = new Event { Payload = message, From = from.Value, To = id.Ordinal, Life = life };
        var due = Moments.After(Now, effect.Delay);
        for (; effect.Copies > 0; effect.Copies--) Queue.Push(due + _linkRandom.Next(0, 2 * Millisecond), item);
        if (effect.Reordered is not null)
        {
            due += _linkRandom.Next(Millisecond, 5 * Millisecond);
            (order.StrayDue, order.Stray) = (due, effect.Reordered);
        }
        else
        {
            due = order.Last = Math.Max(due, order.Last);
            if (due < order.StrayDue)
            {
                order.Stray?.Hit();
                (order.StrayDue, order.Stray) = (0, null);
            }
        }

        Queue.Push(due, item);
    }

    private sealed class LinkOrder
    {
        public long Last { get; set; } // no message that keeps the order arrives before

        public long StrayDue { get; set; } // when the latest message that keeps no order arrives

        public LinkFault? Stray { get; set; } // the fault that freed it
    }
}
