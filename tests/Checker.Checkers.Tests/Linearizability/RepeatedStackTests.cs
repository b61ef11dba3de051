using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Stacks;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>The local search for stacks whose values repeat: what it proves is true, and it proves most of what is true.</summary>
public sealed class RepeatedStackTests(ITestOutputHelper output)
{
    private const int Histories = 250;
    private const int Most = 40;

    [Fact]
    public void Agrees_with_the_general_search()
    {
        var (valid, proved, invalid) = (0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var any = SmallHistory.Long(DataTypes.Stack, random, Most, processes: 4, infoRate: i % 3 == 0 ? 0.1 : 0, spoilRate: i % 2 == 0 ? 0.05 : 0);
                var small = new SmallHistory(any.Type, Value.Null, observeFailedCas: false, [.. any.Operations.Where(o => o.Function != Function.Peek)]);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial };
                var rows = KeyPartition.Of(history, small.Type, history.Values.Intern(options.Initial), options)[0];
                var expected = Lin.JudgeOf(small.Type).Judge(rows, new SearchBudget(200_000, 1L << 28, default)).Kind;
                var answer = new RepeatedStack(fewest: 0).TryDecide(rows, options);
                if (expected == VerdictKind.Invalid) Interlocked.Increment(ref invalid);
                if (expected == VerdictKind.Valid && StackRows.Of(rows) is not null) Interlocked.Increment(ref valid);
                if (answer.Outcome != SpecialOutcome.Valid) continue;
                Assert.False(expected == VerdictKind.Invalid, $"batch {batch}, history {i}: invalid\n{small}");
                var wrong = CertificateReplayer.Refute(history, small.Type, new OrderCertificate(answer.Order!), options);
                Assert.True(wrong is null, $"batch {batch}, history {i}: {wrong}\n{small}");
                Interlocked.Increment(ref proved);
            }
        });
        output.WriteLine($"proved {proved} of {valid} valid ones; {invalid} are invalid");
        Assert.InRange(proved, valid * 9 / 10, int.MaxValue);
        Assert.InRange(invalid, Histories / 20, int.MaxValue);
    }

    [Theory]
    [InlineData(10, 8, 0)]
    [InlineData(20, 3, 0)]
    [InlineData(20, 20, 0)]
    [InlineData(5, 8, 0.03)]
    public void Finds_orders_that_other_searches_do_not(int processes, int values, double unknown)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "stack"), 1000, processes, unknown, Spoiled: false, values).Build();
        var verdict = Lin.Check(history, DataTypes.Stack, CheckOptions.Default);
        Assert.Equal((VerdictKind.Valid, new RepeatedStack().Name), (verdict.Kind, verdict.Algorithm));
        Assert.Null(CertificateReplayer.Refute(history, DataTypes.Stack, Assert.IsType<OrderCertificate>(verdict.Certificate), CheckOptions.Default));
    }
}
