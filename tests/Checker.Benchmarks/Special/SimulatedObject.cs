using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Special;

/// <summary>An object that large histories are made on. Choosing an operation and its effect are apart, as they are in time.</summary>
internal abstract class SimulatedObject(DataType type, ValueTable values, Random random)
{
    private static readonly (string Kind, Func<ValueTable, Random, (int Operations, bool Brief), SimulatedObject> Make)[] All =
    [
        ("register", static (v, r, _) => new SimulatedRegister(v, r)),
        ("queue", static (v, r, n) => new SimulatedContainer(DataTypes.Queue, v, r, n.Brief)),
        ("unordered-queue", static (v, r, n) => new SimulatedContainer(DataTypes.UnorderedQueue, v, r, n.Brief)),
        ("unordered-queue with equal elements", static (v, r, n) => new SimulatedContainer(DataTypes.UnorderedQueue, v, r, n.Brief, elements: 50)),
        ("queue with equal elements", static (v, r, n) => new SimulatedContainer(DataTypes.Queue, v, r, n.Brief, elements: 50)),
        ("stack", static (v, r, n) => new SimulatedContainer(DataTypes.Stack, v, r, n.Brief)),
        ("priority-queue", static (v, r, n) => new SimulatedContainer(DataTypes.PriorityQueue, v, r, n.Brief)),
        ("set", static (v, r, _) => new SimulatedSet(v, r, again: false)),
        ("set with re-added elements", static (v, r, _) => new SimulatedSet(v, r, again: true)),
        ("grow-only set", static (v, r, n) => new SimulatedList(DataTypes.Set, v, r, n.Operations, n.Brief)),
        ("append-list", static (v, r, n) => new SimulatedList(DataTypes.AppendList, v, r, n.Operations, n.Brief)),
        ("log", static (v, r, n) => new SimulatedList(DataTypes.Log, v, r, n.Operations, n.Brief)),
        ("counter", static (v, r, _) => new SimulatedCounter(v, r, most: 1)),
        ("counter with deltas", static (v, r, _) => new SimulatedCounter(v, r, most: 3)),
        ("unique-ids", static (v, r, _) => new SimulatedIdentifiers(v, r)),
        ("lock", static (v, r, _) => new SimulatedLock(v, r, leases: false)),
        ("lock with leases", static (v, r, _) => new SimulatedLock(v, r, leases: true)),
    ];

    /// <summary>What can be simulated.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(entry => entry.Kind)];

    /// <summary>The data type.</summary>
    public DataType Type => type;

    protected ValueTable Values => values;

    protected Random Random => random;

    /// <summary>
    /// Makes one for a history of so many operations; a brief one holds few elements and is read often, so that little is in doubt for long.
    /// </summary>
    public static SimulatedObject Of(string kind, ValueTable values, Random random, int operations, bool brief) =>
        All.Single(entry => entry.Kind == kind).Make(values, random, (operations, brief));

    /// <summary>Says what an operation does: its function and argument.</summary>
    public abstract void Choose(ref LargeOperation operation);

    /// <summary>Does it and says what it returns; false if it fails.</summary>
    public abstract bool Do(ref LargeOperation operation);

    protected ValueId Number(long number) => values.Integer(number);
}

/// <summary>A register: half reads, a third writes, the rest compare-and-sets; every value is written once.</summary>
internal sealed class SimulatedRegister(ValueTable values, Random random) : SimulatedObject(DataTypes.CasRegister, values, random)
{
    private ValueId _state;
    private int _next;

    public override void Choose(ref LargeOperation operation)
    {
        var dice = Random.Next(20);
        operation.Function = dice < 10 ? Function.Read : dice < 17 ? Function.Write : Function.Cas;
        operation.Input = dice < 10 ? default : dice < 17 ? Number(_next++) : Values.List([_state, Number(_next++)]);
    }

    public override bool Do(ref LargeOperation operation)
    {
        if (operation.Function == Function.Read) operation.Output = _state;
        else if (operation.Function == Function.Write) _state = operation.Input;
        else if (Values.Items(operation.Input)[0] != _state) return false;
        else _state = Values.Items(operation.Input)[1];
        return true;
    }
}

/// <summary>A queue, bag, stack or priority queue of unique elements, or of so many different ones, mostly short, sometimes empty.</summary>
internal sealed class SimulatedContainer(DataType type, ValueTable values, Random random, bool brief, int elements = int.MaxValue)
    : SimulatedObject(type, values, random)
{
    private readonly LinkedList<ValueId> _line = new();
    private readonly List<ValueId> _bag = [];
    private readonly PriorityQueue<ValueId, long> _heap = new();
    private int _next;

    private int Count => _line.Count + _bag.Count + _heap.Count;

    public override void Choose(ref LargeOperation operation)
    {
        var insert = Random.Next(100) < (brief ? (Count > 2 ? 10 : 50) : Count > 200 ? 40 : 52);
        operation.Function = insert ? Type.Functions[0] : Type.Functions[1];
        operation.Input = !insert ? default
            : Type == DataTypes.PriorityQueue ? Values.List([Number(Random.Next(1_000)), Number(_next++)])
            : Number(elements == int.MaxValue ? _next++ : Random.Next(elements));
    }

    public override bool Do(ref LargeOperation operation)
    {
        if (operation.Function == Type.Functions[0])
        {
            if (Type == DataTypes.PriorityQueue) _heap.Enqueue(operation.Input, -Values.Items(operation.Input)[0].InlineInteger);
            else if (Type == DataTypes.UnorderedQueue) _bag.Add(operation.Input);
            else if (Type == DataTypes.Queue) _line.AddLast(operation.Input);
            else _line.AddFirst(operation.Input);
            return true;
        }

        operation.Output = default;
        if (Count == 0) return true;
        if (_heap.Count > 0)
        {
            operation.Output = _heap.Dequeue();
        }
        else if (_bag.Count > 0)
        {
            var at = Random.Next(_bag.Count);
            (operation.Output, _bag[at]) = (_bag[at], _bag[^1]);
            _bag.RemoveAt(_bag.Count - 1);
        }
        else
        {
            operation.Output = _line.First!.Value;
            _line.RemoveFirst();
        }

        return true;
    }
}

/// <summary>A set: elements are added, looked for and removed, once each or again and again.</summary>
internal sealed class SimulatedSet(ValueTable values, Random random, bool again) : SimulatedObject(DataTypes.Set, values, random)
{
    private readonly HashSet<long> _present = [];
    private readonly HashSet<long> _removed = [];
    private int _next;

    public override void Choose(ref LargeOperation operation)
    {
        var dice = Random.Next(100);
        var element = again ? Random.Next(100) : Math.Max(0, _next - 1 - Random.Next(50));
        operation.Function = dice < 35 ? Function.Add : dice < 60 ? Function.Remove : Function.Contains;
        if (!again && operation.Function == Function.Add) element = _next++;
        if (!again && operation.Function == Function.Remove && !_removed.Add(element)) operation.Function = Function.Contains;
        operation.Input = Number(element);
    }

    public override bool Do(ref LargeOperation operation)
    {
        var element = operation.Input.InlineInteger;
        var present = _present.Contains(element);
        operation.Output = operation.Function == Function.Contains ? ValueId.Boolean(present) : ValueId.Boolean(
            present == (operation.Function == Function.Remove));
        if (operation.Function == Function.Add) _present.Add(element);
        if (operation.Function == Function.Remove) _present.Remove(element);
        return true;
    }
}

/// <summary>A list, log or grow-only set. Lists and sets are read whole some forty times; logs are polled at their end.</summary>
internal sealed class SimulatedList(DataType type, ValueTable values, Random random, int operations, bool brief) : SimulatedObject(type, values, random)
{
    private readonly List<ValueId> _items = [];
    private int _next;

    public override void Choose(ref LargeOperation operation)
    {
        var read = Type == DataTypes.Log ? Random.Next(2) == 0 : (brief ? Random.Next(10) > 0 : Random.Next(Math.Max(2, operations / 40)) == 0);
        operation.Function = read ? (Type == DataTypes.Log ? Function.Poll : Function.Read) : Type.Functions[0];
        operation.Input = read ? default : Number(_next++);
    }

    public override bool Do(ref LargeOperation operation)
    {
        if (operation.Function is Function.Read)
        {
            operation.Output = Values.List(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items));
        }
        else if (operation.Function == Function.Poll)
        {
            var from = Math.Max(0, _items.Count - 3);
            operation.Output = Values.List([.. Enumerable.Range(from, _items.Count - from).Select(at => Values.List([Number(at), _items[at]]))]);
        }
        else
        {
            if (Type == DataTypes.Log) operation.Output = Values.List([Number(_items.Count), operation.Input]);
            _items.Add(operation.Input);
        }

        return true;
    }
}

/// <summary>A counter that grows by 1, or by up to so much.</summary>
internal sealed class SimulatedCounter(ValueTable values, Random random, int most) : SimulatedObject(DataTypes.Counter, values, random)
{
    private long _sum;

    public override void Choose(ref LargeOperation operation)
    {
        operation.Function = Random.Next(2) == 0 ? Function.Read : Function.Add;
        operation.Input = operation.Function == Function.Add ? Number(Random.Next(1, most + 1)) : default;
    }

    public override bool Do(ref LargeOperation operation)
    {
        if (operation.Function == Function.Add) _sum += operation.Input.InlineInteger;
        else operation.Output = Number(_sum);
        return true;
    }
}

/// <summary>Unique identifiers and a sum.</summary>
internal sealed class SimulatedIdentifiers(ValueTable values, Random random) : SimulatedObject(DataTypes.UniqueIds, values, random)
{
    private long _sum;
    private int _next;

    public override void Choose(ref LargeOperation operation)
    {
        operation.Function = Random.Next(2) == 0 ? Function.Generate : Function.FetchAndAdd;
        operation.Input = operation.Function == Function.FetchAndAdd ? Number(Random.Next(1, 3)) : default;
    }

    public override bool Do(ref LargeOperation operation)
    {
        operation.Output = operation.Function == Function.Generate ? Number(_next++) : Number(_sum);
        if (operation.Function == Function.FetchAndAdd) _sum += operation.Input.InlineInteger;
        return true;
    }
}

/// <summary>A lock with fencing tokens; of leases every fourth is left to lapse, which it does when somebody asks for the lock much later.</summary>
internal sealed class SimulatedLock(ValueTable values, Random random, bool leases) : SimulatedObject(DataTypes.Lock, values, random)
{
    private const int LeaseMilliseconds = 1; // a thousand events
    private readonly Dictionary<int, bool> _holds = [];
    private int _holder = -1;
    private long _until;
    private long _token;
    private long _now;

    public override void Choose(ref LargeOperation operation)
    {
        _now = operation.Invoke;
        var wants = _holds.GetValueOrDefault(operation.Process);
        operation.Function = wants && !(leases && Random.Next(4) == 0) ? Function.Release : Function.Acquire;
        if (leases && operation.Function == Function.Acquire) operation.Input = Values.Intern(Value.Map([new("lease", LeaseMilliseconds)]));
    }

    public override bool Do(ref LargeOperation operation)
    {
        if (operation.Function == Function.Release)
        {
            _holds[operation.Process] = false;
            if (_holder == operation.Process) _holder = -1;
            return true;
        }

        if (_holder >= 0 && !(leases && _now >= _until)) return false;
        _holder = operation.Process;
        _until = operation.Type == OperationType.Info && !leases ? 0 : _now + (LeaseMilliseconds * 1_000) + 1;
        if (operation.Type == OperationType.Info && !leases) _holder = -1; // nobody would release it
        else _holds[operation.Process] = true;
        operation.Output = Number(++_token);
        return true;
    }
}
