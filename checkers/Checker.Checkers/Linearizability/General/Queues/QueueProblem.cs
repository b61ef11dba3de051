using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>The operations of a first-in first-out queue, apart by what they do; events are numbered from 0 without holes.</summary>
internal sealed class QueueProblem
{
    private QueueProblem()
    {
    }

    /// <summary>The finished enqueues, and what the queue held at first.</summary>
    public required QueueSide Enqueues { get; init; }

    /// <summary>The finished dequeues that found something.</summary>
    public required QueueSide Dequeues { get; init; }

    /// <summary>The finished dequeues that found nothing, by invocation.</summary>
    public required List<QueueOperation> Empties { get; init; }

    /// <summary>For each of them, and after all, the first return from there on.</summary>
    public required int[] EmptyReturns { get; init; }

    /// <summary>The enqueues of unknown outcome whose value somebody found, by invocation.</summary>
    public required List<QueueOperation> UnknownEnqueues { get; init; }

    /// <summary>Of each value the enqueues of unknown outcome, by invocation.</summary>
    public required List<int>?[] UnknownOf { get; init; }

    /// <summary>The dequeues of unknown outcome, by invocation.</summary>
    public required List<QueueOperation> UnknownDequeues { get; init; }

    /// <summary>Reads a queue; null if the object is none, or an operation has no meaning there.</summary>
    public static QueueProblem? Of(in KeyHistory history)
    {
        if (history.Type.Name != DataTypes.Queue.Name) return null;
        var table = history.History.Values;
        var initial = history.Initial.IsNull ? default : table.Kind(history.Initial) == ValueKind.List ? table.Items(history.Initial) : [ValueId.Null];
        using var numbers = new ValueNumbers(history.Count);
        var (enqueues, dequeues, empties) = (new List<QueueOperation>(), new List<QueueOperation>(), new List<QueueOperation>());
        var (unknownEnqueues, unknownDequeues) = (new List<QueueOperation>(), new List<QueueOperation>());
        var before = 2 * initial.Length;
        for (var i = 0; i < initial.Length; i++)
        {
            if (initial[i].IsNull) return null;
            enqueues.Add(new(-1, numbers.NumberOf(initial[i]), 2 * i, (2 * i) + 1));
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
            (enqueue ? (info ? unknownEnqueues : enqueues) : info ? unknownDequeues : number < 0 ? empties : dequeues).Add(operation);
            if (!enqueue && number >= 0) found.Add(number);
        }

        unknownEnqueues.RemoveAll(operation => !found.Contains(operation.Value));
        var unknownOf = new List<int>?[numbers.Count];
        for (var i = 0; i < unknownEnqueues.Count; i++) (unknownOf[unknownEnqueues[i].Value] ??= []).Add(i);
        var emptyReturns = new int[empties.Count + 1];
        emptyReturns[^1] = int.MaxValue;
        for (var i = empties.Count - 1; i >= 0; i--) emptyReturns[i] = Math.Min(emptyReturns[i + 1], empties[i].Return);
        return new QueueProblem
        {
            Enqueues = new QueueSide(enqueues),
            Dequeues = new QueueSide(dequeues),
            Empties = empties,
            EmptyReturns = emptyReturns,
            UnknownEnqueues = unknownEnqueues,
            UnknownOf = unknownOf,
            UnknownDequeues = unknownDequeues,
        };
    }
}
