using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Reports.Tests;

/// <summary>Histories and verdicts to draw.</summary>
internal static class SampleHistories
{
    /// <summary>A stale read: process 2 reads 1 although 2 had been written before it began.</summary>
    public static ReportInput StaleRead()
    {
        var builder = new HistoryBuilder(DataTypes.Register)
        {
            Header = new() { Target = "async-replication", Workload = "register", Seed = 7, Nodes = ["n1", "n2", "n3"] },
        };
        Invoke(builder, 0, Function.Write, default, 1, 1);
        Complete(builder, 0, OperationType.Ok, Function.Write, default, 1, 12);
        builder.Nemesis(EventType.Info, "start-partition", Value.Map([new("n1", Value.List("n2", "n3"))]), Ms(14));
        Invoke(builder, 1, Function.Write, default, 2, 20);
        Invoke(builder, 3, Function.Write, default, 3, 24);
        Complete(builder, 1, OperationType.Ok, Function.Write, default, 2, 34);
        Invoke(builder, 2, Function.Read, default, Value.Null, 40);
        Invoke(builder, 0, Function.Cas, default, Value.List(9, 4), 41);
        Complete(builder, 2, OperationType.Ok, Function.Read, default, 1, 47);
        Complete(builder, 0, OperationType.Fail, Function.Cas, default, Value.List(9, 4), 52, "expected 9, found 2");
        Complete(builder, 3, OperationType.Info, Function.Write, default, 3, 74, "timeout");
        builder.Nemesis(EventType.Info, "stop-partition", Value.Map([new("hits", 17), new("what", "messages dropped")]), Ms(80));
        Invoke(builder, 2, Function.Read, default, Value.Null, 84);
        Complete(builder, 2, OperationType.Ok, Function.Read, default, 2, 91);
        var anomaly = new Anomaly(
            "stale-read",
            [0, 1, 3],
            "Process 2 read 1 at [40 ms, 47 ms], but 1 had been overwritten by 2: that write (process 1) ended at 34 ms, before the read began.")
        {
            Key = 0,
            Edges =
            [
                new(0, 1, "real-time", "write 1 ended at 12 ms, before write 2 began at 20 ms."),
                new(1, 3, "real-time", "write 2 ended at 34 ms, before the read began at 40 ms."),
                new(3, 1, "forced", "the read returned 1, so it must come before write 2, which replaced 1."),
            ],
            Partials =
            [
                new([0, 1], [3], "after write 1 and write 2 the register holds 2; the read returned 1."),
                new([0, 1, 2], [3], "after write 3 the register holds 3; the read returned 1."),
            ],
        };
        return new ReportInput
        {
            History = builder.Build(),
            DataType = DataTypes.CasRegister,
            Models =
            [
                new(Verdict.Invalid("linearizable", "general search", [anomaly], 412), 0.0031),
                new(Verdict.Valid("sequential", "saturation", new OrderCertificate([0, 3, 1, 5])), 0.0004),
                new(Verdict.Unknown("causal", "bad patterns", "a value is written twice: which write a read saw is not known"), 0.0002),
            ],
            Claims = ["linearizable"],
            Command = "checker run async-replication --workload register --nemesis partition --seed 7 --time-limit 60s",
            Run = new RunFacts
            {
                World = "sim",
                WallSeconds = 1.32,
                RunSeconds = 0.091,
                Messages = 18_204,
                Faults = [new("partition", 1, 17, "messages dropped")],
            },
        };
    }

    /// <summary>A run of that many operations of ten threads on five keys with faults, some failures and unknown outcomes.</summary>
    public static ReportInput Run(int operations, bool invalid, int threads = 10, long meanNanoseconds = 4_000_000)
    {
        var random = new System.Random(42);
        var builder = new HistoryBuilder(DataTypes.Kv)
        {
            Header = new() { Target = "quorum", Workload = "kv", Seed = 42, Nodes = ["n1", "n2", "n3", "n4", "n5"], Concurrency = threads },
        };
        var (events, end) = Schedule(random, operations, threads, meanNanoseconds);
        var total = end;
        string[] faults = ["partition", "kill", "pause"];
        for (var i = 0; i < 9; i++)
        {
            var from = (long)((0.06 + (0.1 * i)) * total);
            var fault = faults[i % 3];
            events.Enqueue(b => b.Nemesis(EventType.Info, $"start-{fault}", Value.Map([new("n" + (1 + (i % 5)), Value.List("n2", "n3"))]), from), from);
            var to = from + (long)(0.07 * total);
            events.Enqueue(b => b.Nemesis(EventType.Info, $"stop-{fault}", Value.Map([new("hits", 10 * i), new("what", "messages dropped")]), to), to);
        }

        while (events.TryDequeue(out var add, out _)) add(builder);
        var history = builder.Build();
        var verdict = invalid
            ? Verdict.Invalid("linearizable", "register zones", [.. Anomalies(history)], operations)
            : Verdict.Valid("linearizable", "register zones");
        return new ReportInput
        {
            History = history,
            DataType = DataTypes.Kv,
            Models = [new(verdict, 0.042)],
            Claims = ["linearizable"],
            Command = "checker run quorum --workload kv --nemesis partition,kill,pause --seed 42 --time-limit 60s",
            Run = new RunFacts { World = "sim", WallSeconds = 1.4, RunSeconds = total / 1e9, Messages = 1_204_551 },
        };
    }

    /// <summary>Invokes, at a time in milliseconds.</summary>
    public static void Invoke(HistoryBuilder builder, int process, Function function, Value key, Value value, double ms) =>
        Assert.Null(builder.Invoke(process, function, builder.Values.Intern(key), builder.Values.Intern(value), Ms(ms)));

    /// <summary>Completes, at a time in milliseconds.</summary>
    public static void Complete(
        HistoryBuilder builder, int process, OperationType type, Function function, Value key, Value value, double ms, string? error = null) =>
        Assert.Null(builder.Complete(process, type, function, builder.Values.Intern(key), builder.Values.Intern(value), Ms(ms), error: error));

    private static long Ms(double ms) => (long)(ms * 1e6);

    private static (PriorityQueue<Action<HistoryBuilder>, long> Events, long End) Schedule(System.Random random, int operations, int threads, long mean)
    {
        var events = new PriorityQueue<Action<HistoryBuilder>, long>();
        var free = new long[threads];
        var process = Enumerable.Range(0, threads).ToArray();
        var end = 0L;
        for (var i = 0; i < operations; i++)
        {
            var thread = Array.IndexOf(free, free.Min());
            var start = free[thread] + (long)(-Math.Log(1 - random.NextDouble()) * mean / 4);
            var latency = 200_000 + (long)(Math.Exp(random.NextDouble() * 3) * mean / 12);
            var type = random.Next(100) switch { < 3 => OperationType.Info, < 10 => OperationType.Fail, _ => OperationType.Ok };
            if (type == OperationType.Info) latency = 25 * mean;
            var (p, key, value) = (process[thread], (Value)$"k{random.Next(5)}", (Value)(long)i);
            var function = random.Next(10) switch { < 5 => Function.Read, < 9 => Function.Write, _ => Function.Cas };
            var input = function switch { Function.Read => Value.Null, Function.Write => value, _ => Value.List(value, value) };
            var output = function == Function.Read && type == OperationType.Ok ? (Value)(long)random.Next(i + 1) : input;
            events.Enqueue(b => b.Invoke(p, function, b.Values.Intern(key), b.Values.Intern(input), start), start);
            var error = type switch { OperationType.Info => "timeout", OperationType.Fail => "no quorum", _ => null };
            events.Enqueue(b => b.Complete(p, type, function, b.Values.Intern(key), b.Values.Intern(output), start + latency, error: error), start + latency);
            if (type == OperationType.Info) process[thread] += threads;
            free[thread] = start + latency + 1;
            end = Math.Max(end, free[thread]);
        }

        return (events, end);
    }

    private static IEnumerable<Anomaly> Anomalies(History history)
    {
        foreach (var at in (int[])[history.Count / 3, history.Count * 3 / 4])
        {
            var key = history.Key[at];
            var operations = Enumerable.Range(at, Math.Min(60, history.Count - at)).Where(
                op => history.Key[op] == key && history.Types[op] == OperationType.Ok).Take(3).ToArray();
            yield return new Anomaly("lost-write", operations,
                $"The write of operation {operations[0]} was acknowledged, and no later read of its key sees it or anything written after it.")
            {
                Key = key,
                Edges =
                [
                    new(operations[0], operations[1], "real-time", "the first ended before the second began."),
                    new(operations[1], operations[2], "reads-from", "the read returned what this write wrote."),
                ],
                Partials = [new([.. Enumerable.Range(Math.Max(0, at - 40), 40)], [operations[1]], "the key holds 17; the read returned 12.")],
            };
        }
    }
}
