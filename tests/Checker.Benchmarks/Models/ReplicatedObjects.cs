using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of replicated objects by key: every process has a replica that lags behind. With a primary an update happens there, and its
/// process then sees all that came before; what replicas hold are prefixes of one order, which satisfies every model below sequential
/// consistency. Without one an update happens at the replica, which has a prefix of the one order and its own later updates: causally
/// convergent, and no more. Roaming sessions with a primary keep no more than monotonic writes and writes-follow-reads.
/// </summary>
public static class ReplicatedObjects
{
    /// <summary>The types that can be made.</summary>
    public static IReadOnlyList<DataType> Types { get; } =
        [DataTypes.Queue, DataTypes.Stack, DataTypes.AppendList, DataTypes.Log, DataTypes.Set, DataTypes.GSet, DataTypes.Counter, DataTypes.GCounter];

    /// <summary>Makes a history.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="operations">How many operations.</param>
    /// <param name="processes">How many processes, each with its replica.</param>
    /// <param name="keys">How many objects.</param>
    /// <param name="primary">Whether updates happen at a primary.</param>
    /// <param name="spoiled">Whether the last operations break causality: queues, stacks and logs by two elements each of which came of the
    /// other; all else by a read that lacks what its process had put there.</param>
    /// <param name="roaming">Whether each operation asks any replica: then processes miss what they did and saw. With a primary only.</param>
    public static History Make(DataType type, int operations, int processes, int keys, bool primary, bool spoiled, bool roaming = false)
    {
        var random = new Random(4);
        var builder = new HistoryBuilder(type);
        var names = Enumerable.Range(0, keys).Select(key => builder.Values.Integer(key)).ToArray();
        var order = new List<(int Process, int Key, Function Function, ValueId Input)>();
        var replicas = Enumerable.Range(0, processes).Select(_ => new Replica(keys)).ToArray();
        for (var i = 0; i < operations; i++)
        {
            var process = random.Next(processes);
            var (replica, key) = (replicas[roaming ? random.Next(processes) : process], random.Next(keys));
            var function = Choose(type, random);
            var updates = function is not (Function.Read or Function.Poll or Function.Peek);
            var target = Math.Max(replica.Prefix, order.Count - random.Next(1, 4 * processes));
            if (primary && updates) target = order.Count;
            for (; replica.Prefix < target; replica.Prefix++)
            {
                var known = order[replica.Prefix];
                if (!roaming && known.Process == process) replica.Pending.RemoveAt(0);
                Apply(replica.Objects[known.Key], known.Function, known.Input);
            }

            var seen = replica.Objects[key];
            if (replica.Pending.Any(own => own.Key == key)) seen = [.. seen];
            foreach (var own in replica.Pending.Where(own => own.Key == key)) Apply(seen, own.Function, own.Input);
            var input = function is Function.Dequeue or Function.Pop or Function.Peek or Function.Read or Function.Poll ? ValueId.Null : builder.Values.Integer(i);
            if (function == Function.Increment) input = builder.Values.Integer(1);
            Do(process, key, function, input, Result(builder.Values, type, seen, function, input));
            if (!updates) continue;
            order.Add((process, key, function, input));
            if (!roaming) replica.Pending.Add((key, function, input));
        }

        if (spoiled) Spoil();
        return builder.Build();

        void Do(int process, int key, Function function, ValueId input, ValueId output)
        {
            if (builder.Invoke(process, function, names[key], input) is { } problem) throw new InvalidOperationException(problem);
            if (builder.Complete(process, OperationType.Ok, function, names[key], output) is { } other) throw new InvalidOperationException(other);
        }

        ValueId Taken(ValueId element) => type != DataTypes.Log ? element
            : builder.Values.List([builder.Values.List([builder.Values.Integer(order.Count(done => done.Key == 0)), element])]);

        void Spoil()
        {
            var (a, b) = (builder.Values.Integer(operations), builder.Values.Integer(operations + 1));
            if (type == DataTypes.Queue || type == DataTypes.Stack || type == DataTypes.Log)
            {
                var (put, take) = type == DataTypes.Queue ? (Function.Enqueue, Function.Dequeue)
                    : type == DataTypes.Stack ? (Function.Push, Function.Pop) : (Function.Send, Function.Poll);
                Do(0, 0, take, ValueId.Null, Taken(b));
                Do(0, 0, put, a, a);
                Do(1, 0, take, ValueId.Null, Taken(a));
                Do(1, 0, put, b, b);
                return;
            }

            var grow = type.Sequential == DataTypes.Counter ? Function.Increment : type == DataTypes.AppendList ? Function.Append : Function.Add;
            var before = replicas[0].Objects[0];
            Do(0, 0, grow, grow == Function.Increment ? builder.Values.Integer(1_000_000_000) : a, a);
            Do(0, 0, Function.Read, ValueId.Null, Result(builder.Values, type, before, Function.Read, ValueId.Null));
        }
    }

    private static Function Choose(DataType type, Random random)
    {
        var update = random.Next(3) == 0;
        if (type == DataTypes.Queue) return random.Next(2) == 0 ? Function.Enqueue : Function.Dequeue;
        if (type == DataTypes.Stack) return random.Next(2) == 0 ? Function.Push : random.Next(3) == 0 ? Function.Peek : Function.Pop;
        if (type == DataTypes.AppendList) return update ? Function.Append : Function.Read;
        if (type == DataTypes.Log) return update ? Function.Send : Function.Poll;
        if (type.Sequential == DataTypes.Counter) return update ? Function.Increment : Function.Read;
        return update ? Function.Add : Function.Read;
    }

    private static void Apply(List<ValueId> seen, Function function, ValueId input)
    {
        if (function is Function.Dequeue && seen.Count > 0) seen.RemoveAt(0);
        else if (function is Function.Pop && seen.Count > 0) seen.RemoveAt(seen.Count - 1);
        else if (function is not (Function.Dequeue or Function.Pop)) seen.Add(input);
    }

    private static ValueId Result(ValueTable values, DataType type, List<ValueId> seen, Function function, ValueId input) => function switch
    {
        Function.Dequeue => seen.Count == 0 ? ValueId.Null : seen[0],
        Function.Pop or Function.Peek => seen.Count == 0 ? ValueId.Null : seen[^1],
        Function.Read when type.Sequential == DataTypes.Counter => values.Integer(seen.Count),
        Function.Read => values.List([.. seen]),
        Function.Poll => values.List([.. seen.Select((element, i) => values.List([values.Integer(i), element]))]),
        _ => input,
    };

    private sealed class Replica(int keys)
    {
        public int Prefix { get; set; }

        public List<ValueId>[] Objects { get; } = [.. Enumerable.Range(0, keys).Select(static _ => new List<ValueId>())];

        public List<(int Key, Function Function, ValueId Input)> Pending { get; } = [];
    }
}
