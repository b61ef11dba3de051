using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Registers;

/// <summary>One operation of a small history, as references see it: it may read, write, or both. To write 0 is to write null.</summary>
internal sealed record SmallOp(int Process, string Key, long? ReadValue, bool Reads, long? Written, bool Info);

/// <summary>A small history over registers by key: the values are numbers, null is unwritten. Values are unique unless a number of values is
/// asked for, from which every write then takes one, or now and then null.</summary>
internal sealed class SmallHistory(IReadOnlyList<SmallOp> ops)
{
    /// <summary>The operations; those of a process in program order.</summary>
    public IReadOnlyList<SmallOp> Ops => ops;

    /// <summary>The history, one operation after another.</summary>
    public History Build()
    {
        var builder = new HistoryBuilder(DataTypes.Kv);
        var values = builder.Values;
        foreach (var op in ops)
        {
            var key = values.String(op.Key);
            var read = op.ReadValue is { } r ? values.Integer(r) : ValueId.Null;
            var written = op.Written is > 0 and var w ? values.Integer(w) : ValueId.Null;
            var (function, input, output) = (op.Reads, op.Written) switch
            {
                (true, null) => (Function.Read, ValueId.Null, read),
                (false, _) => (Function.Write, written, written),
                _ => (Function.Cas, values.List([read, written]), values.List([read, written])),
            };
            Assert.Null(builder.Invoke(op.Process, function, key, input));
            Assert.Null(builder.Complete(op.Process, op.Info ? OperationType.Info : OperationType.Ok, function, key, op.Info
                ? input : output));
        }

        return builder.Build();
    }

    /// <summary>The histories that remain once each info operation either happened or did not; info reads never matter.</summary>
    public IEnumerable<IReadOnlyList<SmallOp>> Possibilities()
    {
        var open = ops.Where(op => op.Info && op.Written is not null).ToList();
        for (var mask = 0; mask < 1 << open.Count; mask++)
        {
            yield return [.. ops.Where(op => !op.Info || (op.Written is not null && ((mask >> open.IndexOf(op)) & 1) == 1)).Select(op =>
                op with { Info = false })];
        }
    }

    /// <summary>A random one. Reads return a random value written to their key, mostly, or null.</summary>
    public static SmallHistory Random(Random random, int maxOps, double infoShare, int values = 0)
    {
        var processes = random.Next(1, 5);
        var keys = random.Next(1, 3);
        var count = random.Next(2, maxOps + 1);
        var written = new List<(int Op, string Key, long Value)>();
        var shapes = new List<(int Process, string Key, int Kind)>();
        for (var i = 0; i < count; i++)
        {
            var key = random.Next(keys) == 0 ? "x" : "y";
            var kind = random.Next(10) switch { < 5 => 0, < 9 => 1, _ => 2 };
            shapes.Add((random.Next(processes), key, kind));
            if (kind > 0) written.Add((i, key, NewValue(random, i, values)));
        }

        var retired = new Dictionary<int, int>();
        var ops = new List<SmallOp>();
        for (var i = 0; i < count; i++)
        {
            var (thread, key, kind) = shapes[i];
            var process = thread + (10 * retired.GetValueOrDefault(thread));
            var own = kind > 0 ? written.Single(w => w.Op == i).Value : (long?)null;
            var seen = written.Where(w => w.Key == key && w.Op != i).Select(w => Readable(w.Value)).Append(null).ToList();
            var read = seen[random.Next(seen.Count)];
            if (random.Next(40) == 0) read = 99;
            var info = random.NextDouble() < infoShare;
            if (info) retired[thread] = retired.GetValueOrDefault(thread) + 1;
            ops.Add(new SmallOp(process, key, kind == 1 ? null : read, kind != 1, own, info));
        }

        return new SmallHistory(ops);
    }

    /// <summary>
    /// A history with one true order, which is thrown away: the processes' operations are interleaved anew. If broken, one read returns
    /// another value of its key.
    /// </summary>
    public static SmallHistory InOrder(Random random, int count, int processes, int keys, bool broken, int values = 0)
    {
        var state = new Dictionary<string, long?>();
        var perProcess = Enumerable.Range(0, processes).Select(_ => new Queue<SmallOp>()).ToArray();
        var written = new List<(string Key, long Value)>();
        for (var i = 0; i < count; i++)
        {
            var key = $"k{random.Next(keys)}";
            var process = random.Next(processes);
            var kind = random.Next(10) switch { < 5 => 0, < 9 => 1, _ => 2 };
            var now = state.GetValueOrDefault(key);
            var value = NewValue(random, i, values);
            perProcess[process].Enqueue(new SmallOp(process, key, kind == 1 ? null : now, kind != 1, kind == 0 ? null : value, Info: false));
            if (kind == 0) continue;
            state[key] = Readable(value);
            written.Add((key, value));
        }

        var ops = new List<SmallOp>();
        while (perProcess.Where(queue => queue.Count > 0).ToList() is { Count: > 0 } left) ops.Add(left[random.Next(left.Count)].Dequeue());
        var reads = Enumerable.Range(0, ops.Count).Where(i => ops[i].Reads).ToList();
        if (broken && reads.Count > 0)
        {
            var at = reads[random.Next(reads.Count)];
            var others = written.Where(w => w.Key == ops[at].Key && w.Value != ops[at].Written).Select(w =>
                Readable(w.Value)).Append(null).ToList();
            ops[at] = ops[at] with { ReadValue = others[random.Next(others.Count)] };
        }

        return new SmallHistory(ops);
    }

    /// <summary>
    /// A history of a store whose replicas, one per process, apply the writes of each process in order but independently of each other's,
    /// and now and then lose one or ask another replica: near the border of what PRAM and causal memory allow.
    /// </summary>
    public static SmallHistory Lagging(Random random, int count, int processes, int keys, int values = 0)
    {
        var logs = Enumerable.Range(0, processes).Select(_ => new List<(string Key, long Value)>()).ToArray();
        var applied = new int[processes, processes];
        var replicas = Enumerable.Range(0, processes).Select(_ => new Dictionary<string, long?>()).ToArray();
        var ops = new List<SmallOp>();
        var loses = random.Next(2) == 0;
        for (var i = 0; i < count; i++)
        {
            var process = random.Next(processes);
            var key = $"k{random.Next(keys)}";
            var replica = replicas[process];
            var writer = random.Next(processes);
            var log = logs[writer];
            for (var n = random.Next(4); n > 0 && writer != process && applied[process, writer] < log.Count; n--)
            {
                var (at, value) = log[applied[process, writer]++];
                if (!loses || random.Next(5) > 0) replica[at] = Readable(value);
            }

            var from = loses && random.Next(10) == 0 ? replicas[writer] : replica;
            var kind = random.Next(10) switch { < 5 => 0, < 9 => 1, _ => 2 };
            var written = NewValue(random, i, values);
            ops.Add(new SmallOp(process, key, kind == 1 ? null : from.GetValueOrDefault(key), kind != 1, kind == 0 ? null : written, Info: false));
            if (kind == 0) continue;
            replica[key] = Readable(written);
            logs[process].Add((key, written));
        }

        return new SmallHistory(ops);
    }

    private static long NewValue(Random random, int op, int values) =>
        values == 0 ? op + 1 : random.Next(15) == 0 ? 0 : 1 + random.Next(values);

    private static long? Readable(long written) => written == 0 ? null : written;

    /// <summary>Reads lines such as "0 w x 1", "1 r x null", "2 c x 1 2": process, operation, key, values.</summary>
    public static SmallHistory Parse(params string[] lines) => new([.. lines.Select(line =>
    {
        var words = line.Split(' ');
        long? Value(int at) => words[at] == "null" ? null : long.Parse(words[at], System.Globalization.CultureInfo.InvariantCulture);
        var process = int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture);
        return words[1] switch
        {
            "r" => new SmallOp(process, words[2], Value(3), Reads: true, Written: null, Info: false),
            "w" => new SmallOp(process, words[2], null, Reads: false, Value(3) ?? 0, Info: false),
            _ => new SmallOp(process, words[2], Value(3), Reads: true, Value(4) ?? 0, Info: false),
        };
    })]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        "\n", ops.Select(op => $"p{op.Process} {op.Key} {(op.Reads ? $"read {op.ReadValue?.ToString() ?? "null"}" : "")} " +
        $"{(op.Written is { } w ? $"write {w}" : "")}{(op.Info ? " (info)" : "")}"));
}
