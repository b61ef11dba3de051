using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>One operation of a small history, self-contained.</summary>
internal sealed record ReferenceOperation(
    Function Function, OperationType Type, Value Key, Value Input, Value Output, int Process, int Invoke, int Return);

/// <summary>
/// Data types straight from their definitions, with states as plain values: slow, short, and independent of the specifications under test.
/// </summary>
internal static class ReferenceModel
{
    public static Value Initial(DataType type, Value initial) => type.Sequential.Name switch
    {
        "counter" or "pn-counter" => initial.IsNull ? 0 : initial,
        "semaphore" => initial.IsNull ? 1 : initial,
        "set" or "queue" or "unordered-queue" or "stack" or "priority-queue" or "append-list" or "log" => initial.IsNull ? Value.EmptyList : Sorted(type, initial),
        "lock" => Value.List(initial, Value.Null),
        "unique-ids" => Value.List(Value.EmptyList, initial.IsNull ? 0 : initial),
        "multi-register" or "snapshot" => initial.Kind == ValueKind.Map ? initial : Value.Map([]),
        _ => initial,
    };

    public static Value[] Step(DataType type, Value state, ReferenceOperation o)
    {
        var info = o.Type == OperationType.Info;
        switch (type.Sequential.Name)
        {
            case "register" or "cas-register" or "kv": return Register(state, o);
            case "counter" or "pn-counter":
                if (o.Function == Function.Read) return When(info || o.Output == state, state);
                var n = o.Input.IsNull ? 1 : o.Input.AsInteger();
                return [state.AsInteger() + (o.Function == Function.Decrement ? -n : n)];
            case "semaphore":
                var permits = o.Input.IsNull ? 1 : o.Input.AsInteger();
                if (o.Function == Function.Release) return [state.AsInteger() + permits];
                return When(state.AsInteger() >= permits, state.AsInteger() - permits);
            case "set": return Set(state, o);
            case "queue":
                if (o.Function == Function.Enqueue) return [Plus(state, o.Input)];
                if (state.AsList().Length == 0) return When(info || o.Output.IsNull, state);
                return When(info || o.Output == state.AsList()[0], Value.List(state.AsList().AsSpan()[1..]));
            case "unordered-queue":
                if (o.Function == Function.Enqueue) return [Insert(state, o.Input)];
                if (state.AsList().Length == 0) return When(info || o.Output.IsNull, state);
                return state.AsList().Distinct().Where(e => info || e == o.Output).Select(e => Minus(state, e)).ToArray();
            case "stack":
                if (o.Function == Function.Push) return [Plus(state, o.Input)];
                var top = state.AsList().Length == 0 ? Value.Null : state.AsList()[^1];
                if (!info && o.Output != top) return [];
                return [o.Function == Function.Peek || top.IsNull ? state : Value.List(state.AsList().AsSpan()[..^1])];
            case "priority-queue":
                if (o.Function == Function.Insert) return [Insert(state, o.Input)];
                if (state.AsList().Length == 0) return When(info || o.Output.IsNull, state);
                var greatest = state.AsList().Max(Priority);
                return state.AsList().Distinct().Where(e => Priority(e) == greatest &&
                    (info || e == o.Output)).Select(e => Minus(state, e)).ToArray();
            case "lock": return Lock(state, o);
            case "unique-ids":
                var (given, sum) = (state.AsList()[0], state.AsList()[1]);
                if (o.Function == Function.FetchAndAdd)
                {
                    return When(info || o.Output == sum, Value.List(given, sum.AsInteger() + (o.Input.IsNull ? 1 : o.Input.AsInteger())));
                }

                return info ? [state] : When(given.AsList().AsSpan().BinarySearch(o.Output) < 0, Value.List(Insert(given, o.Output), sum));
            case "log":
                if (o.Function == Function.Send)
                {
                    return When(info || o.Output.AsList()[0] == state.AsList().Length, Plus(state, o.Input));
                }

                return When(info || Poll(state, o), state);
            case "append-list":
                if (o.Function == Function.Append) return [Plus(state, o.Input)];
                return When(info || o.Output == state, state);
            case "multi-register": return Transaction(state, o);
            case "snapshot":
                if (o.Function == Function.Write) return [Put(state, o.Key, o.Input)];
                if (o.Function == Function.Read) return When(info || o.Output == Get(state, o.Key), state);
                return When(info || o.Output.AsMap().All(e => Get(state, e.Key) == e.Value), state);
            default: throw new ArgumentException(type.Sequential.Name);
        }
    }

    private static Value[] Register(Value state, ReferenceOperation o)
    {
        switch (o.Function)
        {
            case Function.Read: return When(o.Type == OperationType.Info || o.Output == state, state);
            case Function.Write: return [o.Input];
            case Function.Delete: return [Value.Null];
            case Function.Append:
                return When(state.IsNull ||
                state.Kind == ValueKind.String, (state.IsNull ? "" : state.ToString().Trim('"')) + o.Input.AsString());
            default:
                var (old, replacement) = (o.Input.AsList()[0], o.Input.AsList()[1]);
                return o.Type == OperationType.Fail ? When(state != old, state) : When(state == old, replacement);
        }
    }

    private static Value[] Set(Value state, ReferenceOperation o)
    {
        var info = o.Type == OperationType.Info;
        if (o.Function == Function.Read) return When(info || Sort(o.Output) == state, state);
        var present = state.AsList().Contains(o.Input);
        if (o.Function == Function.Contains) return When(info || (o.Output.Kind == ValueKind.List ? o.Output.AsList()[1] : o.Output) == present, state);
        var changes = present == (o.Function == Function.Remove);
        if (!info && o.Output.Kind == ValueKind.Boolean && o.Output.AsBoolean() != changes) return [];
        if (!changes) return [state];
        return [o.Function == Function.Add ? Insert(state, o.Input) : Minus(state, o.Input)];
    }

    // [owner, last token]; the owner of a lock without a name is the process
    private static Value[] Lock(Value state, ReferenceOperation o)
    {
        var owner = o.Input.IsNull ? Value.List(o.Process) : o.Input;
        var (holder, last) = (state.AsList()[0], state.AsList()[1]);
        if (o.Function == Function.Release) return When(holder == owner, Value.List(Value.Null, last));
        if (o.Type != OperationType.Ok || o.Output.IsNull) return When(holder.IsNull, Value.List(owner, last));
        return When(holder.IsNull && (last.IsNull || o.Output > last), Value.List(owner, o.Output));
    }

    private static bool Poll(Value state, ReferenceOperation o)
    {
        var log = state.AsList();
        var listed = o.Output.AsList().ToDictionary(pair => pair.AsList()[0].AsInteger(), pair => pair.AsList()[1]);
        return listed.All(e => e.Key < log.Length && log[(int)e.Key] == e.Value) &&
            (o.Input.IsNull || o.Input.AsList().All(asked => asked.AsInteger() >= log.Length || listed.ContainsKey(asked.AsInteger())));
    }

    private static Value[] Transaction(Value state, ReferenceOperation o)
    {
        foreach (var micro in (o.Type == OperationType.Ok ? o.Output : o.Input).AsList())
        {
            var items = micro.AsList();
            if (items[0] == "write") state = Put(state, items[1], items[2]);
            else if (o.Type == OperationType.Ok && Get(state, items[1]) != items[2]) return [];
        }

        return [state];
    }

    private static Value[] When(bool possible, Value state) => possible ? [state] : [];

    private static Value Priority(Value element) => element.Kind == ValueKind.List ? element.AsList()[0] : element;

    private static Value Plus(Value list, Value item) => Value.List([.. list.AsList(), item]);

    private static Value Insert(Value sorted, Value item)
    {
        var at = sorted.AsList().AsSpan().BinarySearch(item);
        return Value.List([.. sorted.AsList().Insert(at < 0 ? ~at : at, item)]);
    }

    private static Value Minus(Value list, Value item) => Value.List([.. list.AsList().Remove(item)]);

    private static Value Sort(Value list) => Value.List([.. list.AsList().Order()]);

    private static Value Sorted(DataType type, Value list) =>
        type.Sequential.Name is "set" or "unordered-queue" or "priority-queue" ? Sort(list) : list;

    private static Value Get(Value map, Value key) => map.AsMap().FirstOrDefault(e => e.Key == key).Value;

    private static Value Put(Value map, Value key, Value value) =>
        Value.Map([.. map.AsMap().Where(e => e.Key != key), .. value.IsNull ? [] : new[] { KeyValuePair.Create(key, value) }]);
}
