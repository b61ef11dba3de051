using Checker.Histories;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// Merges linearizations of different objects into one of the whole history. Each operation gets the earliest moment that its object's
/// order allows: the latest invocation up to it. These moments keep each object's order, and lie before each operation's return, so
/// sorting by them keeps real time.
/// </summary>
/// <remarks>
/// Operations are numbered in the order of invocation, so the numbers stand for the moments. A moment belongs to the operation that leads
/// the stretch of its object's order with this moment; stretches stay whole, and counting by the leader's number sorts them.
/// </remarks>
internal static class OrderMerge
{
    /// <summary>Merges in O(operations), the orders on several cores; the result does not depend on how many.</summary>
    /// <param name="history">The history.</param>
    /// <param name="orders">One order of operations for each object.</param>
    /// <param name="cores">How many cores may help.</param>
    public static int[] Merge(History history, IReadOnlyList<int[]> orders, int cores)
    {
        var starts = new int[history.Count]; // by leader: at first how long its stretch is
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, cores) };
        Parallel.For(0, orders.Count, parallel, i => Measure(orders[i], starts));
        var total = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            var length = starts[i];
            starts[i] = total;
            total += length;
        }

        var merged = GC.AllocateUninitializedArray<int>(total);
        Parallel.For(0, orders.Count, parallel, i => Move(orders[i], starts, merged));
        return merged;
    }

    private static void Measure(int[] order, int[] lengths)
    {
        for (var from = 0; from < order.Length;)
        {
            var to = EndOfStretch(order, from);
            lengths[order[from]] = to - from;
            from = to;
        }
    }

    private static void Move(int[] order, int[] starts, int[] merged)
    {
        for (var from = 0; from < order.Length;)
        {
            var to = EndOfStretch(order, from);
            order.AsSpan(from, to - from).CopyTo(merged.AsSpan(starts[order[from]]));
            from = to;
        }
    }

    // Every operation of a stretch was invoked before its leader; the next leader is the next one invoked later.
    private static int EndOfStretch(int[] order, int from)
    {
        var leader = order[from];
        var to = from + 1;
        while (to < order.Length && order[to] < leader) to++;
        return to;
    }
}
