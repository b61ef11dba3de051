using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Every data type on random small histories, compared with the definition.</summary>
public sealed class RandomHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 500;

    public static TheoryData<string> Types => [.. DataTypes.All.Where(BundledSpecs.Has).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_the_definition_and_proves_it(string name)
    {
        var type = DataTypes.Find(name)!;
        var random = new Random(20_261_120);
        var counts = new int[3];
        var infos = 0;
        for (var i = 0; i < Histories * Campaign.Multiplier; i++)
        {
            var small = SmallHistory.Random(type, random);
            var expected = BruteForce.IsLinearizable(type, small.Initial, small.Judged) ? VerdictKind.Valid : VerdictKind.Invalid;
            var history = small.Build();
            var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
            var verdict = Lin.Check(history, type, options);
            Assert.True(expected == verdict.Kind,
                $"history {i}: expected {expected}, {verdict.Algorithm} says {verdict.Kind} {verdict.Reason}\n{small}");
            foreach (var (engine, result) in Engines(history, type, options))
            {
                Assert.True(expected == result.Kind, $"history {i}: {engine} does not say {expected}\n{small}");
                if (result.Kind != VerdictKind.Valid) continue;
                var wrong = CertificateReplayer.Refute(history, type, new OrderCertificate(result.Order), options);
                Assert.True(wrong is null, $"history {i}: {engine}'s order: {wrong}\n{small}");
            }

            if (expected == VerdictKind.Valid)
            {
                var problem = CertificateReplayer.Refute(history, type, Assert.IsType<OrderCertificate>(verdict.Certificate), options);
                Assert.True(problem is null, $"history {i}: {verdict.Algorithm}'s certificate: {problem}\n{small}");
            }
            else
            {
                AssertEvidence(small, verdict, i);
            }

            counts[(int)verdict.Kind]++;
            infos += small.Operations.Any(o => o.Type == OperationType.Info) ? 1 : 0;
        }

        output.WriteLine($"{name}: {counts[(int)VerdictKind.Valid]} valid, {counts[(int)VerdictKind.Invalid]} invalid, {infos} with info operations");
        Assert.True(counts[(int)VerdictKind.Valid] > Histories / 5, "too few valid histories to mean anything");
        Assert.True(counts[(int)VerdictKind.Invalid] > Histories / 20, "too few invalid histories to mean anything");
    }

    private static void AssertEvidence(SmallHistory small, Verdict verdict, int number)
    {
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.NotEmpty(anomaly.Operations);
        Assert.NotEmpty(anomaly.Explanation);
        var shown = anomaly.Operations.Select(operation => small.Operations[operation]).ToList();
        Assert.False(BruteForce.IsLinearizable(small.Type, small.Initial, shown),
            $"history {number}: the operations of the anomaly are linearizable\n{small}\n{anomaly.Explanation}");
    }

    private static IEnumerable<(string Engine, SearchResult Result)> Engines(History history, DataType type, CheckOptions options)
    {
        var initial = history.Values.Intern(options.Initial);
        var partition = KeyPartition.Of(history, type, initial, options);
        var budget = new SearchBudget(1_000_000, 1L << 30, default);
        yield return ("general search", BundledSpecs.Accept(type, new Judging())!.Judge(partition[0], budget));
        var registers = new RegisterJudge();
        if (!registers.TryLoad(partition[0])) yield break;
        yield return (RegisterJudge.Name, registers.Judge(partition[0], budget));
        if (registers.StaleRead() is >= 0 and var stale)
            yield return (SearchRace.StaleRead, new SearchResult { Kind = VerdictKind.Invalid, Order = [], Stuck = stale });
        var narrow = registers.Judge(partition[0], budget, width: 1);
        if (narrow.Kind != VerdictKind.Unknown) yield return ($"{RegisterJudge.Name}, width 1", narrow);
    }

    private readonly struct Judging : ISpecVisitor<IObjectJudge>
    {
        public IObjectJudge Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => new SearchJudge<TSpec, TState>(make, bundled: true);
    }
}
