using Checker.Checkers.Catalogue;
using Checker.Checkers.Causal;
using Checker.Checkers.Lattice;
using Checker.Checkers.Registers;
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
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public void Views_of_longer_histories_agree_with_their_transitive_closure(bool causal, int repeats) => AgreeOnLonger(
        new ViewModel(causal), small => ViewReference.Holds(small, causal), repeats == 1, causal ? 5 : 6);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public void Longer_histories_agree_with_the_transitive_closure_of_their_causal_order(bool convergent, int repeats) => AgreeOnLonger(
        new CausalModel(convergent), small => ViewReference.Causal(small, convergent), repeats == 1, convergent ? 7 : 8);

    // As if there were too many sessions for their timestamps: by columns, eight sessions at a time.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_columns_longer_histories_agree_with_the_transitive_closure_of_their_causal_order(bool convergent)
    {
        var random = new Random(convergent ? 9 : 10);
        var counts = new int[2];
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = SmallHistory.Lagging(random, random.Next(10, 60), processes: random.Next(2, 30), keys: random.Next(1, 5));
            if (CandidateWrites.TryTrace(small.Build(), CheckOptions.Default, out var candidates) is not null) continue;
            var patterns = new CausalPatterns(candidates!.Choose([]), DataTypes.Kv);
            var judgement = patterns.RefuteWide(CheckOptions.Default with { Parallelism = 1 + (i % 2) }, convergent, out var edges)
                ?? (convergent ? patterns.RefuteConvergence(edges) : null);
            var expected = ViewReference.Causal(small, convergent);
            Assert.True(judgement is null == expected, $"{judgement?.Kind}, expected {expected}:\n{small}");
            counts[expected ? 1 : 0]++;
            if (judgement is null) continue;
            foreach (var conflict in judgement.Conflicts)
            {
                AnomalyAudit.Verify(small.Build(), conflict.Anomaly);
                Assert.NotEmpty(conflict.Reads);
            }
        }

        Assert.All(counts, count => Assert.True(count > 150 * Scale, string.Join(", ", counts)));
    }

    [Theory]
    [InlineData(ModelNames.Causal)]
    [InlineData(ModelNames.CausalConvergence)]
    [InlineData(ModelNames.RealTimeCausal)]
    [InlineData(ModelNames.CausalMemory)]
    [InlineData(ModelNames.Sequential)]
    public void Verdicts_without_room_for_the_timestamps_are_those_with_room(string name)
    {
        var random = new Random(name.Length);
        var model = Models.Find(name)!;
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 200 * Scale; i++)
        {
            var (count, processes, keys) = (random.Next(200, 400), random.Next(40, 60), random.Next(1, 6));
            var small = (i % 4) switch
            {
                0 => SmallHistory.Lagging(random, count, processes, keys),
                1 => Longer.BehindReplicas(random, count, processes, replicas: random.Next(2, 6), keys, agrees: false),
                2 => Longer.BehindReplicas(random, count, processes, replicas: random.Next(2, 6), keys, agrees: true),
                _ => Longer.LaggingBehindOneLog(random, count, processes, keys, values: 1_000_000_000),
            };
            var history = small.Build();
            var tight = model.Check(history, DataTypes.Kv, CheckOptions.Default with { MaxBytes = 130 * count });
            counts[tight.Kind] = counts.GetValueOrDefault(tight.Kind) + 1;
            if (tight.Kind == VerdictKind.Unknown && name is ModelNames.CausalMemory or ModelNames.Sequential) continue;
            var roomy = model.Check(history, DataTypes.Kv, CheckOptions.Default);
            Assert.True(tight.Kind == roomy.Kind, $"history {i}: {tight.Kind} {tight.Reason}, with room {roomy.Kind}:\n{small}");
            foreach (var anomaly in tight.Anomalies) AnomalyAudit.Verify(history, anomaly);
        }

        Assert.True(counts[VerdictKind.Invalid] > 20 * Scale && counts.GetValueOrDefault(VerdictKind.Valid) > 30 * Scale, string.Join(", ", counts));
    }

    // As if there were too many sessions for their timestamps: what one order explains, and the views of the sessions that it does not.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Beside_a_common_order_causal_memory_agrees_with_the_transitive_closure_of_each_view(int repeats)
    {
        var random = new Random(11 + repeats);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = repeats == 1 ? Longer.WithRepeats(random, most: 40) : Longer.Unique(random, most: 40);
            var verdict = new ViewModel(causal: true).Check(small.Build(), DataTypes.Kv, CheckOptions.Default with { MaxBytes = 1 });
            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
            if (verdict.Kind == VerdictKind.Unknown) continue;
            Assert.True(
                (verdict.Kind == VerdictKind.Valid) == ViewReference.Holds(small, causal: true),
                $"history {i}: {verdict.Kind} by {verdict.Algorithm} {(verdict.Anomalies is [var first, ..] ? first.Explanation : verdict.Reason)}\n{small}");
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(small.Build(), anomaly);
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 200 * Scale, string.Join(", ", counts));
    }

    private static void AgreeOnLonger(IConsistencyModel model, Func<SmallHistory, bool> reference, bool repeats, int seed)
    {
        var random = new Random(repeats ? seed + 100 : seed);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = repeats ? Longer.WithRepeats(random, most: 40) : Longer.Unique(random, most: 40);
            Agree(model, small, reference(small), counts);
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 200 * Scale, string.Join(", ", counts));
    }

    // Half of the histories write values more than once, and null.
    private static void Agree(IConsistencyModel model, Func<SmallHistory, bool> reference, int seed)
    {
        var random = new Random(seed);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = SmallHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0, values: i % 2 == 0 ? 0 : random.Next(1, 5));
            Agree(model, small, reference(small), counts);
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 300 * Scale);
    }

    private static void Agree(IConsistencyModel model, SmallHistory small, bool reference, Dictionary<VerdictKind, int> counts)
    {
        var history = small.Build();
        var verdict = model.Check(history, DataTypes.Kv, CheckOptions.Default);
        var expected = reference ? VerdictKind.Valid : VerdictKind.Invalid;
        Assert.True(verdict.Kind == expected, $"{model.Name}: {verdict.Kind} ({verdict.Reason}), expected {expected}:\n{small}");
        foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
        counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
    }
}
