using Checker.Checkers.Causal;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Causal;

/// <summary>Thousands of small random histories: the algorithms and the definitions agree.</summary>
public class CausalPropertyTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Fact]
    public void Causal_consistency_agrees_with_its_definition() => Agree(new CausalModel(convergent: false), CausalReference.Causal, 1);

    [Fact]
    public void Causal_convergence_agrees_with_its_definition() => Agree(new CausalModel(convergent: true), CausalReference.Convergent, 2);

    [Fact]
    public void Causal_memory_agrees_with_its_definition() => Agree(new ViewModel(causal: true), CausalReference.CausalMemory, 3);

    [Fact]
    public void Pram_agrees_with_its_definition() => Agree(new ViewModel(causal: false), CausalReference.Pram, 4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Views_of_longer_histories_agree_with_their_transitive_closure(bool causal)
    {
        var random = new Random(causal ? 5 : 6);
        var model = new ViewModel(causal);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = SmallHistory.Lagging(random, count: random.Next(10, 40), processes: random.Next(2, 6), keys: random.Next(1, 5));
            var history = small.Build();
            var verdict = model.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = ViewReference.Holds(small, causal) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{model.Name}: {verdict.Kind}, expected {expected}:\n{small}");
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 300 * Scale, string.Join(", ", counts));
    }

    private static void Agree(IConsistencyModel model, Func<SmallHistory, bool> reference, int seed)
    {
        var random = new Random(seed);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = SmallHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0);
            var history = small.Build();
            var verdict = model.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = reference(small) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{model.Name}: {verdict.Kind} ({verdict.Reason}), expected {expected}:\n{small}");
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 300 * Scale);
    }
}
