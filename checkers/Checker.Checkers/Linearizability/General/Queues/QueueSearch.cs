using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// Searches first-in first-out queues whose values repeat. A queue is linearizable iff its elements can be put into one order in which their
/// enqueues keep real time and so do their dequeues, no enqueue comes after its dequeue, and whoever found the queue empty has a moment between two elements.
/// So elements are chosen one after another, each an enqueue and a dequeue of one value; what a configuration remembers is which enqueues and
/// which dequeues are used, never in which order, so that there are far fewer of them than contents of the queue.
/// </summary>
/// <remarks>
/// <para>Every operation is placed at the earliest moment that the order allows: the latest invocation up to it at its end of the queue, and no
/// dequeue before its enqueue. An order is one iff these moments lie before the returns.</para>
/// <para>Reductions, all exact. Of two enqueues, or two dequeues, of one value the one that was invoked and returned earlier goes first: the
/// two can change places. Those of unknown outcome go by invocation. Whoever found the queue empty is placed as soon as nothing that is left
/// has to come before that moment: this restricts nobody.</para>
/// <para>Depth first, with memory; a step is an element tried.</para>
/// </remarks>
internal sealed class QueueSearch
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "queue pairs (repeated values)";

    private readonly QueueProblem _problem;
    private readonly StepMeter _meter;
    private readonly int _enqueueWords;
    private readonly int _dequeueWords;
    private readonly int _width;
    private readonly ConfigurationSet _seen;
    private readonly List<(int Start, int Next)> _frames = []; // the branches of each configuration on the path
    private readonly List<QueueStep> _branches = [];
    private readonly List<int> _enqueues = [];
    private readonly List<int> _dequeues = [];
    private ulong[] _path; // the configurations on the path
    private int _deepest = -1; // the return that could not be passed on the best path

    public QueueSearch(QueueProblem problem, SearchBudget budget)
    {
        (_problem, _meter) = (problem, new StepMeter(budget, Bytes));
        _enqueueWords = (problem.Enqueues.SlotCount + 63) / 64;
        _dequeueWords = (problem.Dequeues.SlotCount + 63) / 64;
        _width = QueueConfiguration.Width(_enqueueWords, _dequeueWords, (problem.UnknownEnqueues.Count + 63) / 64);
        _seen = new ConfigurationSet(_width);
        _path = new ulong[_width * 64];
    }

    /// <summary>Searches until an order is found, none is left, or the budget is spent.</summary>
    public SearchResult Run(in KeyHistory history)
    {
        if (Settle(At(0))) Push();
        while (_frames.Count > 0)
        {
            var depth = _frames.Count - 1;
            if (IsDone(At(depth))) return new() { Kind = VerdictKind.Valid, Order = Order(history), Steps = _meter.Steps };
            if (_meter.Spent() is { } reason) return new() { Kind = VerdictKind.Unknown, Order = [], Reason = reason, Steps = _meter.Steps };
            var (start, next) = _frames[depth];
            if (next == _branches.Count)
            {
                _branches.RemoveRange(start, _branches.Count - start);
                _frames.RemoveAt(depth);
                continue;
            }

            _frames[depth] = (start, next + 1);
            _meter.Steps++;
            if (_path.Length < (depth + 2) * _width) Array.Resize(ref _path, 2 * _path.Length);
            _path.AsSpan(depth * _width, _width).CopyTo(_path.AsSpan((depth + 1) * _width));
            if (Take(At(depth + 1), _branches[next]) && Settle(At(depth + 1)) && _seen.Add(_path.AsSpan((depth + 1) * _width, _width))) Push();
        }

        return new() { Kind = VerdictKind.Invalid, Order = [], Stuck = Stuck(history), Steps = _meter.Steps };
    }

    private QueueConfiguration At(int depth) => new(_path.AsSpan(depth * _width, _width), _enqueueWords, _dequeueWords);

    private long Bytes() => _seen.NextBytes + (8L * _path.Length) + (8L * _branches.Capacity);

    private bool IsDone(QueueConfiguration at) => at.PassedDequeues == _problem.Dequeues.Count && at.Empties == _problem.Empties.Count;

    private void Push()
    {
        var at = At(_frames.Count);
        _frames.Add((_branches.Count, _branches.Count));
        _deepest = Math.Max(_deepest, Math.Min(_problem.Dequeues.FirstReturn(at.PassedDequeues), EmptyReturn(at)));
        AddBranches(at);
    }

    // Elements whose dequeue returns earlier come first, then those whose enqueue does; dequeues of unknown outcome are the last resort.
    private void AddBranches(QueueConfiguration at)
    {
        _enqueues.Clear();
        _dequeues.Clear();
        _problem.Enqueues.Open(at.PassedEnqueues, at.EnqueueSlots, _enqueues);
        _problem.Dequeues.Open(at.PassedDequeues, at.DequeueSlots, _dequeues);
        for (var i = 0; i < _dequeues.Count; i++)
        {
            if (!IsDominated(_problem.Dequeues, _dequeues, i)) AddBranches(at, _dequeues[i]);
        }

        if (at.UnknownDequeues == _problem.UnknownDequeues.Count) return;
        for (var i = 0; i < _enqueues.Count; i++)
        {
            if (!IsDominated(_problem.Enqueues, _enqueues, i)) _branches.Add(new(_enqueues[i], -1));
        }
    }

    private void AddBranches(QueueConfiguration at, int dequeue)
    {
        var (value, end) = (_problem.Dequeues[dequeue].Value, _problem.Dequeues[dequeue].Return);
        var earliest = int.MaxValue;
        for (var i = 0; i < _enqueues.Count; i++)
        {
            ref readonly var enqueue = ref _problem.Enqueues[_enqueues[i]];
            if (enqueue.Value != value) continue;
            if (enqueue.Invoke < end && enqueue.Invoke < earliest) _branches.Add(new(_enqueues[i], dequeue));
            earliest = Math.Min(earliest, enqueue.Invoke);
        }

        foreach (var unknown in _problem.UnknownOf[value] ?? [])
        {
            if ((at.UnknownEnqueues[unknown >> 6] >> unknown & 1) != 0) continue;
            var invoke = _problem.UnknownEnqueues[unknown].Invoke;
            if (invoke < end && invoke < earliest) _branches.Add(new(~unknown, dequeue));
            return;
        }
    }

    // Whether one of the same value that returns earlier was invoked earlier, too.
    private static bool IsDominated(QueueSide side, List<int> open, int index)
    {
        ref readonly var operation = ref side[open[index]];
        for (var i = 0; i < index; i++)
        {
            if (side[open[i]].Value == operation.Value && side[open[i]].Invoke < operation.Invoke) return true;
        }

        return false;
    }

    // Lets an element through; false if an operation that is left would come too late.
    private bool Take(QueueConfiguration at, QueueStep step)
    {
        if (step.Enqueue >= 0)
        {
            at.Enqueued = Math.Max(at.Enqueued, _problem.Enqueues[step.Enqueue].Invoke);
            at.PassedEnqueues = _problem.Enqueues.Place(step.Enqueue, at.PassedEnqueues, at.EnqueueSlots);
        }
        else
        {
            at.Enqueued = Math.Max(at.Enqueued, _problem.UnknownEnqueues[~step.Enqueue].Invoke);
            at.UnknownEnqueues[~step.Enqueue >> 6] |= 1UL << ~step.Enqueue;
        }

        var invoke = step.Dequeue >= 0 ? _problem.Dequeues[step.Dequeue].Invoke : _problem.UnknownDequeues[at.UnknownDequeues++].Invoke;
        at.Dequeued = Math.Max(at.Dequeued, Math.Max(at.Enqueued, invoke));
        if (step.Dequeue >= 0)
        {
            if (at.Dequeued >= _problem.Dequeues[step.Dequeue].Return) return false;
            at.PassedDequeues = _problem.Dequeues.Place(step.Dequeue, at.PassedDequeues, at.DequeueSlots);
        }

        return at.Enqueued < _problem.Enqueues.FirstReturn(at.PassedEnqueues) && at.Dequeued < _problem.Dequeues.FirstReturn(at.PassedDequeues);
    }

    // Places whoever found the queue empty as far as that restricts nobody; false if one of them is too late.
    private bool Settle(QueueConfiguration at)
    {
        var limit = Math.Min(_problem.Enqueues.FirstReturn(at.PassedEnqueues), _problem.Dequeues.FirstReturn(at.PassedDequeues));
        while (at.Empties < _problem.Empties.Count)
        {
            var moment = Math.Max(at.Dequeued, _problem.Empties[at.Empties].Invoke);
            if (at.Dequeued >= EmptyReturn(at)) return false;
            if (moment >= limit) return true;
            at.Enqueued = at.Dequeued = moment;
            while (at.Empties < _problem.Empties.Count && _problem.Empties[at.Empties].Invoke <= moment)
            {
                if (_problem.Empties[at.Empties].Return <= moment) return false;
                at.Empties++;
            }
        }

        return true;
    }

    // The first return of one who found the queue empty and is not placed.
    private int EmptyReturn(QueueConfiguration at) => _problem.EmptyReturns[at.Empties];

    private int Stuck(in KeyHistory history)
    {
        for (var i = 0; i < _problem.Dequeues.Count; i++)
        {
            if (_problem.Dequeues[i].Return == _deepest) return history.Operations[_problem.Dequeues[i].Row];
        }

        var empty = _problem.Empties.Find(empty => empty.Return == _deepest);
        return _deepest >= 0 && empty.Return == _deepest ? history.Operations[empty.Row] : -1;
    }

    // The operations on the path by moment. At one moment, what was before an emptiness comes first; then enqueues before dequeues.
    private int[] Order(in KeyHistory history)
    {
        var placed = new List<(int Moment, int Emptiness, int Class, int Sequence, int Row)>(history.Count);
        var enqueued = new HashSet<int>();
        AddEmpties(0, At(0).Empties, 0, placed);
        for (var depth = 0; depth + 1 < _frames.Count; depth++)
        {
            var step = _branches[_frames[depth].Next - 1];
            var before = At(depth);
            var enqueue = step.Enqueue >= 0 ? _problem.Enqueues[step.Enqueue] : _problem.UnknownEnqueues[~step.Enqueue];
            var dequeue = step.Dequeue >= 0 ? _problem.Dequeues[step.Dequeue] : _problem.UnknownDequeues[before.UnknownDequeues];
            var enters = Math.Max(before.Enqueued, enqueue.Invoke);
            if (step.Enqueue >= 0) enqueued.Add(step.Enqueue);
            if (enqueue.Row >= 0) placed.Add((enters, before.Empties, 0, placed.Count, enqueue.Row));
            var leaves = Math.Max(before.Dequeued, Math.Max(enters, dequeue.Invoke));
            placed.Add((leaves, before.Empties, 1, placed.Count, dequeue.Row));
            AddEmpties(before.Empties, At(depth + 1).Empties, leaves, placed);
        }

        var end = At(_frames.Count - 1);
        var left = Enumerable.Range(0, _problem.Enqueues.Count).Where(number => !enqueued.Contains(number)).Select(number => _problem.Enqueues[number]);
        foreach (var enqueue in left.Where(enqueue => enqueue.Row >= 0).OrderBy(enqueue => enqueue.Invoke))
            placed.Add((Math.Max(end.Enqueued, enqueue.Invoke), end.Empties, 0, placed.Count, enqueue.Row));
        placed.Sort();
        var operations = new int[placed.Count];
        for (var i = 0; i < operations.Length; i++) operations[i] = history.Operations[placed[i].Row];
        return operations;
    }

    // Those who found the queue empty, from one up to another, at the moments that settling gave them.
    private void AddEmpties(int from, int to, int moment, List<(int Moment, int Emptiness, int Class, int Sequence, int Row)> placed)
    {
        var start = from;
        for (var i = from; i < to; i++)
        {
            if (_problem.Empties[i].Invoke > moment) start = i;
            moment = Math.Max(moment, _problem.Empties[i].Invoke);
            placed.Add((moment, start, 2, placed.Count, _problem.Empties[i].Row));
        }
    }
}
