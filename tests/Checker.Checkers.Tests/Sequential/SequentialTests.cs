using Checker.Checkers.Sequential;
using Checker.Checkers.Tests.Causal;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Sequential;

public class SequentialTests
{
    private static readonly SequentialModel Model = new();

    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Fact]
    public void Accepts_a_read_of_an_old_value_by_a_process_that_saw_nothing_newer() =>
        Check(VerdictKind.Valid, "0 w x 1", "1 r x null");

    [Fact]
    public void Rejects_two_processes_that_each_miss_the_write_of_the_other() =>
        Check(VerdictKind.Invalid, "0 w x 1", "0 r y null", "1 w y 1", "1 r x null");

    [Fact]
    public void Rejects_two_readers_that_see_independent_writes_in_opposite_orders() =>
        Check(VerdictKind.Invalid, "0 w x 1", "1 w y 2", "2 r x 1", "2 r y null", "3 r y 2", "3 r x null");

    [Fact]
    public void Accepts_a_compare_and_set_that_nobody_comes_between() =>
        Check(VerdictKind.Valid, "0 w x 1", "1 c x 1 2", "0 r x 2", "1 w x 3", "0 r x 3");

    [Fact]
    public void Rejects_two_compare_and_sets_of_one_value() => Check(VerdictKind.Invalid, "0 w x 1", "1 c x 1 2", "2 c x 1 3");

    [Fact]
    public void A_spent_budget_is_unknown_and_says_what_was_proved()
    {
        var history = SmallHistory.Parse("0 w x 1", "1 w x 2", "2 r x 1", "2 r x 2", "3 r x 2", "3 r x 1").Build();
        var verdict = Model.Check(history, DataTypes.Kv, CheckOptions.Default with { MaxSteps = 1 });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("budget of 1 steps", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Agrees_with_the_definition()
    {
        var random = new Random(5);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 5000 * Scale; i++)
        {
            var small = SmallHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0, values: i % 2 == 0 ? 0 : random.Next(1, 5));
            Agree(small, CausalReference.Sequential(small), counts);
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 300 * Scale);
    }

    // Histories of one true order, each process's operations then shuffled together: all valid, and few of them linearizable. Broken
    // ones: one read changed.
    [Fact]
    public void Agrees_with_the_definition_on_histories_that_are_nearly_in_order()
    {
        var random = new Random(6);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 2000 * Scale; i++)
        {
            var small = SmallHistory.InOrder(random, count: 8, processes: 3, keys: 2, broken: i % 2 == 1, values: i % 3 == 0 ? 3 : 0);
            Agree(small, i % 2 == 0 || CausalReference.Sequential(small), counts);
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 100 * Scale);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Longer_histories_agree_with_a_walk_over_all_states(bool repeats)
    {
        var random = new Random(repeats ? 9 : 8);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 800 * Scale; i++)
        {
            var small = repeats ? Longer.WithRepeats(random, most: 16)
                : i % 2 == 0 ? Longer.Unique(random, most: 16)
                : SmallHistory.InOrder(random, count: random.Next(10, 16), processes: random.Next(2, 5), keys: random.Next(1, 4), broken: i % 4 == 1);
            Agree(small, FrontierReference.Sequential(small), counts);
        }

        Assert.True(counts[VerdictKind.Valid] > 100 * Scale && counts[VerdictKind.Invalid] > 100 * Scale, string.Join(", ", counts));
    }

    [Fact]
    public void Orders_long_histories_of_many_processes()
    {
        var random = new Random(7);
        var small = SmallHistory.InOrder(random, count: 20_000, processes: 20, keys: 10, broken: false);
        var history = small.Build();
        var verdict = Model.Check(history, DataTypes.Kv, CheckOptions.Default);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Null(SequentialReplay.Refute(history, ((OrderCertificate)verdict.Certificate!).Order));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void Orders_long_histories_of_replicas_that_lag_behind_one_log_whose_values_repeat(int values)
    {
        var history = Longer.LaggingBehindOneLog(new Random(7), count: 20_000, processes: 20, keys: 10, values).Build();
        var verdict = Model.Check(history, DataTypes.Kv, CheckOptions.Default);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Null(SequentialReplay.Refute(history, ((OrderCertificate)verdict.Certificate!).Order));
    }

    private static void Check(VerdictKind expected, params string[] lines)
    {
        var small = SmallHistory.Parse(lines);
        Agree(small, CausalReference.Sequential(small), []);
        Assert.Equal(expected, Model.Check(small.Build(), DataTypes.Kv, CheckOptions.Default).Kind);
    }

    private static void Agree(SmallHistory small, bool reference, Dictionary<VerdictKind, int> counts)
    {
        var history = small.Build();
        var verdict = Model.Check(history, DataTypes.Kv, CheckOptions.Default);
        var expected = reference ? VerdictKind.Valid : VerdictKind.Invalid;
        Assert.True(verdict.Kind == expected, $"{verdict.Kind} ({verdict.Reason}), expected {expected}:\n{small}");
        if (verdict.Certificate is OrderCertificate certificate) Assert.Null(SequentialReplay.Refute(history, certificate.Order));
        foreach (var anomaly in verdict.Anomalies)
        {
            AnomalyAudit.Verify(history, anomaly);
            Assert.True(anomaly.Kind is "ThinAirRead" or "NoSequentialOrder" || AnomalyAudit.IsCycle(anomaly), anomaly.Explanation);
        }

        counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
    }
}
