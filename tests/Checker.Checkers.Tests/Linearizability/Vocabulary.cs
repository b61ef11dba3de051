using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Random operations of one data type, with few distinct values so that they collide, or with unique ones.</summary>
internal sealed class Vocabulary(DataType type, Random random)
{
    private readonly int _values = random.Next(1, 5);
    private readonly bool _unique = random.Next(2) == 0;
    private readonly bool _units = random.Next(2) == 0;
    private readonly bool _appends = random.Next(2) == 0;
    private readonly bool _wholeReads = random.Next(2) == 0;
    private readonly bool _named = random.Next(2) == 0;
    private readonly bool _tokens = random.Next(2) == 0;
    private int _next = 10;
    private int _token;

    public Value Initial() => random.Next(3) != 0 ? Value.Null : type.Sequential.Name switch
    {
        "register" or "cas-register" or "kv" => Fresh(),
        "counter" or "pn-counter" or "unique-ids" => 3,
        "semaphore" => random.Next(1, 4),
        "set" => Value.List(0, 1),
        "queue" or "unordered-queue" or "stack" or "append-list" or "log" => Value.List(8, 9),
        "priority-queue" => Value.List(Value.List(1, 8), Value.List(2, 9)),
        "lock" => "somebody",
        _ => Value.Null,
    };

    public ReferenceOperation Propose()
    {
        Function[] functions = type.Sequential.Name switch
        {
            "kv" when !_appends => [Function.Read, Function.Read, Function.Write, Function.Cas, Function.Delete],
            "kv" => [Function.Read, Function.Read, Function.Write, Function.Append, Function.Append, Function.Delete],
            "set" when !_wholeReads => [Function.Add, Function.Remove, Function.Contains],
            "stack" => [Function.Push, Function.Push, Function.Pop, Function.Pop, Function.Peek],
            _ => [.. type.Functions],
        };
        functions = [.. functions.Where(type.Knows)];
        var function = functions[random.Next(functions.Length)];
        var key = type.Sequential.Name == "snapshot" && function != Function.Snapshot ? Key() : Value.Null;
        return new(function, OperationType.Ok, key, Input(function), Value.Null, 0, 0, 0);
    }

    /// <summary>Executes an operation; if the model cannot do it, it fails.</summary>
    public (ReferenceOperation Result, Value Next) Execute(Value state, ReferenceOperation operation)
    {
        foreach (var output in Outputs(state, operation))
        {
            var candidate = operation with { Output = output };
            var next = ReferenceModel.Step(type, state, candidate).ToArray();
            if (next.Length > 0) return (candidate, next[random.Next(next.Length)]);
        }

        return (operation with { Type = OperationType.Fail, Output = Value.Null }, state);
    }

    /// <summary>Changes a result, or makes a failure a success.</summary>
    public ReferenceOperation Spoil(ReferenceOperation operation)
    {
        var state = ReferenceModel.Initial(type, Value.Null);
        for (var i = 0; i < 6; i++)
        {
            var (result, next) = Execute(state, Propose());
            state = next;
            if (result.Function == operation.Function && result.Type == OperationType.Ok && operation.Input == result.Input)
                return operation with { Type = OperationType.Ok, Output = result.Output };
        }

        var spoiled = operation with { Type = OperationType.Ok };
        switch (operation.Function)
        {
            case Function.Read when type.Sequential.Name is "counter" or "pn-counter": return spoiled with { Output = random.Next(6) };
            case Function.Read when type.Sequential.Name is "register" or "cas-register" or "kv" or "snapshot": return spoiled with { Output = _appends && type.Sequential.Name == "kv" ? Texts() : Any() };
            case Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax: return spoiled with { Output = Any() };
            case Function.FetchAndAdd: return spoiled with { Output = random.Next(6) };
            case Function.Generate: return spoiled with { Output = random.Next(3) };
            case Function.Read: return spoiled with { Output = Sublist(operation.Output) };
            case Function.Poll: return spoiled with { Output = Sublist(operation.Output) };
            case Function.Contains: return spoiled with { Output = Value.List(operation.Input, random.Next(2) == 0) };
            case Function.Send: return spoiled with { Output = Value.List(random.Next(3), operation.Input) };
            case Function.Snapshot when operation.Output.Kind == ValueKind.Map:
                return spoiled with
                {
                    Output = Value.Map(operation.Output.AsMap().Select(e => KeyValuePair.Create(e.Key,
                    random.Next(3) == 0 ? Any() : e.Value)))
                };
            case Function.Transaction when operation.Output.Kind == ValueKind.List:
                return spoiled with
                {
                    Output = Value.List([.. operation.Output.AsList().Select(m => m.AsList()[0] == "read" &&
                        random.Next(2) == 0 ? Value.List("read", m.AsList()[1], Any()) : m)]),
                };
            default: return operation.Function is Function.Acquire or Function.Release or Function.Cas ? spoiled : operation;
        }
    }

    private IEnumerable<Value> Outputs(Value state, ReferenceOperation o)
    {
        switch (o.Function)
        {
            case Function.Read: return [type.Sequential.Name == "snapshot" ? Get(state, o.Key) : state];
            case Function.Contains: return [Value.List(o.Input, true), Value.List(o.Input, false)];
            case Function.Add or Function.Remove when type.Sequential.Name == "set" && random.Next(2) == 0: return [true, false];
            case Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax:
                return [.. state.AsList().OrderBy(_ => random.Next()), Value.Null];
            case Function.Generate: return [Fresh()];
            case Function.FetchAndAdd: return [state.AsList()[1]];
            case Function.Acquire when _tokens && type.Sequential.Name == "lock": return [++_token];
            case Function.Send: return [Value.List(state.AsList().Length, o.Input)];
            case Function.Poll:
                var log = state.AsList();
                var from = o.Input.IsNull
                    ? Enumerable.Range(0, log.Length)
                    : o.Input.AsList().Select(v => (int)v.AsInteger()).Where(i => i < log.Length);
                return [Value.List([.. from.Select(i => Value.List(i, log[i]))])];
            case Function.Snapshot:
                return [Value.Map(Enumerable.Range(0, 3).Select(i => KeyValuePair.Create((Value)$"k{i}", Get(state, $"k{i}"))))];
            case Function.Transaction:
                var micros = new List<Value>();
                foreach (var micro in o.Input.AsList())
                {
                    var items = micro.AsList();
                    if (items[0] == "read") micros.Add(Value.List("read", items[1], Get(state, items[1])));
                    else micros.Add(micro);
                    if (items[0] == "write") state = ReferenceModel.Step(type, state, o with { Output = Value.List(micro) }).Single();
                }

                return [Value.List([.. micros])];
            default: return [Value.Null];
        }
    }

    private Value Input(Function function) => function switch
    {
        Function.Write when type.Sequential.Name == "kv" && _appends => Texts(),
        Function.Append when type.Sequential.Name == "kv" => random.Next(2) == 0 ? "a" : "b",
        Function.Write or Function.Enqueue or Function.Push or Function.Append or Function.Send => Fresh(),
        Function.Cas => Value.List(Any(), Fresh()),
        Function.Add or Function.Increment or Function.Decrement when type.Sequential.Name.EndsWith("counter", StringComparison.Ordinal) =>
            function != Function.Add && random.Next(2) == 0 ? Value.Null : _units ? 1 : random.Next(type.Sequential.Name == "counter" ? 0 : -2, 4),
        Function.Add or Function.Remove or Function.Contains => random.Next(_values),
        Function.Insert => random.Next(2) == 0 ? Value.List(random.Next(3), Fresh()) : random.Next(3),
        Function.Acquire or Function.Release when type.Sequential.Name == "lock" => _named ? $"owner{random.Next(2)}" : Value.Null,
        Function.Acquire or Function.Release => random.Next(2) == 0 ? Value.Null : random.Next(1, 3),
        Function.FetchAndAdd => random.Next(2) == 0 ? Value.Null : random.Next(0, 3),
        Function.Poll => random.Next(2) == 0 ? Value.Null : Value.List(0, 1),
        Function.Snapshot => random.Next(2) == 0 ? Value.Null : Value.List("k0", "k1", "k2"),
        Function.Transaction => Value.List([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Micro())]),
        _ => Value.Null,
    };

    private Value Micro() => random.Next(2) == 0 ? Value.List("read", Key(), Value.Null) : Value.List("write", Key(), Fresh());

    private Value Key() => $"k{random.Next(3)}";

    private Value Fresh() => _unique ? _next++ : random.Next(_values);

    private Value Any() => random.Next(5) == 0 ? Value.Null : _unique && _next > 10 ? random.Next(10, _next) : random.Next(_values);

    private Value Texts() => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(2) == 0 ? "a" : "b"));

    private Value Sublist(Value list) =>
        list.Kind != ValueKind.List
            ? list
            : Value.List([.. list.AsList().Where(_ => random.Next(3) != 0).OrderBy(_ => random.Next(4) == 0 ? random.Next() : 0)]);

    private static Value Get(Value map, Value key) => map.AsMap().FirstOrDefault(e => e.Key == key).Value;
}
