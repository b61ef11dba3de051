using Checker.Checkers.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>What verdicts carry: minimal counterexamples, reasons of unknown, and the same answer however many cores are used.</summary>
public sealed class EvidenceTests
{
    private static readonly LinearizableModel Model = new();

    [Fact]
    public void Leaves_nothing_in_a_counterexample_that_could_go()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var small = SmallHistory.Random(DataTypes.CasRegister, random);
            var verdict = Model.Check(small.Build(), small.Type, new CheckOptions
            {
                Initial = small.Initial,
                ObserveFailedCas = small.ObserveFailedCas
            });
            if (verdict.Kind != VerdictKind.Invalid) continue;
            var shown = verdict.Anomalies[0].Operations.Select(operation => small.Operations[operation]).ToList();
            foreach (var read in shown.Where(o => o.Function == Function.Read))
            {
                Assert.True(
                    BruteForce.IsLinearizable(small.Type, small.Initial, [.. shown.Where(o => o != read)]),
                    $"history {i}: the counterexample does not need {read}\n{small}");
            }
        }
    }

    [Fact]
    public void Shows_three_operations_of_a_thousand()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var i = 0; i < 1000; i++)
        {
            var value = builder.Values.Integer(i % 7);
            Do(builder, Function.Write, value, value);
            Do(builder, Function.Read, default, i == 900 ? builder.Values.Integer(1) : value);
        }

        var anomaly = Assert.Single(Model.Check(builder.Build(), DataTypes.Register, CheckOptions.Default).Anomalies);
        Assert.Equal("stale-read", anomaly.Kind);
        Assert.Equal(3, anomaly.Operations.Count);
        Assert.Contains(1801, anomaly.Operations);
    }

    [Theory]
    [InlineData("stack", "push 1, push 1, pop 1, push 2, pop 1", "push 1, push 2, pop 1")]
    [InlineData("stack", "push 2, pop 2, push 2, push 1, pop 2, pop 1, push 2, pop 2", "push 2, push 1, pop 2, pop 1")]
    [InlineData("queue", "enqueue 1, enqueue 1, dequeue 1, enqueue 2, dequeue 2, dequeue 1", "enqueue 1, enqueue 2, dequeue 2, dequeue 1")]
    [InlineData("unordered-queue", "enqueue 1, enqueue 1, dequeue 1, dequeue 1, dequeue 1, enqueue 1", "enqueue 1, dequeue 1, dequeue 1")]
    [InlineData("queue", "enqueue 1, enqueue 1, enqueue 1, dequeue 2, enqueue 2", "dequeue 2, enqueue 2")]
    [InlineData("set", "add 1, remove 1, add 1, remove 1, contains 1, add 1", "add 1, remove 1, contains 1")]
    public void Shows_no_more_of_elements_that_come_again_than_it_takes(string name, string history, string shown)
    {
        var type = DataTypes.Find(name)!;
        var builder = new HistoryBuilder(type);
        var steps = history.Split(", ");
        foreach (var step in steps)
        {
            var (function, value) = (FunctionNames.TryParse(step.Split(' ')[0], type, out var parsed) ? parsed : default, builder.Values.Integer(step[^1] - '0'));
            var takes = function is Function.Pop or Function.Dequeue;
            Do(builder, function, takes ? default : value, function == Function.Contains ? ValueId.Boolean(true) : value);
        }

        var anomaly = Assert.Single(Model.Check(builder.Build(), type, CheckOptions.Default).Anomalies);
        Assert.Equal(shown, string.Join(", ", anomaly.Operations.Select(operation => steps[operation])));
    }

    [Fact]
    public void Names_the_cycle_of_transactions_that_saw_half_of_one_another()
    {
        var builder = new HistoryBuilder(DataTypes.MultiRegister);
        var write = Transaction(builder, ("write", "x", 1), ("write", "y", 1));
        builder.Invoke(0, Function.Transaction, default, write);
        builder.Invoke(1, Function.Transaction, default, Transaction(builder, ("read", "x", null), ("read", "y", null)));
        builder.Complete(1, OperationType.Ok, Function.Transaction, default, Transaction(builder, ("read", "x", 1), ("read", "y", null)));
        builder.Complete(0, OperationType.Ok, Function.Transaction, default, write);
        var anomaly = Assert.Single(Model.Check(builder.Build(), DataTypes.MultiRegister, CheckOptions.Default).Anomalies);
        Assert.Equal("cyclic-order", anomaly.Kind);
        Assert.Equal(["reads-from", "forced"], anomaly.Edges.Select(edge => edge.Relation));
        Assert.Contains("the latter found x to be 1, which the former had written", anomaly.Explanation, StringComparison.Ordinal);
        Assert.Contains("the former found y to be null, as it was at first, and the latter wrote 1 there", anomaly.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_no_write_of_a_value_but_the_one_that_was_found()
    {
        // Every value is written again and again; what the last read found was replaced long before.
        var builder = new HistoryBuilder(DataTypes.MultiRegister);
        for (var i = 0; i < 300; i++)
        {
            var both = Transaction(builder, ("read", "x", i == 0 ? null : (i - 1) % 5), ("write", "x", i % 5), ("write", "y", i % 3));
            Do(builder, Function.Transaction, default, both);
        }

        Do(builder, Function.Transaction, default, Transaction(builder, ("read", "y", 0)));
        var anomaly = Assert.Single(Model.Check(builder.Build(), DataTypes.MultiRegister, CheckOptions.Default).Anomalies);
        Assert.Equal("stale-read", anomaly.Kind);
        Assert.DoesNotContain("given up", anomaly.Explanation, StringComparison.Ordinal);
    }

    private static ValueId Transaction(HistoryBuilder builder, params (string Name, string Register, int? Value)[] micros) => builder.Values.List(
    [
        .. micros.Select(micro => builder.Values.List(
        [
            builder.Values.String(micro.Name), builder.Values.String(micro.Register),
            micro.Value is { } value ? builder.Values.Integer(value) : ValueId.Null,
        ])),
    ]);

    [Fact]
    public void Says_unknown_and_what_was_proved_when_the_steps_are_spent()
    {
        var builder = new HistoryBuilder(DataTypes.Stack);
        foreach (var key in new[] { "easy", "hard" })
        {
            var name = builder.Values.String(key);
            var count = key == "easy" ? 1 : 40;
            for (var p = 0; p < count; p++) builder.Invoke(p, Function.Push, name, builder.Values.Integer(p % 2));
            for (var p = 0; p < count; p++) builder.Complete(p, OperationType.Ok, Function.Push, name, default);
            for (var p = 0; p < count; p++)
            {
                builder.Invoke(p, Function.Pop, name, default);
                builder.Complete(p, OperationType.Ok, Function.Pop, name, builder.Values.Integer(p < 20 ? p % 2 : p == 39 ? 5 : 0));
            }
        }

        var verdict = Model.Check(builder.Build(), DataTypes.Stack, new CheckOptions { MaxSteps = 2_000 });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.StartsWith("the step budget is spent: 1 of 2 keys valid, 1 undecided, longest linearizable prefix ", verdict.Reason,
            StringComparison.Ordinal);
        Assert.InRange(verdict.Steps, 1, 4_000);
    }

    [Fact]
    public void Says_unknown_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var history = Timeline.Draw(DataTypes.Set, "p0: |-add:1-| |-read=[1]-|");
        var verdict = Model.Check(history, DataTypes.Stack, new CheckOptions { Cancellation = source.Token, MaxSteps = 100 });
        Assert.NotEqual(VerdictKind.Invalid, verdict.Kind);
    }

    [Fact]
    public void Gives_the_same_answer_on_any_number_of_cores()
    {
        var random = new Random(11);
        for (var i = 0; i < 20; i++)
        {
            var history = ManyKeys(random, stale: i % 2 == 0);
            var verdicts = new[] { 1, 2, 4 }.Select(cores => Model.Check(history, DataTypes.Kv,
                new CheckOptions { Parallelism = cores })).ToArray();
            foreach (var verdict in verdicts)
            {
                Assert.Equal(verdicts[0].Kind, verdict.Kind);
                Assert.Equal(verdicts[0].Steps, verdict.Steps);
                Assert.Equal(verdicts[0].Algorithm, verdict.Algorithm);
                Assert.Equal(verdicts[0].Anomalies.Select(a => a.Explanation), verdict.Anomalies.Select(a => a.Explanation));
                if (verdict.Certificate is OrderCertificate order)
                {
                    Assert.Null(CertificateReplayer.Refute(history, DataTypes.Kv, order, CheckOptions.Default));
                    Assert.Equal(((OrderCertificate)verdicts[0].Certificate!).Order, order.Order);
                }
            }
        }
    }

    [Fact]
    public void Refutes_a_certificate_that_is_not_a_linearization()
    {
        var history = Timeline.Draw(DataTypes.Register, "p0: |-w1-| |-w2-|", "p1:               |-r2-|");
        string? Refute(params int[] order) =>
            CertificateReplayer.Refute(history, DataTypes.Register, new OrderCertificate(order), CheckOptions.Default);
        Assert.Null(Refute(0, 1, 2));
        Assert.Equal("operation 2 is missing", Refute(0, 1));
        Assert.Equal("operation 1 occurs twice", Refute(0, 1, 1, 2));
        Assert.Equal("operation 0 returned before operation 1 began, but stands after it", Refute(1, 0, 2));

        var wrong = Timeline.Draw(DataTypes.Register, "p0: |---w1---|", "p1:  |-r2-|");
        Assert.Equal(
            "operation 1 cannot have its result there: the register holds 1",
            CertificateReplayer.Refute(wrong, DataTypes.Register, new OrderCertificate([0, 1]), CheckOptions.Default));
    }

    private static History ManyKeys(Random random, bool stale)
    {
        var builder = new HistoryBuilder(DataTypes.Kv);
        var last = new int[30];
        for (var i = 0; i < 600; i++)
        {
            var key = random.Next(last.Length);
            var name = builder.Values.Integer(key);
            if (random.Next(2) == 0)
            {
                last[key] = random.Next(1, 4);
                Do(builder, Function.Write, builder.Values.Integer(last[key]), default, name);
            }
            else
            {
                var seen = stale && random.Next(100) == 0 ? random.Next(1, 4) : last[key];
                Do(builder, Function.Read, default, seen == 0 ? default : builder.Values.Integer(seen), name);
            }
        }

        return builder.Build();
    }

    private static void Do(HistoryBuilder builder, Function function, Histories.Values.ValueId input, Histories.Values.ValueId output,
        Histories.Values.ValueId key = default)
    {
        builder.Invoke(0, function, key, input);
        builder.Complete(0, OperationType.Ok, function, key, output);
    }
}
