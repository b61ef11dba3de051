using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Convergence;

/// <summary>
/// A random history of a few updates and early reads that overlap, and then reads in quiet. What the reads return is what some updates make in
/// some order, or nearly so.
/// </summary>
internal sealed class QuietHistory(DataType type, Value initial, List<ReferenceOperation> operations)
{
    public DataType Type => type;

    public Value Initial => initial;

    public List<ReferenceOperation> Operations => operations;

    public static QuietHistory Random(DataType type, Random random)
    {
        var maker = new Maker(type, random);
        var operations = new List<ReferenceOperation>();
        var count = random.Next(0, 6);
        var infoRate = random.Next(3) == 0 ? 0.4 : 0;
        for (var i = 0; i < count; i++)
        {
            var begin = random.Next(1000);
            var isInfo = random.NextDouble() < infoRate;
            var fails = random.Next(12) == 0;
            var end = isInfo && random.Next(2) == 0 ? History.Never : begin + random.Next(1, 600);
            var update = maker.Update();
            operations.Add(update with
            {
                Output = !isInfo && !fails && type == DataTypes.MultiRegister && random.Next(2) == 0 ? update.Input : Value.Null,
                Type = isInfo ? OperationType.Info : fails ? OperationType.Fail : OperationType.Ok,
                Process = 100 + i,
                Invoke = begin,
                Return = end,
            });
        }

        var made = operations.ToList();
        for (var i = random.Next(0, 3); i > 0; i--) operations.Add(maker.Read(made) with { Process = 200 + i, Invoke = random.Next(400, 1200), Return = 1200 + random.Next(400) });
        var reads = random.Next(8) == 0 ? 0 : random.Next(1, 5);
        for (var i = 0; i < reads; i++) operations.Add(OnProcess(random.Next(3), maker.Read(made) with { Invoke = 2000 + (10 * i), Return = 2005 + (10 * i) }));
        return new(type, maker.Initial, Distinct(operations));
    }

    /// <summary>Some of the operations only.</summary>
    public QuietHistory Only(IEnumerable<int> numbers) => new(type, initial, [.. numbers.Order().Select(number => operations[number])]);

    public History Build()
    {
        var builder = new HistoryBuilder(type);
        var events = operations.Select(o => (At: o.Invoke, Operation: o, Begins: true))
            .Concat(operations.Where(o => o.Return != History.Never).Select(o => (At: o.Return, Operation: o, Begins: false)))
            .OrderBy(e => e.At);
        foreach (var (at, o, begins) in events.ToArray())
        {
            var (key, value) = (builder.Values.Intern(o.Key), builder.Values.Intern(begins ? o.Input : o.Output));
            Assert.Null(begins
                ? builder.Invoke(o.Process, o.Function, key, value, at * 1_000_000L)
                : builder.Complete(o.Process, o.Type, o.Function, key, value, at * 1_000_000L));
        }

        return builder.Build();
    }

    public override string ToString() => string.Join("\n", operations.Select(o => $"  {o}").Prepend($"{type} initial {initial}"));

    // A process whose operation ends unknown is heard of no more.
    private static ReferenceOperation OnProcess(int process, ReferenceOperation o) =>
        o with { Process = o.Type == OperationType.Info ? 300 + o.Invoke : process };

    // No two events at one moment; operations by invocation.
    private static List<ReferenceOperation> Distinct(List<ReferenceOperation> operations)
    {
        var moments = operations.SelectMany((o, i) => new[] { (At: o.Invoke, i, Begins: true), (At: o.Return, i, Begins: false) })
            .Where(e => e.At != History.Never).OrderBy(e => e.At).ThenBy(e => e.i).ThenBy(e => !e.Begins).ToList();
        var result = operations.ToList();
        for (var at = 0; at < moments.Count; at++)
        {
            var (_, i, begins) = moments[at];
            result[i] = begins ? result[i] with { Invoke = at } : result[i] with { Return = at };
        }

        return [.. result.OrderBy(o => o.Invoke)];
    }

    private sealed class Maker
    {
        private readonly string _name;
        private readonly DataType _type;
        private readonly Random _random;
        private readonly bool _isUnique;
        private readonly bool _hasTexts;
        private readonly bool _isMixed;
        private readonly int _values;
        private int _next = 10;

        public Maker(DataType type, Random random)
        {
            (_type, _random, _name) = (type, random, type.Sequential.Name);
            (_isUnique, _hasTexts, _isMixed, _values) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, random.Next(1, 4));
            Initial = random.Next(3) != 0 ? Value.Null : _name switch
            {
                "counter" or "pn-counter" => 3,
                "set" => Value.List(0, 1),
                "append-list" => Value.List(8, 9),
                "multi-register" or "snapshot" => Value.Map([KeyValuePair.Create((Value)"k0", (Value)1)]),
                "kv" when _hasTexts => "a",
                _ => Fresh(),
            };
        }

        public Value Initial { get; }

        public ReferenceOperation Update()
        {
            Function[] functions = [.. _type.Functions.Where(f => f is not (Function.Read or Function.Contains or Function.Snapshot))
                .Where(f => _name != "kv" || _hasTexts || f != Function.Append)];
            var function = functions[_random.Next(functions.Length)];
            return new(function, OperationType.Ok, _name == "snapshot" ? Key() : Value.Null, Argument(function), Value.Null, 0, 0, 0);
        }

        // What some of the updates make, in the order given or in another one, perhaps with a mistake.
        public ReferenceOperation Read(List<ReferenceOperation> made)
        {
            var seen = made.Where(o => o.Type == OperationType.Ok || (o.Type == OperationType.Info && _random.Next(2) == 0) || _random.Next(25) == 0).ToList();
            if (_isMixed && _random.Next(3) == 0) seen = [.. seen.OrderBy(_ => _random.Next())];
            if (_random.Next(8) == 0) seen = [.. seen.Where(_ => _random.Next(3) != 0)];
            var state = ReferenceModel.Initial(_type, Initial);
            foreach (var update in seen)
            {
                var now = update with { Type = OperationType.Ok, Output = update.Function == Function.Transaction ? update.Input : Value.Null };
                if (now.Function == Function.Cas) now = now with { Function = Function.Write, Input = now.Input.AsList()[1] };
                if (ReferenceModel.Step(_type, state, now) is [var next, ..]) state = next;
            }

            return Reading(state);
        }

        private ReferenceOperation Reading(Value state)
        {
            var wrong = _random.Next(5) == 0;
            Value Get(Value key) => wrong ? Any() : state.AsMap().ToArray().FirstOrDefault(e => e.Key == key).Value;
            var read = new ReferenceOperation(Function.Read, OperationType.Ok, Value.Null, Value.Null, wrong ? Wrong(state) : state, 0, 0, 0);
            if (_random.Next(25) == 0) return read with { Function = _name == "multi-register" ? Function.Transaction : Function.Read, Type = OperationType.Info, Output = Value.Null, Input = _name == "multi-register" ? Value.List(Value.List("read", "k0", Value.Null)) : Value.Null };
            switch (_name)
            {
                case "set" when _random.Next(3) == 0:
                    Value element = _random.Next(3);
                    return read with { Function = Function.Contains, Input = element, Output = Value.List(element, state.AsList().Contains(element) != wrong) };
                case "snapshot" when _random.Next(2) == 0:
                    var key = Key();
                    return read with { Key = key, Output = Get(key) };
                case "snapshot":
                    var whole = _random.Next(2) == 0;
                    Value[] keys = whole ? [.. state.AsMap().ToArray().Select(e => e.Key)] : ["k0", "k1"];
                    return read with { Function = Function.Snapshot, Input = whole ? Value.Null : Value.List(keys), Output = Value.Map(keys.Select(k => KeyValuePair.Create(k, Get(k)))) };
                case "multi-register":
                    Value[] names = _random.Next(2) == 0 ? ["k0", "k1"] : [Key()];
                    return read with
                    {
                        Function = Function.Transaction,
                        Input = Value.List([.. names.Select(k => Value.List("read", k, Value.Null))]),
                        Output = Value.List([.. names.Select(k => Value.List("read", k, Get(k)))]),
                    };
                default:
                    return read;
            }
        }

        private Value Wrong(Value state) => state.Kind switch
        {
            ValueKind.List when _random.Next(2) == 0 => Value.List([.. state.AsList().ToArray().Where(_ => _random.Next(3) != 0)]),
            ValueKind.List => Value.List([.. state.AsList().ToArray().Append(Any()).OrderBy(_ => _random.Next())]),
            ValueKind.Integer when _name.EndsWith("counter", StringComparison.Ordinal) => state.AsInteger() + _random.Next(-2, 3),
            ValueKind.String when _name == "kv" => state.AsString() + "b",
            _ => Any(),
        };

        private Value Argument(Function function) => function switch
        {
            Function.Append when _name == "kv" => _random.Next(3) == 0 ? "ab" : _random.Next(2) == 0 ? "a" : "b",
            Function.Write when _name == "kv" && _hasTexts && _random.Next(3) != 0 => _random.Next(2) == 0 ? "" : "b",
            Function.Write or Function.Append => Fresh(),
            Function.Cas => Value.List(Any(), Fresh()),
            Function.Add or Function.Remove when _name == "set" => _random.Next(3),
            Function.Increment or Function.Decrement when _random.Next(2) == 0 => Value.Null,
            Function.Add or Function.Increment or Function.Decrement => _random.Next(_name == "counter" ? 0 : -2, 4),
            Function.Transaction => Value.List([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Value.List("write", Key(), Fresh()))]),
            _ => Value.Null,
        };

        private Value Key() => $"k{_random.Next(2)}";

        private Value Fresh() => _isUnique ? _next++ : _random.Next(_values);

        private Value Any() => _random.Next(5) == 0 ? Value.Null : _isUnique && _next > 10 ? _random.Next(10, _next) : _random.Next(_values);
    }
}
