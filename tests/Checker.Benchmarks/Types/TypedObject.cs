using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Types;

/// <summary>The object behind a <see cref="TypedHistory"/>.</summary>
/// <param name="kind">What it is.</param>
/// <param name="values">The table of the history.</param>
/// <param name="random">Chooses operations, and elements where the type leaves a choice.</param>
/// <param name="length">The number of elements around which collections stay.</param>
/// <param name="elements">How many values a queue or stack holds; 0 if each element is one of its own.</param>
internal sealed class TypedObject(TypedKind kind, ValueTable values, Random random, int length, int elements = 0)
{
    private const int Few = 20; // elements that are added again and again, and registers
    private const int Permits = 8;

    private readonly LinkedList<ValueId> _line = []; // queue, stack
    private readonly List<ValueId> _elements = []; // bag, set's members, log, list
    private readonly PriorityQueue<ValueId, int> _heap = new();
    private readonly HashSet<ValueId> _members = [];
    private readonly ValueId[] _registers = new ValueId[Few];
    private readonly Dictionary<int, int> _permits = [];
    private readonly DataType _type = kind.Type;
    private long _sum;
    private int _holder = -1;

    /// <summary>The next operation of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="number">The operation's number, which makes its value unique.</param>
    /// <param name="operations">How many there will be.</param>
    public (Function Function, ValueId Key, ValueId Input) Propose(int process, int number, int operations)
    {
        if (_type == DataTypes.Snapshot)
        {
            var one = Name(random.Next(Few));
            return random.Next(4) switch
            {
                0 => (Function.Snapshot, default, default),
                1 => (Function.Read, one, default),
                _ => (Function.Write, one, Written(number)),
            };
        }

        var (function, input) = Choose(process, number, operations);
        return (function, default, input);
    }

    private (Function Function, ValueId Input) Choose(int process, int number, int operations)
    {
        var value = values.Integer(number);
        switch (kind.Name)
        {
            case "queue": return Grows(_line.Count) ? (Function.Enqueue, Element(value)) : (Function.Dequeue, default);
            case "unordered-queue": return Grows(_elements.Count) ? (Function.Enqueue, value) : (Function.Dequeue, default);
            case "stack": return Grows(_line.Count) ? (Function.Push, Element(value)) : (Function.Pop, default);
            case "priority-queue":
                return Grows(_heap.Count)
                    ? (Function.Insert, values.List([values.Integer(random.Next(1000)), value]))
                    : (Function.ExtractMax, default);
            case "set":
                var dice = random.Next(4);
                if (dice == 0 || _elements.Count == 0) return (Function.Add, value);
                var member = _elements[random.Next(_elements.Count)];
                return dice == 1 ? (Function.Remove, member) : (Function.Contains, member);
            case TypedKind.ReAdded or TypedKind.ReadWhole:
                var again = values.Integer(random.Next(Few));
                if (kind.Name == TypedKind.ReadWhole && random.Next(4) == 0) return (Function.Read, default);
                return random.Next(4) switch { 0 => (Function.Add, again), 1 => (Function.Remove, again), _ => (Function.Contains, again) };
            case TypedKind.Deltas: return random.Next(2) == 0 ? (Function.Read, default) : (Function.Add, values.Integer(random.Next(1, 5)));
            case "pn-counter": return random.Next(2) == 0 ? (Function.Read, default) : (Function.Add, values.Integer(random.Next(-3, 4)));
            case "semaphore":
                if (number == 0) return (Function.Release, values.Integer(Permits - 1)); // there is one at first
                return _permits.GetValueOrDefault(process) is > 0 and var held && random.Next(2) == 0
                    ? (Function.Release, values.Integer(held))
                    : (Function.Acquire, values.Integer(random.Next(1, 3)));
            case var name when name.StartsWith("multi-register", StringComparison.Ordinal): return (Function.Transaction, Transaction(number));
            case "counter": return random.Next(2) == 0 ? (Function.Read, default) : (Function.Add, values.Integer(1));
            case "lock": return _holder == process ? (Function.Release, default) : (Function.Acquire, default);
            case "log": return random.Next(2) == 0 ? (Function.Send, value) : (Function.Poll, default);
            // Reads list everything: a hundred of them, however long the history.
            case "append-list": return number % Math.Max(2, operations / 100) == 0 ? (Function.Read, default) : (Function.Append, value);
            case "unique-ids": return (Function.Generate, default);
            default: throw new UnreachableException($"no simulation of {_type.Name}");
        }
    }

    /// <summary>Does an operation at once.</summary>
    /// <param name="process">The process.</param>
    /// <param name="function">What it does.</param>
    /// <param name="key">On what, of several.</param>
    /// <param name="input">Its argument.</param>
    public (OperationType Type, ValueId Output) Apply(int process, Function function, ValueId key, ValueId input)
    {
        switch (function)
        {
            case Function.Transaction: return (OperationType.Ok, Transact(input));
            case Function.Snapshot:
                return (OperationType.Ok, values.Map([.. Enumerable.Range(0, Few).SelectMany(i => new[] { Name(i), _registers[i] })]));
            case Function.Read when _type == DataTypes.Snapshot: return (OperationType.Ok, _registers[Number(key)]);
            case Function.Write:
                _registers[Number(key)] = input;
                return (OperationType.Ok, input);
            case Function.Acquire when _type == DataTypes.Semaphore:
                if (Integer(input) > _sum + 1) return (OperationType.Fail, ValueId.Null);
                _sum -= Integer(input);
                _permits[process] = _permits.GetValueOrDefault(process) + (int)Integer(input);
                return (OperationType.Ok, ValueId.Null);
            case Function.Release when _type == DataTypes.Semaphore:
                _sum += Integer(input);
                _permits[process] = 0;
                return (OperationType.Ok, ValueId.Null);
            case Function.Read when kind.Name == TypedKind.ReadWhole: return (OperationType.Ok, values.List([.. _members]));
            case Function.Enqueue when _type == DataTypes.Queue:
            case Function.Push:
                _line.AddLast(input);
                return (OperationType.Ok, input);
            case Function.Enqueue:
            case Function.Append:
                _elements.Add(input);
                return (OperationType.Ok, input);
            case Function.Dequeue when _type == DataTypes.Queue: return (OperationType.Ok, Take(_line.First));
            case Function.Pop: return (OperationType.Ok, Take(_line.Last));
            case Function.Dequeue:
                if (_elements.Count == 0) return (OperationType.Ok, ValueId.Null);
                var at = random.Next(_elements.Count);
                var taken = _elements[at];
                _elements[at] = _elements[^1];
                _elements.RemoveAt(_elements.Count - 1);
                return (OperationType.Ok, taken);
            case Function.Insert:
                _heap.Enqueue(input, -(int)Integer(values.Items(input)[0]));
                return (OperationType.Ok, input);
            case Function.ExtractMax: return (OperationType.Ok, _heap.TryDequeue(out var greatest, out _) ? greatest : ValueId.Null);
            case Function.Add when _type == DataTypes.Set:
                _members.Add(input);
                if (kind.Name == _type.Name) _elements.Add(input);
                return (OperationType.Ok, input);
            case Function.Remove:
                _members.Remove(input);
                return (OperationType.Ok, input);
            case Function.Contains: return (OperationType.Ok, values.List([input, ValueId.Boolean(_members.Contains(input))]));
            case Function.Add:
                _sum += Integer(input);
                return (OperationType.Ok, input);
            case Function.Read when _type == DataTypes.Counter || _type == DataTypes.PnCounter: return (OperationType.Ok, values.Integer(_sum));
            case Function.Read: return (OperationType.Ok, values.List(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_elements)));
            case Function.Acquire:
                if (_holder >= 0) return (OperationType.Fail, ValueId.Null);
                _holder = process;
                return (OperationType.Ok, values.Integer(++_sum));
            case Function.Release:
                _holder = -1;
                return (OperationType.Ok, ValueId.Null);
            case Function.Send:
                _elements.Add(input);
                return (OperationType.Ok, values.List([values.Integer(_elements.Count - 1), input]));
            case Function.Poll:
                if (_elements.Count == 0) return (OperationType.Ok, values.List([]));
                var last = _elements.Count - 1;
                return (OperationType.Ok, values.List([values.List([values.Integer(last), _elements[last]])]));
            case Function.Generate: return (OperationType.Ok, values.Integer(++_sum));
            default: throw new UnreachableException($"no simulation of {function}");
        }
    }

    private ValueId Written(int number) => values.Integer(kind.Values == 0 ? number : random.Next(kind.Values));

    private ValueId Name(int register) => values.String($"k{register}");

    private int Number(ValueId name) => int.Parse(values.Get(name).AsString()[1..], System.Globalization.CultureInfo.InvariantCulture);

    private ValueId Transaction(int number)
    {
        var micros = new List<ValueId>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var register = Name(random.Next(Few));
            micros.Add(random.Next(2) == 0
                ? values.List([values.String("read"), register, ValueId.Null])
                : values.List([values.String("write"), register, Written((4 * number) + i)]));
        }

        return values.List([.. micros]);
    }

    private ValueId Transact(ValueId input)
    {
        var done = new List<ValueId>();
        foreach (var micro in values.Items(input).ToArray())
        {
            var items = values.Items(micro).ToArray();
            if (values.Get(items[0]).AsString() == "read") items[2] = _registers[Number(items[1])];
            else _registers[Number(items[1])] = items[2];
            done.Add(values.List(items));
        }

        return values.List([.. done]);
    }

    private ValueId Element(ValueId unique) => elements > 0 ? values.Integer(random.Next(elements)) : unique;

    private bool Grows(int count) => random.Next(2 * length) >= Math.Min(count, (2 * length) - 1);

    private ValueId Take(LinkedListNode<ValueId>? node)
    {
        if (node is null) return ValueId.Null;
        _line.Remove(node);
        return node.Value;
    }

    private long Integer(ValueId value) => values.TryGetInteger(value, out var integer) ? integer : throw new UnreachableException("an integer");
}
