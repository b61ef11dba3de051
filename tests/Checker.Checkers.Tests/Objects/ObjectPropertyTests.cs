using Checker.Checkers.Lattice;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Objects;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Objects;

/// <summary>Every data type on random small histories by every model without real time, compared with the definition.</summary>
public sealed class ObjectPropertyTests(ITestOutputHelper output)
{
    private const int Histories = 250;

    private static readonly string[] Names =
    [
        ModelNames.Sequential, ModelNames.Pram, ModelNames.Causal, ModelNames.CausalConvergence, ModelNames.CausalMemory,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites, ModelNames.WritesFollowReads,
    ];

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_the_definitions_and_the_lattice(string name)
    {
        var type = DataTypes.Find(name)!;
        var (invalid, proved, histories) = (0, 0, 0);
        var deciders = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                Interlocked.Increment(ref histories);
                Judge(type, SmallHistory.Random(type, random, most: i % 8 == 0 ? 5 : 4), $"batch {batch}, history {i}");
            }
        });
        output.WriteLine($"{name}: {histories} histories; {string.Join(", ", deciders.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(invalid > 10 && proved > 10, $"only {invalid} invalid verdicts and {proved} orders");

        void Judge(DataType type, SmallHistory small, string where)
        {
            var history = small.Build();
            var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
            var kinds = new Dictionary<string, VerdictKind> { [ModelNames.Linearizable] = Lin.Check(history, type, options).Kind };
            var reference = new ObjectReference(type, small.Initial, small.Judged);
            foreach (var model in Names.Where(model => ObjectConsistency.Supports(model, type)))
            {
                var expected = reference.Satisfies(model)
                    ? VerdictKind.Valid : VerdictKind.Invalid;
                var verdict = ObjectConsistency.Check(model, history, type, options);
                Assert.True(
                    expected == verdict.Kind,
                    $"{where}, {model}: expected {expected}, {verdict.Algorithm} says {verdict.Kind} {verdict.Reason}\n{small}");
                kinds[model] = verdict.Kind;
                var decider = verdict.Algorithm.Split(':')[0];
                lock (deciders) deciders[decider] = deciders.GetValueOrDefault(decider) + 1;
                if (model == ModelNames.Sequential && verdict.Certificate is OrderCertificate certificate)
                {
                    var wrong = CertificateReplayer.RefuteSequential(history, type, certificate, options);
                    Assert.True(wrong is null, $"{where}: {wrong}\n{small}");
                    Interlocked.Increment(ref proved);
                }

                if (verdict.Kind == VerdictKind.Invalid)
                {
                    Interlocked.Increment(ref invalid);
                    AssertTelling(model, reference, small, verdict);
                }
            }

            foreach (var (stronger, weaker) in ModelLattice.Implications)
            {
                if (!kinds.TryGetValue(stronger, out var above) || !kinds.TryGetValue(weaker, out var below)) continue;
                Assert.False(above == VerdictKind.Valid && below == VerdictKind.Invalid, $"{stronger} but not {weaker}:\n{small}");
            }
        }
    }

    // On histories too long for the definition: what is decided without a search, against the exact searches.
    [Theory]
    [MemberData(nameof(Types))]
    public void What_needs_no_search_agrees_with_the_searches(string name)
    {
        var type = DataTypes.Find(name)!;
        var (compared, open) = (0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (_, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, most: 9);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas, MaxSteps = 20_000 };
                foreach (var model in Names.Where(model => ObjectConsistency.Supports(model, type)))
                {
                    var verdict = ObjectConsistency.Check(model, history, type, options);
                    var searched = ObjectConsistency.Check(model, history, type, options, searchOnly: true);
                    if (searched.Kind == VerdictKind.Unknown || verdict.Kind == VerdictKind.Unknown) Interlocked.Increment(ref open);
                    else Interlocked.Increment(ref compared);
                    Assert.True(
                        searched.Kind == verdict.Kind || searched.Kind == VerdictKind.Unknown || verdict.Kind == VerdictKind.Unknown,
                        $"{model}: {verdict.Algorithm} says {verdict.Kind}, {searched.Algorithm} {searched.Kind}\n{small}");
                }
            }
        });
        output.WriteLine($"{name}: {compared} verdicts compared, {open} left open by the budget");
        Assert.True(compared > open, $"{open} of {compared + open} verdicts were left open");
    }

    // The named results contradict each other. A search that tried everything says so whatever the others returned; every other reason
    // holds whether or not they happened at all.
    private static void AssertTelling(string model, ObjectReference reference, SmallHistory small, Verdict verdict)
    {
        var anomaly = verdict.Anomalies[0];
        Assert.NotEmpty(anomaly.Operations);
        Assert.All(anomaly.Operations, operation => Assert.InRange(operation, 0, small.Operations.Count - 1));
        Assert.Contains("results together", anomaly.Explanation, StringComparison.Ordinal);
        var named = anomaly.Operations.Select(operation => small.Operations[operation]).ToHashSet();
        var happened = anomaly.Explanation.Contains("whatever the other operations returned", StringComparison.Ordinal);
        Assert.False(
            reference.Satisfies(model, named, happened),
            $"{model}: {anomaly.Kind} {string.Join(',', anomaly.Operations)} is no contradiction: {anomaly.Explanation}\n{small}");
    }
}
