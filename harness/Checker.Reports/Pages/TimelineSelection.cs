using Checker.Checkers;
using Checker.Histories;

namespace Checker.Reports.Pages;

/// <summary>Which operations a report carries: all, or, of a very long history, the surroundings of its anomalies and a sample.</summary>
/// <param name="Operations">The operations, increasing.</param>
/// <param name="Stride">One of how many operations is in the sample; 1: all are there.</param>
internal sealed record TimelineSelection(IReadOnlyList<int> Operations, int Stride)
{
    /// <summary>How many operations a report carries at most: more than that and the file grows beyond four megabytes.</summary>
    public const int DefaultLimit = 120_000;

    /// <summary>How many of the operations that an attempt placed are carried: the last ones, next to where it is stuck.</summary>
    public const int PlacedLimit = 300;

    /// <summary>Selects. Every operation that an anomaly names is in the selection.</summary>
    public static TimelineSelection Of(History history, IReadOnlyList<Anomaly> anomalies, int limit = DefaultLimit)
    {
        if (history.Count <= limit) return new([.. Enumerable.Range(0, history.Count)], 1);
        var named = new SortedSet<int>(anomalies.SelectMany(Named).Where(op => op >= 0 && op < history.Count).Take(limit / 4));
        var stride = (int)Math.Ceiling(history.Count / (limit / 2.0));
        var around = named.Count == 0 ? 0 : Math.Max(10, limit / 4 / named.Count);
        var selected = new bool[history.Count];
        var room = limit / 2;
        foreach (var op in named) selected[op] = true;
        foreach (var op in named)
        {
            for (var near = Math.Max(0, op - (around / 2)); near < Math.Min(history.Count, op + (around / 2)) && room > 0; near++)
            {
                if (selected[near]) continue;
                selected[near] = true;
                room--;
            }
        }

        for (var op = 0; op < history.Count; op += stride) selected[op] = true;
        return new([.. Enumerable.Range(0, history.Count).Where(op => selected[op])], stride);
    }

    private static IEnumerable<int> Named(Anomaly anomaly) =>
        anomaly.Operations
            .Concat(anomaly.Edges.SelectMany(edge => (int[])[edge.From, edge.To]))
            .Concat(anomaly.Partials.SelectMany(partial => partial.Stuck.Concat(partial.Order.TakeLast(PlacedLimit))));
}
