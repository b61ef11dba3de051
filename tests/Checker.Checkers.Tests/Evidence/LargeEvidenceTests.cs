using System.Diagnostics;
using Checker.Benchmarks.Special;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Evidence;

/// <summary>A violation in a long history is explained within the budget, and it is said where the explanation is not minimal.</summary>
public sealed class LargeEvidenceTests(ITestOutputHelper output)
{
    private const int MostShown = 200;

    // A hundred thousand in a campaign.
    private static readonly int Operations = Campaign.Multiplier > 1 ? 100_000 : 10_000;

    // Answers of equal elements can be exchanged; and which of thousands of additions are missing nobody can say in a few.
    public static TheoryData<string> Kinds =>
        [.. SimulatedObject.Kinds.Where(kind => kind is not ("unordered-queue with equal elements" or "counter with deltas"))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explains_a_violation_in_a_long_history_with_few_operations(string kind)
    {
        var large = new LargeHistory(kind, Operations, 5, unknown: 0, Campaign.Seed);
        var spoiled = Spoil(large, new Random(1));
        var history = large.Build();
        var clock = Stopwatch.StartNew();
        var verdict = Lin.Check(history, history.Type!, new CheckOptions { MaxSteps = 20_000_000 });
        output.WriteLine($"{kind}: operation {spoiled}, {clock.ElapsedMilliseconds} ms, {verdict.Kind} by {verdict.Algorithm}, {(verdict.Anomalies is [var a, ..] ? a.Operations.Count : 0)} operations shown");
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        var anomaly = Assert.Single(verdict.Anomalies);
        output.WriteLine($"{anomaly.Kind}: {anomaly.Explanation}");
        Assert.InRange(anomaly.Operations.Count, 1, MostShown);
        Assert.InRange(anomaly.Explanation.Length, 20, 4_000);
        Assert.DoesNotContain("given up", anomaly.Explanation, StringComparison.Ordinal);
        Assert.All(anomaly.Partials, partial => Assert.NotEmpty(partial.Stuck));
    }

    // The last result but a few becomes that of an operation long before, or a release fails.
    private static int Spoil(LargeHistory large, Random random)
    {
        for (var at = Operations - 50; ; at--)
        {
            ref var operation = ref large.Operations[at];
            if (operation.Type != OperationType.Ok || operation.Function == Function.Poll) continue; // a short poll says little
            if (operation.Function == Function.Release)
            {
                operation.Type = OperationType.Fail;
                return at;
            }

            var before = at - random.Next(200, 2_000);
            while (before > 0 && (large.Operations[before].Function != operation.Function || large.Operations[before].Type != OperationType.Ok)) before--;
            var other = large.Operations[before];
            if (other.Function != operation.Function || other.Output == operation.Output) continue;
            operation.Output = operation.Function == Function.Send
                ? large.Values.List([large.Values.Items(other.Output)[0], operation.Input])
                : other.Output;
            return at;
        }
    }
}
