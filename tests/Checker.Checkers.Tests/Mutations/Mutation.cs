using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Mutations;

/// <summary>What may happen to one operation, or to two, of a history.</summary>
internal enum Mutation
{
    /// <summary>It returns another value.</summary>
    Result,

    /// <summary>It puts in what another one puts in.</summary>
    Duplicate,

    /// <summary>It changes results, or arguments, with another one.</summary>
    Swap,

    /// <summary>It takes less time: returns earlier, or begins later.</summary>
    Shorten,

    /// <summary>It happens earlier or later.</summary>
    Move,

    /// <summary>It had happened, and now failed.</summary>
    OkToFail,

    /// <summary>It had failed, and now happened.</summary>
    FailToOk,

    /// <summary>It had happened, and now nobody knows.</summary>
    OkToInfo,
}

/// <summary>Changes one operation of a history.</summary>
internal sealed class Mutator(DataType type, IReadOnlyList<ReferenceOperation> original, Random random)
{
    private const int Near = 40;

    /// <summary>The operations with one mutation somewhere, and the first and the last position of an event that is another.</summary>
    public (List<ReferenceOperation> Operations, int First, int Last, Mutation Mutation) Next()
    {
        while (true)
        {
            var operations = original.ToList();
            var mutation = (Mutation)random.Next((int)Mutation.OkToInfo + 1);
            var at = random.Next(operations.Count);
            if (mutation == Mutation.OkToInfo && random.Next(3) > 0) continue;
            if (Apply(mutation, operations, at) is var (first, last)) return (operations, first, last, mutation);
        }
    }

    private (int First, int Last)? Apply(Mutation mutation, List<ReferenceOperation> operations, int at)
    {
        var operation = operations[at];
        var other = Math.Clamp(at + random.Next(-Near, Near + 1), 0, operations.Count - 1);
        if (operation.Type == OperationType.Info || operation.Type == OperationType.Fail != (mutation == Mutation.FailToOk)) return null;
        switch (mutation)
        {
            case Mutation.Result: return Replace(operations, at, operation with { Output = Another(operation, operations[other]) });
            case Mutation.Duplicate:
                return operations[other].Function == operation.Function && operation.Function != Function.Send
                    ? Replace(operations, at, operation with { Input = operations[other].Input })
                    : null;
            case Mutation.Swap: return Swap(operations, at, other);
            case Mutation.Shorten:
                var begins = random.Next(2) == 0;
                return Shift(operations, begins ? operation.Invoke : operation.Return, begins ? operation.Return - 1 : operation.Invoke + 1);
            case Mutation.Move: return Move(operations, at);
            case Mutation.OkToFail: return Replace(operations, at, operation with { Type = OperationType.Fail, Output = Value.Null });
            case Mutation.FailToOk: return Replace(operations, at, operation with { Type = OperationType.Ok });
            default: return ToInfo(operations, at);
        }
    }

    private static (int First, int Last)? Replace(List<ReferenceOperation> operations, int at, ReferenceOperation changed)
    {
        if (changed == operations[at]) return null;
        operations[at] = changed;
        return (changed.Invoke, changed.Return);
    }

    private static (int First, int Last)? Swap(List<ReferenceOperation> operations, int at, int other)
    {
        var (a, b) = (operations[at], operations[other]);
        if (at == other || a.Function != b.Function || b.Type != OperationType.Ok) return null;
        if (a.Function == Function.Send)
        {
            operations[at] = a with { Output = Value.List(b.Output.AsList()[0], a.Input) };
            operations[other] = b with { Output = Value.List(a.Output.AsList()[0], b.Input) };
        }
        else if (a.Output != b.Output && a.Function is not (Function.Contains or Function.Transaction))
        {
            operations[at] = a with { Output = b.Output };
            operations[other] = b with { Output = a.Output };
        }
        else
        {
            operations[at] = a with { Input = b.Input, Output = b.Output };
            operations[other] = b with { Input = a.Input, Output = a.Output };
        }

        return a == operations[at] ? null : (Math.Min(a.Invoke, b.Invoke), Math.Max(a.Return, b.Return));
    }

    // The process of an operation of unknown outcome does nothing more under that name.
    private static (int First, int Last)? ToInfo(List<ReferenceOperation> operations, int at)
    {
        var operation = operations[at];
        var rest = operations.FindAll(o => o.Process == operation.Process && o.Invoke > operation.Invoke);
        var mattersWhose = operation.Function is Function.Acquire or Function.Release && rest.Count > 0;
        if (mattersWhose) return null;
        var name = 1 + operations.Max(o => o.Process);
        operations[at] = operation with { Type = OperationType.Info, Output = Value.Null, Return = History.Never };
        for (var i = at + 1; i < operations.Count; i++)
        {
            if (operations[i].Process == operation.Process) operations[i] = operations[i] with { Process = name };
        }

        return (operation.Invoke, operation.Return);
    }

    private (int First, int Last)? Move(List<ReferenceOperation> operations, int at)
    {
        var operation = operations[at];
        if (operation.Function is Function.Acquire or Function.Release) return null; // whose it is says the process
        var last = operations.Max(o => o.Return == History.Never ? o.Invoke : o.Return);
        var by = random.Next(2) == 0 ? -random.Next(1, Near) : random.Next(1, Near);
        var (invoke, end) = (operation.Invoke + by, operation.Return + by);
        if (invoke < 0 || end > last) return null;
        operations[at] = operation with { Process = 1 + operations.Max(o => o.Process) };
        var (first, second) = by < 0 ? (operation.Invoke, operation.Return) : (operation.Return, operation.Invoke);
        Shift(operations, first, first + by);
        Shift(operations, second, second + by);
        return (Math.Min(operation.Invoke, invoke), Math.Max(operation.Return, end));
    }

    // Moves one event; those in between make room.
    private static (int First, int Last)? Shift(List<ReferenceOperation> operations, int from, int to)
    {
        if (from == to) return null;
        for (var i = 0; i < operations.Count; i++)
        {
            var o = operations[i];
            operations[i] = o with { Invoke = Moved(o.Invoke), Return = o.Return == History.Never ? o.Return : Moved(o.Return) };
        }

        return (Math.Min(from, to), Math.Max(from, to));

        int Moved(int position) => position == from ? to
            : from < to && position > from && position <= to ? position - 1
            : to < from && position >= to && position < from ? position + 1
            : position;
    }

    // That of an operation of the same function nearby, the opposite, one more or less, or a list with one item fewer.
    private Value Another(ReferenceOperation operation, ReferenceOperation other)
    {
        var output = operation.Output;
        if (operation.Function == Function.Send) return Value.List(output.AsList()[0].AsInteger() + random.Next(1, 3), operation.Input);
        if (operation.Function == Function.Transaction) return Value.List([.. output.AsList().Select(SpoilRead)]);
        if (operation.Function == Function.Snapshot) return Value.Map(output.AsMap().Select(e => KeyValuePair.Create(e.Key, random.Next(2) == 0 ? e.Value : Nearby(e.Value))));
        if (operation.Function == Function.Contains && output.Kind == ValueKind.List) return Value.List(operation.Input, !output.AsList()[1].AsBoolean());
        if (output.Kind == ValueKind.Boolean) return !output.AsBoolean();
        if (output.Kind == ValueKind.List && type.Name is "set" or "append-list" or "log" && output.AsList().Length > 0 && random.Next(2) == 0)
            return Value.List([.. output.AsList().RemoveAt(random.Next(2) == 0 ? output.AsList().Length - 1 : random.Next(output.AsList().Length))]);
        if (output.Kind == ValueKind.Integer && random.Next(2) == 0) return output.AsInteger() + (random.Next(2) == 0 ? 1 : -1);
        return other.Function == operation.Function && other.Type == OperationType.Ok ? other.Output : output;
    }

    private Value SpoilRead(Value micro) =>
        micro.AsList()[0] == "read" && random.Next(2) == 0 ? Value.List("read", micro.AsList()[1], Nearby(micro.AsList()[2])) : micro;

    private Value Nearby(Value value) => value.Kind != ValueKind.Integer || random.Next(5) == 0 ? Value.Null : value.AsInteger() + (random.Next(2) == 0 ? 1 : -1);
}
