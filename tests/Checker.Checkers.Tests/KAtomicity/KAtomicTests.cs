using Checker.Checkers.Catalogue;
using Checker.Checkers.KAtomicity;
using Checker.Checkers.Tests.RealTime;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.KAtomicity;

public class KAtomicTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Agrees_with_its_definition(int k, bool repeats)
    {
        var random = new Random(k + (repeats ? 100 : 0));
        var model = Models.Find($"{k}-atomic")!;
        var counts = new Dictionary<VerdictKind, int>();
        var kinds = new Dictionary<string, int>();
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: k == 3 ? 10 : 9, infoShare: i % 3 == 0 ? 0.2 : 0, repeats, keys: 1 + (i % 2), swaps: i % 4 > 0);
            var history = small.Build();
            var verdict = model.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = RealTimeReference.KAtomic(small, k) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{verdict.Kind} ({verdict.Algorithm}, {verdict.Reason}), expected {expected}:\n{small}");
            if (verdict.Kind == VerdictKind.Valid) Replay(small, (OrderCertificate)verdict.Certificate!, k);
            foreach (var anomaly in verdict.Anomalies)
            {
                kinds[anomaly.Kind] = kinds.GetValueOrDefault(anomaly.Kind) + 1;
                AnomalyAudit.Verify(history, anomaly);
                Assert.False(
                    RealTimeReference.KAtomic(small.Only(anomaly.Operations), k),
                    $"{anomaly.Kind} {string.Join(",", anomaly.Operations)} is no evidence:\n{small}");
            }

            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 500 * Scale && counts[VerdictKind.Invalid] > 500 * Scale, string.Join(", ", counts));
        if (k == 2 && !repeats) Assert.True(kinds.GetValueOrDefault("no-order") > 5 * Scale, string.Join(", ", kinds));
    }

    [Fact]
    public void The_smallest_k_is_the_smallest_for_which_the_definition_holds()
    {
        var random = new Random(5);
        var seen = new Dictionary<int, int>();
        for (var i = 0; i < 2000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 9, infoShare: i % 3 == 0 ? 0.2 : 0, repeats: i % 5 == 0, keys: 1 + (i % 2));
            var found = SmallestK.Of(small.Build(), DataTypes.Kv, CheckOptions.Default);
            var expected = Enumerable.Range(1, 12).FirstOrDefault(k => RealTimeReference.KAtomic(small, k));
            if (expected == 0)
            {
                Assert.Contains(found.Keys, key => key.Impossible);
                Assert.Null(found.Upper);
            }
            else
            {
                Assert.True(found.Lower == expected && found.Upper == expected, $"{found.Lower} to {found.Upper}, expected {expected}:\n{small}");
            }

            seen[expected] = seen.GetValueOrDefault(expected) + 1;
        }

        Assert.True(Enumerable.Range(0, 4).All(seen.ContainsKey), string.Join(", ", seen));
    }

    // More writes under way at once, and longer: the order from the end against the general search, which know nothing of each other.
    [Fact]
    public void The_order_from_the_end_agrees_with_the_search_on_longer_histories()
    {
        var random = new Random(11);
        var counts = new Dictionary<bool, int>();
        for (var i = 0; i < 1500 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 40, infoShare: i % 3 == 0 ? 0.05 : 0, swaps: i % 4 == 0);
            var history = small.Build();
            var verdict = Models.Find("2-atomic")!.Check(history, DataTypes.Kv, CheckOptions.Default);
            Assert.Equal(Linearizability(history), verdict.Kind);
            foreach (var anomaly in verdict.Anomalies)
            {
                AnomalyAudit.Verify(history, anomaly);
                Assert.InRange(anomaly.Operations.Count, 1, 12);
                Assert.Equal(VerdictKind.Invalid, Linearizability(small.Only(anomaly.Operations).Build()));
            }

            counts[verdict.Kind == VerdictKind.Valid] = counts.GetValueOrDefault(verdict.Kind == VerdictKind.Valid) + 1;
        }

        Assert.True(counts[true] > 200 * Scale && counts[false] > 200 * Scale, string.Join(", ", counts));

        static VerdictKind Linearizability(History history) => Checkers.Linearizability.Linearizability.Check<LaggingRegisterSpec, RecentValues>(
            history, DataTypes.Kv, static (values, initial) => new LaggingRegisterSpec(values, initial, 2), CheckOptions.Default).Kind;
    }

    [Theory]
    [InlineData("3-atomic", "3-atomic")]
    [InlineData("12-atomic", "12-atomic")]
    [InlineData("03-atomic", null)]
    [InlineData("0-atomic", null)]
    [InlineData("-1-atomic", null)]
    [InlineData("k-atomic", null)]
    [InlineData("-atomic", null)]
    public void Every_k_has_a_model(string name, string? found) => Assert.Equal(found, Models.Find(name)?.Name);

    // The only conflict lies in the middle of many writes that overlap nothing.
    [Fact]
    public void The_evidence_is_found_in_a_long_history()
    {
        var before = string.Concat(Enumerable.Range(1, 500).Select(i => $"[ w{i} ] [ r{i} ]   "));
        var after = string.Concat(Enumerable.Range(1001, 500).Select(i => $"[ w{i} ] [ r{i} ]   "));
        var gap = new string(' ', before.Length);
        string[] drawn = [$"{before}[   w901   ] [ r901 ]   {after}", $"{gap}[   w902   ] [ r902 ]", $"{gap}[   w903   ] [ r903 ]"];
        var history = TimedHistory.Draw(drawn).Build();
        var verdict = Models.Find("2-atomic")!.Check(history, DataTypes.Kv, CheckOptions.Default);
        var anomaly = Assert.Single(verdict.Anomalies);
        AnomalyAudit.Verify(history, anomaly);
        Assert.Equal("no-order", anomaly.Kind);
        Assert.Equal(6, anomaly.Operations.Count);
        Assert.Equal(VerdictKind.Valid, Models.Find("3-atomic")!.Check(history, DataTypes.Kv, CheckOptions.Default).Kind);
    }

    [Fact]
    public void What_is_neither_read_nor_write_leaves_it_open()
    {
        var builder = new HistoryBuilder(DataTypes.Kv);
        Assert.Null(builder.Invoke(0, Function.Append, builder.Values.String("x"), builder.Values.String("a")));
        Assert.Null(builder.Complete(0, OperationType.Ok, Function.Append, builder.Values.String("x"), builder.Values.String("a")));
        var history = builder.Build();
        foreach (var name in (string[])["regular", "safe", "2-atomic", "real-time-causal"])
        {
            var verdict = Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default);
            Assert.Equal(VerdictKind.Unknown, verdict.Kind);
            Assert.Contains("append", verdict.Reason, StringComparison.Ordinal);
        }

        Assert.Contains("append", SmallestK.Of(history, DataTypes.Kv, CheckOptions.Default).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inversion_of_two_reads_is_2_atomic_but_not_1_atomic()
    {
        var history = TimedHistory.Draw(
            "[ w1 ]  [         w2         ]",
            "            [ r2 ]  [ r1 ]").Build();
        var found = SmallestK.Of(history, DataTypes.Kv, CheckOptions.Default);
        Assert.Equal(2, found.Lower);
        Assert.Equal(2, found.Upper);
    }

    private static void Replay(TimedHistory small, OrderCertificate certificate, int k)
    {
        var order = certificate.Order;
        for (var i = 0; i < order.Count; i++)
        {
            for (var j = 0; j < i; j++) Assert.False(small.Ops[order[i]].Precedes(small.Ops[order[j]]), $"real time is not kept:\n{small}");
        }

        foreach (var key in new[] { "x", "y" })
        {
            var mine = order.Where(op => small.Ops[op].Op.Key == key).ToList();
            Assert.True(RealTimeReference.Replays(small.Ops, mine, k), $"{string.Join(",", mine)} does not replay:\n{small}");
        }

        Assert.True(Enumerable.Range(0, small.Ops.Count).All(op => small.Ops[op].Op.Info || order.Contains(op)), "an operation is missing");
    }
}
