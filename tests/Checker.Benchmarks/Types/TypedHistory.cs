using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Types;

/// <summary>A history of one linearizable object of a data type, perhaps with a violation near its end.</summary>
/// <param name="Kind">What is used, and how.</param>
/// <param name="Operations">How many operations.</param>
/// <param name="Processes">How many run at once.</param>
/// <param name="Unknown">The share of operations whose outcome is unknown; a third of them never happens.</param>
/// <param name="Spoiled">Whether the answers at 85 % and 95 % of the history are exchanged.</param>
/// <param name="Values">How many values queues and stacks hold; 0 if every value is one of its own, as all other types have it.</param>
internal sealed record TypedHistory(TypedKind Kind, int Operations, int Processes, double Unknown, bool Spoiled, int Values = 0)
{
    private const int Short = 8; // the length around which queues, stacks and priority queues stay

    /// <summary>The data type.</summary>
    public DataType Type => Kind.Type;

    /// <summary>Simulates: every operation takes effect at a random moment between its invocation and its response.</summary>
    public History Build()
    {
        var random = new Random(1);
        var builder = new HistoryBuilder(Type);
        var model = new TypedObject(Kind, builder.Values, random, Short, Values);
        var operations = new TypedOperation[Operations];
        var events = new List<(int Operation, bool Ends)>(2 * Operations);
        var due = new PriorityQueue<(int Kind, int Process, int Operation), (double, int)>();
        var (issued, sequence) = (0, 0);
        var names = Enumerable.Range(0, Processes).ToArray();
        var fresh = Processes;
        for (var process = 0; process < Processes; process++) due.Enqueue((0, process, -1), (random.NextDouble(), sequence++));
        while (due.TryDequeue(out var next, out var when))
        {
            var now = when.Item1;
            var (kind, process, number) = next;
            if (kind == 0 && issued < Operations)
            {
                var (function, key, input) = model.Propose(names[process], issued, Operations);
                var type = random.NextDouble() < Unknown ? OperationType.Info : OperationType.Ok;
                operations[issued] = new(names[process], function, key, input, default, type);
                var never = type == OperationType.Info && !Happens(function, random);
                events.Add((issued, false));
                var duration = -Math.Log(1 - random.NextDouble()) * 10;
                if (!never) due.Enqueue((1, process, issued), (now + (random.NextDouble() * duration), sequence++));
                due.Enqueue((2, process, issued++), (now + duration, sequence++));
            }
            else if (kind == 1)
            {
                ref var operation = ref operations[number];
                var (type, output) = model.Apply(operation.Process, operation.Function, operation.Key, operation.Input);
                if (operation.Type == OperationType.Ok) (operation.Type, operation.Output) = (type, output);
            }
            else if (kind == 2)
            {
                events.Add((number, true));
                if (operations[number].Type == OperationType.Info) names[process] = fresh++;
                due.Enqueue((0, process, -1), (now - Math.Log(1 - random.NextDouble()), sequence++));
            }
        }

        if (Spoiled) Spoil(operations, builder.Values);
        foreach (var (number, ends) in events)
        {
            var (process, function, key, input, output, type) = operations[number];
            var problem = ends
                ? builder.Complete(process, type, function, key, output)
                : builder.Invoke(process, function, key, input);
            if (problem is not null) throw new InvalidOperationException(problem);
        }

        return builder.Build();
    }

    // Nobody would release what an acquire of unknown outcome took; and who released or not is known.
    private static bool Happens(Function function, Random random) => function switch
    {
        Function.Acquire => false,
        Function.Release => true,
        _ => random.Next(3) > 0,
    };

    // Two answers, each impossible at the other's time; an identifier is given twice; a member is denied.
    private void Spoil(TypedOperation[] operations, ValueTable values)
    {
        if (Type == DataTypes.Semaphore)
        {
            // A few that were refused succeed.
            var refused = Enumerable.Range((int)(0.9 * Operations), Operations / 10).Where(i => operations[i].Type == OperationType.Fail).Take(2 * Processes);
            foreach (var at in refused.ToArray()) operations[at].Type = OperationType.Ok;
            return;
        }

        if (Kind.Name is TypedKind.ReAdded or TypedKind.ReadWhole)
        {
            // The members are denied and the others found. Each change of unknown outcome may explain one turn of an element, and those of the whole history
            // that would explain a twentieth of it, so there has to be more.
            for (var at = (int)((0.95 - (5 * Unknown)) * Operations); at < Operations; at++)
            {
                ref var answer = ref operations[at];
                if (answer.Function != Function.Contains || answer.Type != OperationType.Ok) continue;
                answer.Output = values.List([answer.Input, ValueId.Boolean(values.Items(answer.Output)[1] == ValueId.Boolean(false))]);
            }

            return;
        }

        if (Type == DataTypes.MultiRegister)
        {
            SpoilTransaction(operations, values);
            return;
        }

        if (Kind.Values > 0) // of few values an old one may be there again, but not the first
        {
            ref var again = ref operations[Answer(operations, (int)(0.95 * Operations), default)];
            again.Output = again.Function == Function.Read ? default : WithoutFirst(values, again.Output);
            return;
        }

        var first = Answer(operations, (int)(0.85 * Operations), default);
        var second = Answer(operations, (int)(0.95 * Operations), operations[first].Output, Type == DataTypes.Snapshot ? operations[first] : null);
        ref var late = ref operations[second];
        var found = late.Function == Function.Contains && values.Items(late.Output)[1] == ValueId.Boolean(true);
        if (late.Function == Function.Contains) late.Output = values.List([late.Input, ValueId.Boolean(!found)]);
        else if (Type == DataTypes.PnCounter) late.Output = values.Integer(1_000_000 + Operations); // beyond all that was added
        else if (Type == DataTypes.UniqueIds) late.Output = operations[first].Output;
        else (operations[first].Output, late.Output) = (late.Output, operations[first].Output);
    }

    private static ValueId WithoutFirst(ValueTable values, ValueId map) => values.Map([values.Items(map)[0], default, .. values.Items(map)[2..]]);

    // What an early transaction read, a late one reads again, long after it was overwritten.
    private void SpoilTransaction(TypedOperation[] operations, ValueTable values)
    {
        var read = values.String("read");
        var old = new Dictionary<ValueId, ValueId>();
        for (var at = Operations / 2; at < Operations; at++)
        {
            if (operations[at].Type != OperationType.Ok) continue;
            var micros = values.Items(operations[at].Output).ToArray();
            for (var i = 0; i < micros.Length; i++)
            {
                var items = values.Items(micros[i]).ToArray();
                if (items[0] != read) continue;
                if (at < 0.95 * Operations || !old.TryGetValue(items[1], out var stale))
                {
                    old.TryAdd(items[1], items[2]);
                    continue;
                }

                micros[i] = values.List([read, items[1], Kind.Values > 0 ? default : stale]); // of few values an old one may be there again
                operations[at].Output = values.List(micros);
                return;
            }
        }
    }

    // The first operation from there on that answers something, and something else; where answers differ in form, to the same question as another.
    private static int Answer(TypedOperation[] operations, int from, ValueId other, TypedOperation? like = null)
    {
        for (var at = from; at < operations.Length; at++)
        {
            var (_, function, key, _, output, type) = operations[at];
            var answers = function is Function.Dequeue or Function.Pop or Function.ExtractMax or Function.Contains or Function.Read or
                Function.Acquire or Function.Poll or Function.Generate or Function.Snapshot;
            if (like is { } asked && (function != asked.Function || key != asked.Key)) continue;
            if (answers && type == OperationType.Ok && !output.IsNull && output != other) return at;
        }

        throw new InvalidOperationException("the history is too short for a violation");
    }
}
