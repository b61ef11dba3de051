using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>The search by sets of contents of stacks whose values repeat, on histories longer than the definition can judge.</summary>
public sealed class StackSearchTests(ITestOutputHelper output)
{
    private const int Histories = 250;
    private const int Most = 40;

    [Fact]
    public void Agrees_with_the_general_search()
    {
        var (valid, invalid, byBeam, open) = (0, 0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var any = RepeatedValues.Of(
                    DataTypes.Stack, random, Most, infoRate: i % 3 == 0 ? 0 : 0.05 + (0.25 * random.NextDouble()), spoilRate: i % 2 == 0 ? 0.04 : 0);
                var small = new SmallHistory(any.Type, Value.Null, observeFailedCas: false, [.. any.Operations.Where(o => o.Function != Function.Peek)]);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial };
                var rows = KeyPartition.Of(history, small.Type, history.Values.Intern(options.Initial), options)[0];
                var budget = new SearchBudget(300_000, 1L << 28, default);
                var expected = Lin.JudgeOf(small.Type).Judge(rows, budget).Kind;
                var stack = StackProblem.Of(rows)!;
                var all = new StackSearch(stack, budget with { MaxSteps = 3_000_000 }).Run(rows);
                var beam = new StackSearch(stack, budget, new BeamWidth(narrowest: 1, levels: 2)).Run(rows);
                if (expected == VerdictKind.Unknown || all.Kind == VerdictKind.Unknown) Interlocked.Increment(ref open);
                else Assert.True(expected == all.Kind, $"batch {batch}, history {i}: {all.Kind}\n{small}");
                if (beam.Kind != VerdictKind.Unknown && expected != VerdictKind.Unknown)
                    Assert.True(beam.Kind == expected, $"batch {batch}, history {i}: {beam.Kind} by a beam\n{small}");
                if (beam.Kind != VerdictKind.Unknown) Interlocked.Increment(ref byBeam);
                if (all.Kind == VerdictKind.Invalid) Interlocked.Increment(ref invalid);
                else Interlocked.Increment(ref valid);
                foreach (var result in (SearchResult[])[all, beam])
                {
                    if (result.Kind != VerdictKind.Valid) continue;
                    var wrong = CertificateReplayer.Refute(history, small.Type, new OrderCertificate(result.Order), options);
                    Assert.True(wrong is null, $"batch {batch}, history {i}: {wrong}\n{small}");
                }
            }
        });
        output.WriteLine($"{valid} valid, {invalid} invalid, {byBeam} of them decided by a beam; {open} left open by one search");
        Assert.InRange(invalid, Histories / 10, Histories * Campaign.Multiplier * 9 / 10);
        Assert.InRange(byBeam, Histories / 2, int.MaxValue);
        Assert.InRange(open, 0, Histories * Campaign.Multiplier / 20);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(5, 8)]
    [InlineData(5, 20)]
    public void Decides_thousands_of_operations_both_ways(int processes, int values)
    {
        foreach (var spoiled in (bool[])[false, true])
        {
            var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "stack"), 3000, processes, Unknown: 0, spoiled, values).Build();
            var rows = KeyPartition.Of(history, DataTypes.Stack, history.Values.Intern(Value.Null), CheckOptions.Default)[0];
            var result = new StackSearch(StackProblem.Of(rows)!, new SearchBudget(20_000_000, 1L << 30, default)).Run(rows);
            if (!spoiled) Assert.Equal(VerdictKind.Valid, result.Kind);
            Assert.NotEqual(VerdictKind.Unknown, result.Kind);
            if (result.Kind == VerdictKind.Valid)
                Assert.Null(CertificateReplayer.Refute(history, DataTypes.Stack, new OrderCertificate(result.Order), CheckOptions.Default));
        }
    }
}
