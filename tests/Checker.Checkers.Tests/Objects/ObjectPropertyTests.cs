using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Objects;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Objects;

/// <summary>Every data type on random small histories by every model without real time, compared with the definition.</summary>
public sealed class ObjectPropertyTests
{
    private const int Histories = 150;

    private static readonly string[] Names =
    [
        ModelNames.Sequential, ModelNames.Pram, ModelNames.Causal, ModelNames.CausalConvergence, ModelNames.CausalMemory,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites, ModelNames.WritesFollowReads,
    ];

    public static TheoryData<string> Types => [.. DataTypes.All.Where(Specs.BundledSpecs.Has).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_the_definitions_and_the_lattice(string name)
    {
        var type = DataTypes.Find(name)!;
        var random = new Random(20_261_126);
        var (invalid, proved) = (0, 0);
        for (var i = 0; i < Histories * Campaign.Multiplier; i++)
        {
            var small = SmallHistory.Random(type, random, most: i % 8 == 0 ? 5 : 4);
            var history = small.Build();
            var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
            var kinds = new Dictionary<string, VerdictKind> { [ModelNames.Linearizable] = Lin.Check(history, type, options).Kind };
            foreach (var model in Names.Where(model => ObjectConsistency.Supports(model, type)))
            {
                var expected = ObjectReference.Satisfies(model, type, small.Initial, small.Judged)
                    ? VerdictKind.Valid : VerdictKind.Invalid;
                var verdict = ObjectConsistency.Check(model, history, type, options);
                Assert.True(
                    expected == verdict.Kind,
                    $"history {i}, {model}: expected {expected}, {verdict.Algorithm} says {verdict.Kind} {verdict.Reason}\n{small}");
                kinds[model] = verdict.Kind;
                if (model == ModelNames.Sequential && verdict.Certificate is OrderCertificate certificate)
                {
                    var wrong = CertificateReplayer.RefuteSequential(history, type, certificate, options);
                    Assert.True(wrong is null, $"history {i}: {wrong}\n{small}");
                    proved++;
                }

                if (verdict.Kind == VerdictKind.Invalid)
                {
                    invalid++;
                    AssertTelling(model, small, verdict.Anomalies[0]);
                }
            }

            foreach (var (stronger, weaker) in ModelLattice.Implications)
            {
                if (!kinds.TryGetValue(stronger, out var above) || !kinds.TryGetValue(weaker, out var below)) continue;
                Assert.False(above == VerdictKind.Valid && below == VerdictKind.Invalid, $"{stronger} but not {weaker}:\n{small}");
            }
        }

        Assert.True(invalid > 10 && proved > 10, $"only {invalid} invalid verdicts and {proved} orders");
    }

    // The named results contradict each other: with the results of all others unknown, no order explains them.
    private static void AssertTelling(string model, SmallHistory small, Anomaly anomaly)
    {
        Assert.NotEmpty(anomaly.Operations);
        Assert.All(anomaly.Operations, operation => Assert.InRange(operation, 0, small.Operations.Count - 1));
        Assert.Contains("results together", anomaly.Explanation, StringComparison.Ordinal);
        Assert.NotNull(Models.Find(model));
    }
}
