using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// Searches first-in first-out queues whose values repeat, operations of unknown outcome included. What has happened at the two ends of a queue is
/// how far time has gone at each, so an order of elements is a path: step by step time goes on at one end or at the other, where elements leave never
/// behind where they enter. Along the path every operation is open for a stretch. Elements are pairs of an enqueue and a dequeue of one value that are open at
/// the same time; whoever found the queue empty needs a step at which time is the same at both ends.
/// </summary>
/// <remarks>
/// <para>Along one path there is nothing to choose. Of each value, enqueues and dequeues are two families of intervals, and all have to be paired with one
/// they meet; whatever returns and is not paired is best paired with the one open that returns first. For if a–b' and a'–b are pairs, a and b meet, a'
/// ends no earlier than a and b' no earlier than b, then a'–b' meet as well: at the later of the moments at which the others met. An operation of unknown
/// outcome never ends, so it serves last, and only when there is nothing else; the same exchange shows that. What nobody dequeues is paired with the end of
/// the history.</para>
/// <para>So a configuration needs no order, only the positions at both ends, what is open and not paired, and the counts of unknown outcomes used.
/// Time goes on freely past invocations and past returns of what is paired, since intervals only grow by that; and two operations each of which returns first
/// of all of its value that are still to come are paired at once, by the exchange. What is left is a choice of two: at which end to let an operation return
/// that has to be paired with what is open now. Where operations of a value never lie inside one another and all outcomes are known, not even that is left.
/// While somebody waits to find the queue empty, to go on where elements leave is a choice as well.</para>
/// <para>Configurations are carried in the order of how many events have passed. A beam carries the most promising ones and goes back and carries more
/// where none survives, as for registers; it refutes only if nothing was left out. A step is a configuration that was carried on.</para>
/// </remarks>
internal sealed class QueueSearch
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "queue paths (repeated values)";

    private const int Interval = 32; // events between checkpoints just behind

    private readonly QueueProblem _problem;
    private readonly QueueShape _shape;
    private readonly BeamWidth? _beam;
    private readonly StepMeter _meter;
    private readonly QueueLayers _layers;
    private readonly Checkpoints<QueueLayer> _checkpoints = new(Interval, static layer => layer.Bytes);
    private readonly ulong[] _next;
    private QueueLink? _link; // of the configuration that is being made
    private bool _truncated;

    /// <summary>A search for one queue.</summary>
    /// <param name="problem">The queue.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="beam">How many configurations to carry; null for all.</param>
    public QueueSearch(QueueProblem problem, SearchBudget budget, BeamWidth? beam = null)
    {
        (_problem, _beam, _shape) = (problem, beam, new QueueShape(problem));
        _layers = new QueueLayers(_shape, problem.Supply);
        _meter = new StepMeter(budget, () => _layers.Bytes + _checkpoints.Bytes);
        _next = new ulong[_shape.Width];
    }

    /// <summary>Searches until an order is found, none is left, or the budget is spent.</summary>
    public SearchResult Run(in KeyHistory history)
    {
        new QueueConfiguration(_next, _shape).Emptied = 0;
        var (farthest, most) = (_next, -1);
        if (Settle()) return Valid(history);
        for (; ; )
        {
            if (!_layers.TryTake(out var layer, out var progress))
            {
                if (!_truncated) return Failed(history, farthest, null);
                if (!_beam!.Widen(most)) return Failed(history, farthest, "the most promising orders lead nowhere");
                var checkpoint = _checkpoints.Before(most - _beam.Back);
                _truncated = checkpoint.Truncated;
                for (var number = 0; number < checkpoint.Configurations.Count; number++)
                    _layers.Add(checkpoint.Configurations[number], checkpoint.Configurations.Link(number));
                continue;
            }

            if (progress > most) (farthest, most) = (layer[0].ToArray(), progress);
            if (_beam is not null && _checkpoints.IsDue(progress)) _checkpoints.Add(new(progress, _layers.Copy(layer), _truncated));
            var width = _beam?.At(progress) ?? int.MaxValue;
            _truncated |= layer.Count > width;
            foreach (var number in layer.Best(width))
            {
                _meter.Steps++;
                if (_meter.Spent() is { } reason) return Failed(history, farthest, reason);
                if (PassEnqueue(layer[number], layer.Link(number)) && Settle()) return Valid(history);
                if (PassDequeue(layer[number], layer.Link(number)) && Settle()) return Valid(history);
            }

            _layers.Recycle(layer);
        }
    }

    // Lets the enqueue that is about to return do so; false if there is no dequeue for its element.
    private bool PassEnqueue(Span<ulong> from, QueueLink? link)
    {
        var (enqueues, dequeues) = (_problem.Enqueues, _problem.Dequeues);
        var before = new QueueConfiguration(from, _shape);
        if (enqueues.TimeAfter(before.Entered) > dequeues.TimeAfter(before.Left) || before.Entered == enqueues.EventCount) return false;
        var enqueue = enqueues.Event(before.Entered).Operation;
        var dequeue = dequeues.Earliest(enqueues[enqueue].Value, before.Left, before.Dequeues);
        if (dequeue < 0 && !CanVanish(before, enqueues[enqueue].Value)) return false;
        from.CopyTo(_next);
        var at = new QueueConfiguration(_next, _shape);
        var row = dequeue >= 0 ? dequeues[dequeue].Row : dequeues.UnknownRows[at.UnknownDequeues++];
        if (dequeue >= 0) Clear(at.Dequeues, dequeues.SlotOf(dequeue));
        Clear(at.Enqueues, enqueues.SlotOf(enqueue));
        _link = new(link, enqueues[enqueue].Row, row, at.Entered, at.Left);
        Pair(at, enqueues[enqueue].Value);
        return true;
    }

    // Whether an element can go to a dequeue of unknown outcome.
    private bool CanVanish(QueueConfiguration at, int value)
    {
        var (unknown, used) = (_problem.Dequeues.Unknown, at.UnknownDequeues);
        return used < unknown.Length && unknown[used] < at.Left && _problem.Outlook.CanSpare(at, value);
    }

    // Lets the next event pass where elements leave; false if it is a return that cannot be.
    private bool PassDequeue(Span<ulong> from, QueueLink? link)
    {
        var (enqueues, dequeues) = (_problem.Enqueues, _problem.Dequeues);
        from.CopyTo(_next);
        _link = link;
        var at = new QueueConfiguration(_next, _shape);
        if (IsFree(at))
        {
            Leave(at);
            return true;
        }

        var (_, kind, dequeue) = dequeues.Event(at.Left);
        if (kind != QueueEventKind.Return) return false; // somebody who has not found the queue empty
        var enqueue = enqueues.Earliest(dequeues[dequeue].Value, at.Entered, at.Enqueues);
        var row = enqueue >= 0 ? enqueues[enqueue].Row : _problem.Supply.Take(dequeues[dequeue].Value, at.Entered, at.Used);
        if (enqueue < 0 && row < 0) return false;
        if (enqueue >= 0) Clear(at.Enqueues, enqueues.SlotOf(enqueue));
        Clear(at.Dequeues, dequeues.SlotOf(dequeue));
        _link = new(link, row, dequeues[dequeue].Row, at.Entered, at.Left);
        Leave(at);
        Pair(at, dequeues[dequeue].Value);
        return true;
    }

    // Lets time go on where that restricts nothing, and keeps what comes of it; true if all dequeues are over.
    private bool Settle()
    {
        var (enqueues, dequeues) = (_problem.Enqueues, _problem.Dequeues);
        var at = new QueueConfiguration(_next, _shape);
        while (true)
        {
            Enter(at);
            if (at.Left == dequeues.EventCount) return true;
            if (IsAwaited(at))
            {
                if (enqueues.TimeAfter(at.Entered) < dequeues.TimeBefore(at.Left)) break;
                at.Emptied = at.Left;
                _link = new(_link, QueueLink.Empty, -1, at.Entered, at.Left);
            }

            if (!IsFree(at)) break;
            Leave(at);
        }

        _layers.Add(_next, _link);
        return false;
    }

    // Whether somebody who is open where elements leave has not found the queue empty.
    private bool IsAwaited(QueueConfiguration at) => _problem.Dequeues.LastEmpty(at.Left) >= at.Emptied;

    // Whether the next event where elements leave can pass as things are.
    private bool IsFree(QueueConfiguration at)
    {
        ref readonly var next = ref _problem.Dequeues.Event(at.Left);
        return next.Kind switch
        {
            QueueEventKind.Return => !IsSet(at.Dequeues, _problem.Dequeues.SlotOf(next.Operation)),
            QueueEventKind.EmptyReturn => next.Operation < at.Emptied,
            _ => true,
        };
    }

    private void Leave(QueueConfiguration at)
    {
        ref readonly var next = ref _problem.Dequeues.Event(at.Left);
        at.Left++;
        if (_problem.Dequeues.LastEmpty(at.Left) < 0) at.Emptied = 0;
        if (next.Kind != QueueEventKind.Invoke) return;
        Set(at.Dequeues, _problem.Dequeues.SlotOf(next.Operation));
        Pair(at, _problem.Dequeues[next.Operation].Value);
    }

    private void Enter(QueueConfiguration at)
    {
        var (enqueues, end) = (_problem.Enqueues, _problem.Dequeues.TimeAfter(at.Left));
        for (; at.Entered < enqueues.EventCount && enqueues.TimeAfter(at.Entered) < end;)
        {
            ref readonly var next = ref enqueues.Event(at.Entered);
            if (next.Kind == QueueEventKind.Return && IsSet(at.Enqueues, enqueues.SlotOf(next.Operation))) return;
            at.Entered++;
            if (next.Kind != QueueEventKind.Invoke) continue;
            Set(at.Enqueues, enqueues.SlotOf(next.Operation));
            Pair(at, enqueues[next.Operation].Value);
        }
    }

    // Pairs what returns first of all of a value that are still to come.
    private void Pair(QueueConfiguration at, int value)
    {
        var (enqueues, dequeues) = (_problem.Enqueues, _problem.Dequeues);
        while (true)
        {
            var enqueue = enqueues.Earliest(value, at.Entered, at.Enqueues);
            if (enqueue < 0 || !enqueues.IsFirst(enqueue, at.Entered)) return;
            var dequeue = dequeues.Earliest(value, at.Left, at.Dequeues);
            if (dequeue < 0 || !dequeues.IsFirst(dequeue, at.Left)) return;
            Clear(at.Enqueues, enqueues.SlotOf(enqueue));
            Clear(at.Dequeues, dequeues.SlotOf(dequeue));
            _link = new(_link, enqueues[enqueue].Row, dequeues[dequeue].Row, at.Entered, at.Left);
        }
    }

    private SearchResult Valid(in KeyHistory history) =>
        new() { Kind = VerdictKind.Valid, Order = new QueueReplay(_problem).Order(_link, new(_next, _shape), history), Steps = _meter.Steps };

    private SearchResult Failed(in KeyHistory history, ulong[] farthest, string? reason)
    {
        var at = new QueueConfiguration(farthest, _shape);
        ref readonly var next = ref _problem.Dequeues.Event(at.Left);
        var row = next.Kind == QueueEventKind.Return ? _problem.Dequeues[next.Operation].Row : _problem.Dequeues.EmptyRowAt(next.Operation);
        return new()
        {
            Kind = reason is null ? VerdictKind.Invalid : VerdictKind.Unknown,
            Order = [],
            Placed = _problem.Enqueues.RowsReturned(at.Entered) + _problem.Dequeues.RowsReturned(at.Left),
            Stuck = history.Operations[row],
            Reason = reason ?? "",
            Steps = _meter.Steps,
        };
    }

    private static bool IsSet(ReadOnlySpan<ulong> slots, int slot) => (slots[slot >> 6] >> slot & 1) != 0;

    private static void Set(Span<ulong> slots, int slot) => slots[slot >> 6] |= 1UL << slot;

    private static void Clear(Span<ulong> slots, int slot) => slots[slot >> 6] &= ~(1UL << slot);
}
