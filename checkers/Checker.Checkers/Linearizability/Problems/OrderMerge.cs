using Checker.Histories;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// Merges linearizations of different objects into one of the whole history. Each operation gets the earliest moment that its object's
/// order
/// allows: the latest invocation up to it. These moments keep each object's order, and lie before each operation's return, so sorting by
/// them keeps real time.
/// </summary>
internal static class OrderMerge
{
    /// <summary>Merges in O(events). Operations of different objects may be interleaved in the inputs as they like.</summary>
    public static int[] Merge(History history, IReadOnlyList<int[]> orders)
    {
        var invokes = history.Invoke;
        var keys = history.Key;
        var total = orders.Sum(order => order.Length);
        var latest = new int[Math.Max(1, history.KeyCount)];
        var starts = new int[history.EventCount + 1];
        var merged = new int[total];
        foreach (var order in orders)
        {
            foreach (var operation in order) starts[Moment(operation, invokes, keys, latest) + 1]++;
        }

        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        Array.Clear(latest);
        foreach (var order in orders)
        {
            foreach (var operation in order) merged[starts[Moment(operation, invokes, keys, latest)]++] = operation;
        }

        return merged;
    }

    private static int Moment(int operation, ReadOnlySpan<int> invokes, ReadOnlySpan<int> keys, int[] latest) =>
        latest[keys[operation]] = Math.Max(latest[keys[operation]], invokes[operation]);
}
