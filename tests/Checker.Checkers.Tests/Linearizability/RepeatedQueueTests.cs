using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General.Queues;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>The search for pairs of queues whose values repeat, on histories longer than the definition can judge.</summary>
public sealed class RepeatedQueueTests(ITestOutputHelper output)
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
                var small = RepeatedValues.Of(DataTypes.Queue, random, Most, infoRate: i % 3 == 0 ? 0 : 0.05 + (0.25 * random.NextDouble()), spoilRate: i % 2 == 0 ? 0.04 : 0);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial };
                var rows = KeyPartition.Of(history, small.Type, history.Values.Intern(options.Initial), options)[0];
                var budget = new SearchBudget(300_000, 1L << 28, default);
                var expected = Lin.JudgeOf(small.Type).Judge(rows, budget).Kind;
                var queue = QueueProblem.Of(rows)!;
                var all = new QueueSearch(queue, budget).Run(rows);
                var beam = new QueueSearch(queue, budget, new BeamWidth(narrowest: 1, levels: 2)).Run(rows);
                Assert.NotEqual(VerdictKind.Unknown, all.Kind);
                if (expected == VerdictKind.Unknown) Interlocked.Increment(ref open);
                else Assert.True(expected == all.Kind, $"batch {batch}, history {i}: {all.Kind}\n{small}");
                Assert.True(beam.Kind == all.Kind || beam.Kind == VerdictKind.Unknown, $"batch {batch}, history {i}: {beam.Kind} by a beam\n{small}");
                if (beam.Kind == all.Kind) Interlocked.Increment(ref byBeam);
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
        output.WriteLine($"{valid} valid, {invalid} invalid, {byBeam} of them decided by a beam; {open} left open by the general search");
        Assert.InRange(invalid, Histories / 10, Histories * Campaign.Multiplier * 9 / 10);
        Assert.InRange(byBeam, Histories / 2, int.MaxValue);
    }

    [Theory]
    [InlineData(5, 3, 0)]
    [InlineData(20, 3, 0.03)]
    [InlineData(20, 8, 0.03)]
    [InlineData(20, 20, 0.01)]
    public void Decides_thousands_of_operations_of_unknown_outcome(int processes, int values, double unknown)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "queue"), 3000, processes, unknown, Spoiled: false, values).Build();
        var verdict = Lin.Check(history, DataTypes.Queue, CheckOptions.Default with { MaxSteps = 2_000_000 });
        Assert.Equal((VerdictKind.Valid, QueueSearch.Name), (verdict.Kind, verdict.Algorithm));
        Assert.Null(CertificateReplayer.Refute(history, DataTypes.Queue, Assert.IsType<OrderCertificate>(verdict.Certificate), CheckOptions.Default));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void Refutes_what_was_exchanged_among_thousands_of_operations(int processes)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "queue"), 3000, processes, Unknown: 0, Spoiled: true, Values: 20).Build();
        var verdict = Lin.Check(history, DataTypes.Queue, CheckOptions.Default with { MaxSteps = 2_000_000 });
        Assert.Equal((VerdictKind.Invalid, QueueSearch.Name), (verdict.Kind, verdict.Algorithm));
    }
}
