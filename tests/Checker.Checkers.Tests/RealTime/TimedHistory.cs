using System.Text.RegularExpressions;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.RealTime;

/// <summary>An operation with the positions of its events; one of unknown outcome never ends.</summary>
internal sealed record TimedOp(SmallOp Op, int Begin, int End)
{
    /// <summary>Whether it ended before another began.</summary>
    public bool Precedes(TimedOp other) => !Op.Info && End < other.Begin;

    /// <summary>Whether it writes: a compare-and-set from a value to itself changes nothing.</summary>
    public bool Writes => Op.Written is not null && !(Op.Reads && Op.ReadValue == Op.Written);
}

/// <summary>A small history over registers by key whose operations overlap, in the order of invocation. A position is a microsecond.</summary>
internal sealed class TimedHistory(IReadOnlyList<TimedOp> ops)
{
    /// <summary>The operations, by invocation.</summary>
    public IReadOnlyList<TimedOp> Ops => ops;

    /// <summary>The history.</summary>
    public History Build()
    {
        var builder = new HistoryBuilder(DataTypes.Kv);
        foreach (var (op, begins) in ops.SelectMany(op => new[] { (op, true), (op, false) }).OrderBy(e => e.Item2 ? e.op.Begin : e.op.End))
        {
            var (function, key, input, output) = Values(builder.Values, op.Op);
            var time = 1000L * (begins ? op.Begin : op.End);
            Assert.Null(begins
                ? builder.Invoke(op.Op.Process, function, key, input, time)
                : builder.Complete(op.Op.Process, op.Op.Info ? OperationType.Info : OperationType.Ok, function, key, op.Op.Info ? input : output, time));
        }

        return builder.Build();
    }

    /// <summary>The histories that remain once each info write either happened or did not; info reads never matter.</summary>
    public IEnumerable<IReadOnlyList<TimedOp>> Possibilities()
    {
        var open = ops.Where(op => op.Op.Info && op.Writes).ToList();
        for (var mask = 0; mask < 1 << open.Count; mask++)
        {
            yield return [.. ops.Where(op => !op.Op.Info || (op.Writes && ((mask >> open.IndexOf(op)) & 1) == 1))];
        }
    }

    /// <summary>Some of the operations only.</summary>
    public TimedHistory Only(IEnumerable<int> numbers) => new([.. numbers.Order().Select(number => ops[number])]);

    /// <summary>
    /// A random one: processes take turns; reads mostly return one of the last few values, sometimes any.
    /// </summary>
    public static TimedHistory Random(Random random, int maxOps, double infoShare, bool repeats = false, int keys = 1, bool swaps = true)
    {
        var count = random.Next(2, maxOps + 1);
        var processes = random.Next(1, 5);
        var lag = random.Next(1, 4);
        var wild = random.Next(3) == 0 ? 5 : 40;
        var writtenLater = new List<(string Key, long Value)>();
        var versions = new Dictionary<string, List<long?>> { ["x"] = [null], ["y"] = [null] };
        var done = new TimedOp?[count];
        var open = new Dictionary<int, (int Index, int Process)>();
        var names = Enumerable.Range(0, processes).ToArray();
        var (started, position, fresh) = (0, 0, processes);
        var plan = Enumerable.Range(0, count).Select(i => (
            Key: random.Next(keys) == 0 ? "x" : "y",
            Kind: random.Next(10) switch { < 5 => 0, < 9 => 1, _ => swaps ? 2 : 1 },
            Value: repeats ? random.Next(1, 4) : i + 1L)).ToArray();
        writtenLater.AddRange(plan.Where(p => p.Kind > 0).Select(p => (p.Key, p.Value)));
        var begins = new int[count];
        while (started < count || open.Count > 0)
        {
            var thread = random.Next(processes);
            if (!open.TryGetValue(thread, out var current))
            {
                if (started == count) continue;
                begins[started] = position++;
                // A write may become visible as soon as it begins, or only when it ends.
                if (plan[started].Kind > 0 && random.Next(2) == 0) versions[plan[started].Key].Add(plan[started].Value);
                open[thread] = (started++, names[thread]);
                continue;
            }

            var (key, kind, value) = plan[current.Index];
            var known = versions[key];
            var others = known.Where(v => kind == 0 || v != value || repeats).ToList();
            long? read = others.Count == 0 ? null : others[^random.Next(1, Math.Min(kind == 2 ? 1 : lag, others.Count) + 1)];
            if (random.Next(wild) == 0)
            {
                var any = writtenLater.Where(w => w.Key == key && (w.Value != value || kind == 0)).Select(w => (long?)w.Value)
                    .Append(null).Append(99).ToList();
                read = any[random.Next(any.Count)];
            }

            if (kind > 0 && !known.Contains(value)) known.Add(value);
            var info = random.NextDouble() < infoShare;
            if (info) names[thread] = fresh++;
            var op = new SmallOp(current.Process, key, kind == 1 ? null : read, kind != 1, kind == 0 ? null : value, info);
            done[current.Index] = new TimedOp(op, begins[current.Index], position++);
            open.Remove(thread);
        }

        return new TimedHistory(done!);
    }

    /// <summary>Draws one: each line a process, each word an operation, such as <c>w1</c>, <c>r2</c>, <c>r-</c> (null), <c>c1,2</c>, with
    /// the columns it takes as its beginning and end; <c>?</c> behind it: its outcome is unknown. A first letter <c>y</c> names key
    /// y.</summary>
    public static TimedHistory Draw(params string[] lines)
    {
        var all = new List<TimedOp>();
        for (var process = 0; process < lines.Length; process++)
        {
            foreach (Match match in Regex.Matches(lines[process], @"\[ *(y?)([rwc])([^ \]?]+)(\??) *\]"))
            {
                var values = match.Groups[3].Value.Split(',').Select(v => v == "-"
                    ? (long?)null : long.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
                var key = match.Groups[1].Value == "y" ? "y" : "x";
                var info = match.Groups[4].Value == "?";
                var op = match.Groups[2].Value switch
                {
                    "r" => new SmallOp(process, key, values[0], Reads: true, null, info),
                    "w" => new SmallOp(process, key, null, Reads: false, values[0], info),
                    _ => new SmallOp(process, key, values[0], Reads: true, values[1], info),
                };

                // Two events never share a position.
                all.Add(new TimedOp(op, (match.Index * 10) + process, ((match.Index + match.Length - 1) * 10) + process));
            }
        }

        return new TimedHistory([.. all.OrderBy(op => op.Begin)]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", ops.Select((op, i) =>
        $"{i}: [{op.Begin}, {(op.Op.Info ? "?" : op.End)}] {new SmallHistory([op.Op])}"));

    private static (Function Function, ValueId Key, ValueId Input, ValueId Output) Values(ValueTable values, SmallOp op)
    {
        var read = op.ReadValue is { } r ? values.Integer(r) : ValueId.Null;
        var written = op.Written is { } w ? values.Integer(w) : ValueId.Null;
        var key = values.String(op.Key);
        return (op.Reads, op.Written) switch
        {
            (true, null) => (Function.Read, key, ValueId.Null, read),
            (false, _) => (Function.Write, key, written, written),
            _ => (Function.Cas, key, values.List([read, written]), values.List([read, written])),
        };
    }
}
