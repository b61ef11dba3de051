using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>The operations of a first-in first-out queue, apart by what they do; events are numbered from 0 without holes.</summary>
internal sealed class QueueProblem
{
    private QueueProblem(int values, List<QueueOperation>[] enqueues, List<QueueOperation>[] dequeues, List<QueueOperation> empties)
    {
        Enqueues = new QueueSide(enqueues[0], enqueues[1], [], values);
        Dequeues = new QueueSide(dequeues[0], dequeues[1], empties, values);
        Supply = new QueueSupply(enqueues[1], Enqueues, values);
        Outlook = new QueueOutlook(this, values);
    }

    /// <summary>The enqueues, and what the queue held at first; of those of unknown outcome the ones whose value somebody found.</summary>
    public QueueSide Enqueues { get; }

    /// <summary>The dequeues.</summary>
    public QueueSide Dequeues { get; }

    /// <summary>The enqueues of unknown outcome by value.</summary>
    public QueueSupply Supply { get; }

    /// <summary>What will be needed.</summary>
    public QueueOutlook Outlook { get; }

    /// <summary>Reads a queue; null if the object is none, or an operation has no meaning there.</summary>
    public static QueueProblem? Of(in KeyHistory history)
    {
        if (history.Type.Name != DataTypes.Queue.Name) return null;
        var table = history.History.Values;
        var initial = history.Initial.IsNull ? default : table.Kind(history.Initial) == ValueKind.List ? table.Items(history.Initial) : [ValueId.Null];
        using var numbers = new ValueNumbers(history.Count);
        List<QueueOperation>[] enqueues = [[], []]; // finished, unknown
        List<QueueOperation>[] dequeues = [[], []];
        var empties = new List<QueueOperation>();
        var before = 2 * initial.Length;
        for (var i = 0; i < initial.Length; i++)
        {
            if (initial[i].IsNull) return null;
            enqueues[0].Add(new(-1, numbers.NumberOf(initial[i]), 2 * i, (2 * i) + 1));
        }

        var time = new LocalTime(history);
        var found = new HashSet<int>();
        for (var row = 0; row < history.Count; row++)
        {
            var (enqueue, info) = (history.Functions[row] == Function.Enqueue, history.Types[row] == OperationType.Info);
            var value = enqueue ? history.Inputs[row] : history.Outputs[row];
            if (history.Functions[row] is not (Function.Enqueue or Function.Dequeue) || (enqueue && value.IsNull)) return null;
            var number = !enqueue && (info || value.IsNull) ? -1 : numbers.NumberOf(value);
            var operation = new QueueOperation(row, number, before + time.Invoke[row], info ? int.MaxValue : before + time.Return[row]);
            if (!enqueue && !info && number < 0) empties.Add(operation);
            else (enqueue ? enqueues : dequeues)[info ? 1 : 0].Add(operation);
            if (!enqueue && number >= 0) found.Add(number);
        }

        enqueues[1].RemoveAll(operation => !found.Contains(operation.Value));
        return new QueueProblem(numbers.Count, enqueues, dequeues, empties);
    }
}
