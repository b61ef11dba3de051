using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Registers;

/// <summary>Verifies an anomaly against the history alone: that every operation it names exists, and that every edge it names
/// holds.</summary>
internal static class AnomalyAudit
{
    public static void Verify(History history, Anomaly anomaly)
    {
        Assert.NotEmpty(anomaly.Operations);
        Assert.NotEmpty(anomaly.Explanation);
        Assert.Equal(anomaly.Operations.Count, anomaly.Operations.Distinct().Count());
        Assert.All(anomaly.Operations, op => Assert.InRange(op, 0, history.Count - 1));
        foreach (var edge in anomaly.Edges)
        {
            var holds = edge.Relation switch
            {
                "program-order" => history.Process[edge.From] == history.Process[edge.To] && edge.From < edge.To,
                "real-time" => history.Types[edge.From] == OperationType.Ok && history.Complete[edge.From] < history.Invoke[edge.To],
                "reads-from" => SameKey(history, edge.From, edge.To) && Written(history, edge.From) is { } value
                    && Read(history, edge.To) == value,
                "forced" => IsForced(history, edge, anomaly.Operations),
                _ => false,
            };
            Assert.True(holds, $"{anomaly.Kind}: {edge} does not hold");
            Assert.NotEmpty(edge.Why);
        }
    }

    /// <summary>Whether the edges run in a circle.</summary>
    public static bool IsCycle(Anomaly anomaly) =>
        anomaly.Edges.Count > 0 &&
        anomaly.Edges.Select(e => e.To).SequenceEqual(anomaly.Edges.Skip(1).Append(anomaly.Edges[0]).Select(e => e.From));

    // Two writes of one key, the later one read by a named operation; or a read of one write before another write of the key.
    private static bool IsForced(History history, Edge edge, IReadOnlyList<int> named)
    {
        if (!SameKey(history, edge.From, edge.To) || Written(history, edge.To) is not { } later) return false;
        if (Read(history, edge.From) is { } read && (read != later || IsRepeated(history, history.Key[edge.To], later))) return true;
        return Written(history, edge.From) is not null && named.Any(op => SameKey(history, op, edge.To) && Read(history, op) == later);
    }

    // Written more than once, or there at first: then a read of the value need not have seen this write.
    private static bool IsRepeated(History history, int key, ValueId value) =>
        value.IsNull || Enumerable.Range(0, history.Count).Count(op => history.Key[op] == key && Written(history, op) == value) > 1;

    private static bool SameKey(History history, int a, int b) => history.Key[a] == history.Key[b];

    private static ValueId? Written(History history, int op) => history.Functions[op] switch
    {
        Function.Write => history.Input[op],
        Function.Cas => history.Values.Items(history.Input[op])[1],
        Function.Delete => ValueId.Null,
        _ => null,
    };

    private static ValueId? Read(History history, int op) => history.Functions[op] switch
    {
        Function.Read => history.Output[op],
        Function.Cas => history.Values.Items(history.Input[op])[0],
        _ => null,
    };
}
