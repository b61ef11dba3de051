using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.RealTime;

/// <summary>Thousands of small random histories of overlapping operations: the algorithms and the definitions agree.</summary>
public class RealTimePropertyTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Theory]
    [InlineData(ModelNames.Regular, false)]
    [InlineData(ModelNames.Regular, true)]
    [InlineData(ModelNames.Safe, false)]
    [InlineData(ModelNames.Safe, true)]
    public void Registers_agree_with_their_definition(string name, bool repeats)
    {
        Func<TimedHistory, bool> reference = name == ModelNames.Regular ? RealTimeReference.Regular : RealTimeReference.Safe;
        var random = new Random(name.Length + (repeats ? 100 : 0));
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 8, infoShare: i % 3 == 0 ? 0.25 : 0, repeats, keys: 1 + (i % 2));
            var history = small.Build();
            var verdict = Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = reference(small) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{name}: {verdict.Kind}, expected {expected}:\n{small}");
            foreach (var anomaly in verdict.Anomalies)
            {
                AnomalyAudit.Verify(history, anomaly);
                Assert.False(reference(small.Only(anomaly.Operations)), $"{anomaly.Kind} {string.Join(",", anomaly.Operations)} is no evidence:\n{small}");
            }

            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 600 * Scale && counts[VerdictKind.Invalid] > 600 * Scale, string.Join(", ", counts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Real_time_causal_agrees_with_its_definition(bool repeats)
    {
        var random = new Random(repeats ? 107 : 7);
        var counts = new Dictionary<VerdictKind, int>();
        var kinds = new Dictionary<string, int>();
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0, repeats, keys: 2);
            var history = small.Build();
            var verdict = Models.Find(ModelNames.RealTimeCausal)!.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = RealTimeReference.RealTimeCausal(small) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{verdict.Kind} ({verdict.Reason}), expected {expected}:\n{small}");
            foreach (var anomaly in verdict.Anomalies)
            {
                AnomalyAudit.Verify(history, anomaly);
                kinds[anomaly.Kind] = kinds.GetValueOrDefault(anomaly.Kind) + 1;
                if (anomaly.Kind == "CyclicRealTime") AuditCycle(history, anomaly);
            }

            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 600 * Scale && counts[VerdictKind.Invalid] > 600 * Scale, string.Join(", ", counts));
        Assert.True(kinds["CyclicRealTime"] > (repeats ? 10 : 30) * Scale, string.Join(", ", kinds));
    }

    // Up to the one edge of real time the edges run in a circle; the others lead from the older write of each forced edge to a read of
    // the newer.
    private static void AuditCycle(History history, Anomaly anomaly)
    {
        var length = anomaly.Edges.ToList().FindIndex(edge => edge.Relation == "real-time") + 1;
        Assert.True(length > 1);
        Assert.True(AnomalyAudit.IsCycle(anomaly with { Edges = [.. anomaly.Edges.Take(length)] }));
        var ways = anomaly.Edges.Skip(length).ToList();
        Assert.All(ways, edge => Assert.True(edge.Relation is "program-order" or "reads-from", edge.Relation));
        foreach (var forced in anomaly.Edges.Take(length).Where(edge => edge.Relation == "forced"))
        {
            var reached = new HashSet<int> { forced.From };
            while (ways.FindIndex(edge => reached.Contains(edge.From) && !reached.Contains(edge.To)) is var at and >= 0) reached.Add(ways[at].To);
            var newer = Written(forced.To);
            Assert.Contains(reached, op => history.Key[op] == history.Key[forced.To] && op != forced.To && Read(op) == newer);
        }

        Histories.Values.ValueId? Written(int op) => history.Functions[op] == Function.Cas
            ? history.Values.Items(history.Input[op])[1] : history.Input[op];

        Histories.Values.ValueId? Read(int op) => history.Functions[op] switch
        {
            Function.Cas => history.Values.Items(history.Input[op])[0],
            Function.Read => history.Output[op],
            _ => null,
        };
    }
}
