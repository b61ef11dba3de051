using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>Makes an order of operations of the path of a <see cref="QueueSearch"/>.</summary>
internal sealed class QueueReplay(QueueProblem problem)
{
    private readonly List<(int Moment, int Emptiness, int Class, int Sequence, int Row)> _placed = [];

    /// <summary>
    /// Everything happens at the last event that has passed at its end: at one moment what was before an emptiness comes first, then enqueues before
    /// dequeues, and then whoever found nothing. What nobody dequeued comes when the path is over.
    /// </summary>
    public int[] Order(QueueLink? last, QueueConfiguration end, in KeyHistory history)
    {
        var links = new List<QueueLink>();
        for (; last is not null; last = last.Before) links.Add(last);
        links.Reverse();
        var (enqueues, dequeues) = (problem.Enqueues, problem.Dequeues);
        var dequeued = new HashSet<int>();
        var served = 0; // events of dequeues up to which whoever found nothing is placed
        var (emptied, emptiness) = (-1, 0);
        foreach (var (_, enqueue, dequeue, entered, left) in links)
        {
            var enters = Math.Max(emptied, enqueues.TimeBefore(entered));
            var leaves = Math.Max(enters, dequeues.TimeBefore(left));
            if (enqueue == QueueLink.Empty)
            {
                emptied = leaves;
                foreach (var row in dequeues.EmptyRows(served, left)) _placed.Add((leaves, emptiness, 2, _placed.Count, row));
                (served, emptiness) = (left, emptiness + 1);
                continue;
            }

            if (enqueue >= 0) _placed.Add((enters, emptiness, 0, _placed.Count, enqueue));
            _placed.Add((leaves, emptiness, 1, _placed.Count, dequeue));
            dequeued.Add(enqueue);
        }

        var after = Math.Max(emptied, enqueues.TimeBefore(end.Entered));
        foreach (var (row, _, invoke, _) in enqueues.Operations)
        {
            if (row >= 0 && !dequeued.Contains(row)) _placed.Add((Math.Max(after, invoke), emptiness, 0, _placed.Count, row));
        }

        _placed.Sort();
        var operations = new int[_placed.Count];
        for (var i = 0; i < operations.Length; i++) operations[i] = history.Operations[_placed[i].Row];
        return operations;
    }
}
