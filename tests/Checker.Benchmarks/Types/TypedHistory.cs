using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Types;

/// <summary>A history of one linearizable object of a data type, every value of its own, perhaps with a violation near its end.</summary>
/// <param name="Type">The data type.</param>
/// <param name="Operations">How many operations.</param>
/// <param name="Processes">How many run at once.</param>
/// <param name="Spoiled">Whether the answers at 85 % and 95 % of the history are exchanged.</param>
internal sealed record TypedHistory(DataType Type, int Operations, int Processes, bool Spoiled)
{
    private const int Short = 8; // the length around which queues, stacks and priority queues stay

    /// <summary>The types that it can simulate.</summary>
    public static IReadOnlyList<DataType> Types { get; } =
    [
        DataTypes.Queue, DataTypes.Stack, DataTypes.PriorityQueue, DataTypes.UnorderedQueue, DataTypes.Set, DataTypes.Counter, DataTypes.Lock,
        DataTypes.Log, DataTypes.AppendList, DataTypes.UniqueIds,
    ];

    /// <summary>Simulates: every operation takes effect at a random moment between its invocation and its response.</summary>
    public History Build()
    {
        var random = new Random(1);
        var builder = new HistoryBuilder(Type);
        var model = new TypedObject(Type, builder.Values, random, Short);
        var operations = new (int Process, Function Function, ValueId Input, ValueId Output, OperationType Type)[Operations];
        var events = new List<(int Operation, bool Ends)>(2 * Operations);
        var due = new PriorityQueue<(int Kind, int Process, int Operation), (double, int)>();
        var (issued, sequence) = (0, 0);
        for (var process = 0; process < Processes; process++) due.Enqueue((0, process, -1), (random.NextDouble(), sequence++));
        while (due.TryDequeue(out var next, out var when))
        {
            var now = when.Item1;
            var (kind, process, number) = next;
            if (kind == 0 && issued < Operations)
            {
                var (function, input) = model.Propose(process, issued, Operations);
                operations[issued] = (process, function, input, default, default);
                events.Add((issued, false));
                var duration = -Math.Log(1 - random.NextDouble()) * 10;
                due.Enqueue((1, process, issued), (now + (random.NextDouble() * duration), sequence++));
                due.Enqueue((2, process, issued++), (now + duration, sequence++));
            }
            else if (kind == 1)
            {
                ref var operation = ref operations[number];
                (operation.Type, operation.Output) = model.Apply(process, operation.Function, operation.Input);
            }
            else if (kind == 2)
            {
                events.Add((number, true));
                due.Enqueue((0, process, -1), (now - Math.Log(1 - random.NextDouble()), sequence++));
            }
        }

        if (Spoiled) Spoil(operations, builder.Values);
        foreach (var (number, ends) in events)
        {
            var (process, function, input, output, type) = operations[number];
            var problem = ends
                ? builder.Complete(process, type, function, ValueId.Null, output)
                : builder.Invoke(process, function, ValueId.Null, input);
            if (problem is not null) throw new InvalidOperationException(problem);
        }

        return builder.Build();
    }

    // Two answers, each impossible at the other's time; an identifier is given twice; a member is denied.
    private void Spoil((int Process, Function Function, ValueId Input, ValueId Output, OperationType Type)[] operations, ValueTable values)
    {
        var first = Answer(operations, (int)(0.85 * Operations), default);
        var second = Answer(operations, (int)(0.95 * Operations), operations[first].Output);
        ref var late = ref operations[second];
        if (Type == DataTypes.Set) late.Output = values.List([late.Input, ValueId.Boolean(values.Items(late.Output)[1] == ValueId.Boolean(false))]);
        else if (Type == DataTypes.UniqueIds) late.Output = operations[first].Output;
        else (operations[first].Output, late.Output) = (late.Output, operations[first].Output);
    }

    // The first operation from there on that answers something, and something else.
    private static int Answer((int Process, Function Function, ValueId Input, ValueId Output, OperationType Type)[] operations, int from, ValueId other)
    {
        for (var at = from; at < operations.Length; at++)
        {
            var (_, function, _, output, type) = operations[at];
            var answers = function is Function.Dequeue or Function.Pop or Function.ExtractMax or Function.Contains or Function.Read or
                Function.Acquire or Function.Poll or Function.Generate;
            if (answers && type == OperationType.Ok && !output.IsNull && output != other) return at;
        }

        throw new InvalidOperationException("the history is too short for a violation");
    }
}
