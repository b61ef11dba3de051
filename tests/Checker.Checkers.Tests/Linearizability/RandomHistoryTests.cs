using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.General.Queues;
using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Stacks;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Every data type on random small histories, compared with the definition.</summary>
public sealed class RandomHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 500;

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_the_definition_and_proves_it(string name)
    {
        var type = DataTypes.Find(name)!;
        var counts = new CampaignCounts();
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            var part = new CampaignCounts();
            var registers = new RegisterJudge(); // one for all, as for many keys
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, invalid: i % 2 == 0, out var invalid);
                var algorithm = Judge(small, invalid ? VerdictKind.Invalid : VerdictKind.Valid, registers, $"batch {batch}, history {i}");
                part.Add(small, !invalid, algorithm);
            }

            counts.Add(part);
        });
        output.WriteLine($"{name}: {counts}");
        counts.AssertMeaningful();
        if (SpecialAlgorithms.For(type, CheckOptions.Default).Length > 0)
            Assert.True(counts.DecidedSpecially > counts.Histories / 50, $"the special algorithms decide next to nothing: {counts}");
    }

    // Every engine that there is must say what the definition says, and prove it.
    private static string Judge(SmallHistory small, VerdictKind expected, RegisterJudge registers, string where)
    {
        var history = small.Build();
        var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
        var verdict = Lin.Check(history, small.Type, options);
        if (expected != verdict.Kind) Assert.Fail($"{where}: expected {expected}, {verdict.Algorithm} says {verdict.Kind} {verdict.Reason}\n{small}");
        foreach (var (engine, result) in Engines(history, small.Type, registers, options))
        {
            if (expected != result.Kind) Assert.Fail($"{where}: {engine} does not say {expected}\n{small}");
            if (result.Kind != VerdictKind.Valid) continue;
            var wrong = CertificateReplayer.Refute(history, small.Type, new OrderCertificate(result.Order), options);
            if (wrong is not null) Assert.Fail($"{where}: {engine}'s order: {wrong}\n{small}");
        }

        if (expected == VerdictKind.Valid)
        {
            var problem = CertificateReplayer.Refute(history, small.Type, Assert.IsType<OrderCertificate>(verdict.Certificate), options);
            if (problem is not null) Assert.Fail($"{where}: {verdict.Algorithm}'s certificate: {problem}\n{small}");
        }
        else
        {
            AssertEvidence(small, verdict, where);
        }

        return verdict.Algorithm;
    }

    private static void AssertEvidence(SmallHistory small, Verdict verdict, string where)
    {
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.NotEmpty(anomaly.Operations);
        Assert.NotEmpty(anomaly.Explanation);
        var shown = anomaly.Operations.Select(operation => small.Operations[operation]).ToList();
        if (BruteForce.IsLinearizable(small.Type, small.Initial, shown))
            Assert.Fail($"{where}: the operations of the anomaly are linearizable\n{small}\n{anomaly.Explanation}");
    }

    private static IEnumerable<(string Engine, SearchResult Result)> Engines(History history, DataType type, RegisterJudge registers, CheckOptions options)
    {
        var initial = history.Values.Intern(options.Initial);
        var partition = KeyPartition.Of(history, type, initial, options);
        var budget = new SearchBudget(1_000_000, 1L << 30, default);
        var search = Lin.JudgeOf(type);
        foreach (var algorithm in SpecialAlgorithms.For(type, options).Select(one => one is RepeatedStack ? new RepeatedStack(fewest: 0) : one))
        {
            var answer = algorithm.TryDecide(partition[0], options);
            if (answer.Outcome is not (SpecialOutcome.Valid or SpecialOutcome.Invalid)) continue;
            var kind = answer.Outcome == SpecialOutcome.Valid ? VerdictKind.Valid : VerdictKind.Invalid;
            yield return (algorithm.Name, new SearchResult { Kind = kind, Order = answer.Order ?? [] });
        }

        foreach (var order in Enum.GetValues<SearchOrder>()) yield return ($"general search by {order}", search.Judge(partition[0], budget, order));
        if (StackProjections.Refute(partition[0], new Turns(budget)) is { } refuted) yield return (StackProjections.Name, refuted);
        if (QueueProblem.Of(partition[0]) is { } queue)
        {
            yield return (QueueSearch.Name, new QueueSearch(queue, budget).Run(partition[0]));
            var pairs = new QueueSearch(queue, budget, new BeamWidth(narrowest: 1, levels: 1)).Run(partition[0]);
            if (pairs.Kind != VerdictKind.Unknown) yield return ($"{QueueSearch.Name}, as a beam", pairs);
        }

        if (StackProblem.Of(partition[0]) is { } stack)
        {
            var contents = new StackSearch(stack, budget).Run(partition[0]);
            if (contents.Kind != VerdictKind.Unknown) yield return (StackSearch.Name, contents);
            var promising = new StackSearch(stack, budget, new BeamWidth(narrowest: 1, levels: 1)).Run(partition[0]);
            if (promising.Kind != VerdictKind.Unknown) yield return ($"{StackSearch.Name}, as a beam", promising);
        }

        if (!registers.TryLoad(partition[0])) yield break;
        yield return (RegisterJudge.Name, registers.Judge(partition[0], budget));
        if (registers.StaleRead() is >= 0 and var stale)
            yield return (SearchRace.StaleRead, new SearchResult { Kind = VerdictKind.Invalid, Order = [], Stuck = stale });
        var beam = registers.Judge(partition[0], budget, new BeamWidth(narrowest: 1, levels: 2));
        if (beam.Kind != VerdictKind.Unknown) yield return ($"{RegisterJudge.Name}, as a beam", beam);
    }
}
