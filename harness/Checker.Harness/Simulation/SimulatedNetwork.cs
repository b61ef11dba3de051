using System.Runtime.CompilerServices;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Simulation;

/// <summary>
/// The links between all endpoints, each with its own stream of randomness, its order, and its faults. Endpoints are numbered densely: nodes
/// first, then clients by thread.
/// </summary>
internal sealed class SimulatedNetwork
{
    private readonly SimulatedWorld _world;
    private readonly EventQueue _queue;
    private readonly NetworkProfile _profile;
    private readonly SeededRandom _random;
    private readonly int _nodes;
    private readonly bool _isPerfect;
    private Receiver?[] _receivers;
    private Connection[] _links;
    private int _stride;
    private int _faults;

    /// <summary>Links between so many nodes, with nobody there yet.</summary>
    public SimulatedNetwork(SimulatedWorld world, EventQueue queue, NetworkProfile profile, int nodes)
    {
        (_world, _queue, _profile, _nodes, _stride) = (world, queue, profile, nodes, nodes);
        _random = world.Random.Split("network");
        _isPerfect = profile is { Loss: 0, Duplication: 0, Reordering: 0 };
        _receivers = new Receiver?[nodes];
        _links = new Connection[nodes * nodes];
    }

    /// <summary>Messages that arrived up to now.</summary>
    public long Delivered { get; private set; }

    /// <summary>Puts a receiver in its place, instead of its forerunner if there was one.</summary>
    public void Connect(Receiver receiver)
    {
        var index = Index(receiver.Id);
        Reserve(index);
        _receivers[index] = receiver;
    }

    /// <summary>The receiver at a place, or null.</summary>
    public Receiver? At(EndpointId id) => Index(id) is var index && index < _receivers.Length ? _receivers[index] : null;

    /// <summary>The place of an endpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public int Index(EndpointId id)
    {
        if (id.Value < 0) return _nodes - 1 - id.Value;
        if (id.Value >= _nodes) throw new ArgumentOutOfRangeException(nameof(id), id, $"there are {_nodes} nodes");
        return id.Value;
    }

    /// <summary>Sends a message.</summary>
    public void Send(Receiver sender, EndpointId to, Message message)
    {
        _world.CheckThread();
        var target = Index(to);
        if (target >= _receivers.Length || _receivers[target] is not { } receiver) return; // no such client: nobody listens
        var source = Index(sender.Id);
        ref var link = ref _links[(source * _stride) + target];
        var random = link.Random ??= _random.Split("from", sender.Id.Value).Split("to", to.Value);
        var latency = source == target ? _profile.ToSelf : (source < _nodes && target < _nodes) ? _profile.NodeToNode : _profile.ClientToNode;
        var due = _world.DueAfter(latency.Sample(random));
        var item = new Event { Payload = message, From = sender.Id.Value, To = target, Life = receiver.Life };
        if (link.Faults is not null || !_isPerfect)
        {
            SendBadly(ref link, receiver, latency, due, item);
            return;
        }

        if (!receiver.IsUp)
        {
            receiver.Miss();
            return;
        }

        if (due < link.Last) due = link.Last;
        else link.Last = due;
        _queue.Push(due, item);
    }

    /// <summary>Delivers a message that is due.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deliver(in Event item)
    {
        var receiver = _receivers[item.To]!;
        if (receiver.Life != item.Life) return;
        if (_faults > 0 && _links[(Index(new EndpointId(item.From)) * _stride) + item.To].Faults is { } faults && LinkEffect.CountCuts(faults)) return;
        Delivered++;
        if (receiver.IsHolding)
        {
            receiver.Hold(item);
            return;
        }

        receiver.Receive(new EndpointId(item.From), Unsafe.As<Message>(item.Payload));
    }

    /// <summary>Puts a fault on links until it is healed.</summary>
    public LinkFault Break(IReadOnlyList<Link> links, LinkFault fault)
    {
        var distinct = links.Distinct().ToArray();
        foreach (var (from, to) in distinct)
        {
            Reserve(Math.Max(Index(from), Index(to)));
            ref var link = ref _links[(Index(from) * _stride) + Index(to)];
            link.Faults = [.. link.Faults ?? [], fault];
        }

        _faults++;
        fault.HealBy(() =>
        {
            foreach (var (from, to) in distinct)
            {
                ref var link = ref _links[(Index(from) * _stride) + Index(to)];
                LinkFault[] left = [.. link.Faults!.Where(other => other != fault)];
                link.Faults = left.Length == 0 ? null : left;
            }

            _faults--;
            return default;
        });
        return fault;
    }

    private void SendBadly(ref Connection link, Receiver receiver, Latency latency, long due, in Event item)
    {
        var random = link.Random!;
        var effect = default(LinkEffect);
        if (link.Faults is not null && !LinkEffect.Draw(link.Faults, random, out effect)) return;
        if (_profile.Loss > 0 && random.Chance(_profile.Loss)) return;
        if (_profile.Duplication > 0 && random.Chance(_profile.Duplication)) effect.Copies++;
        var isFree = effect.Reordered is not null || (_profile.Reordering > 0 && random.Chance(_profile.Reordering));
        if (!receiver.IsUp)
        {
            receiver.Miss();
            return;
        }

        due += effect.Delay;
        for (; effect.Copies > 0; effect.Copies--) _queue.Push(due + latency.Sample(random), item);
        if (isFree)
        {
            // Freed from the order of its link, and slower by up to a few times the usual way, so that others can overtake it.
            if (random.Chance(0.5)) due += 2 * latency.Sample(random);
            if (due < link.Last) effect.Reordered?.Hit();
            else (link.StrayDue, link.Stray) = (due, effect.Reordered);
        }
        else
        {
            if (due < link.Last) due = link.Last;
            else link.Last = due;
            if (due < link.StrayDue)
            {
                link.Stray?.Hit();
                (link.StrayDue, link.Stray) = (0, null);
            }
        }

        _queue.Push(due, item);
    }

    private void Reserve(int index)
    {
        if (index < _stride) return;
        var stride = Math.Max(index + 1, 2 * _stride);
        var links = new Connection[stride * stride];
        for (var row = 0; row < _stride; row++) Array.Copy(_links, row * _stride, links, row * stride, _stride);
        _links = links;
        _stride = stride;
        Array.Resize(ref _receivers, stride);
    }

    private struct Connection
    {
        public SeededRandom? Random;
        public LinkFault[]? Faults; // null: none
        public LinkFault? Stray; // the fault that freed the message below
        public long Last; // no message that keeps the order arrives before
        public long StrayDue; // when the latest message that keeps no order arrives
    }
}
