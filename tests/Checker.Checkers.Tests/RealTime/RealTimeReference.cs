using Checker.Checkers.Tests.Causal;

namespace Checker.Checkers.Tests.RealTime;

/// <summary>The models that keep real time, straight from their definitions: existential over orders. Exponential; for few operations.</summary>
internal static class RealTimeReference
{
    /// <summary>MWR-weak (Shao et al. 2011): for each read an order of all writes of its key and itself.</summary>
    public static bool Regular(TimedHistory history) => history.Possibilities().Any(ops => ops.Where(op => op.Op.Reads).All(read => IsRegular(ops, read)));

    /// <summary>The same for reads that overlap no write.</summary>
    public static bool Safe(TimedHistory history) => history.Possibilities().Any(ops => ops.Where(op => op.Op.Reads).All(read =>
        ops.Any(w => w != read && w.Writes && w.Op.Key == read.Op.Key && !w.Precedes(read) && !read.Precedes(w)) || IsRegular(ops, read)));

    /// <summary>k-atomic: for each key one order in which reads return one of the last k values, and compare-and-sets the last.</summary>
    public static bool KAtomic(TimedHistory history, int k) => history.Possibilities().Any(all => all.GroupBy(op => op.Op.Key).All(group =>
    {
        List<TimedOp> ops = [.. group];
        return CanFollow(ops, RealTime(ops), 0, [null], k);
    }));

    /// <summary>Real-time causal: causal convergence with an arbitration that keeps real time.</summary>
    public static bool RealTimeCausal(TimedHistory history) =>
        history.Possibilities().Any(ops => CausalReference.ConvergentWithin([.. ops.Select(op => op.Op with { Info = false })], RealTime(ops)));

    /// <summary>Whether an order explains everything, a read returning one of the last k values.</summary>
    public static bool Replays(IReadOnlyList<TimedOp> ops, IReadOnlyList<int> order, int k)
    {
        var versions = new List<long?> { null };
        foreach (var i in order)
        {
            var op = ops[i];
            if (op.Op.Reads && !versions.TakeLast(op.Op.Written is null ? k : 1).Contains(op.Op.ReadValue)) return false;
            if (op.Writes) versions.Add(op.Op.Written);
        }

        return true;
    }

    // Every order that keeps real time, given up as soon as a read in it is wrong.
    private static bool CanFollow(List<TimedOp> ops, int[] before, int placed, IReadOnlyList<long?> versions, int k)
    {
        if (placed == (1 << ops.Count) - 1) return true;
        for (var i = 0; i < ops.Count; i++)
        {
            var op = ops[i];
            if ((placed & (1 << i)) != 0 || (before[i] & ~placed) != 0) continue;
            if (op.Op.Reads && !versions.TakeLast(op.Op.Written is null ? k : 1).Contains(op.Op.ReadValue)) continue;
            if (CanFollow(ops, before, placed | (1 << i), op.Writes ? [.. versions, op.Op.Written] : versions, k)) return true;
        }

        return false;
    }

    private static bool IsRegular(IReadOnlyList<TimedOp> all, TimedOp read)
    {
        List<TimedOp> ops = [.. all.Where(op => op.Op.Key == read.Op.Key && (op.Writes || op == read))];
        var at = ops.IndexOf(read);
        return Orders(ops).Any(order =>
        {
            var last = order.TakeWhile(i => i != at).Where(i => ops[i].Writes).Select(i => ops[i].Op.Written).LastOrDefault();
            return last == read.Op.ReadValue;
        });
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(List<TimedOp> ops) =>
        CausalReference.Linearizations(ops.Count, (1 << ops.Count) - 1, RealTime(ops));

    private static int[] RealTime(IReadOnlyList<TimedOp> ops) =>
        [.. ops.Select(b => ops.Select((a, i) => a.Precedes(b) ? 1 << i : 0).Aggregate(0, (mask, bit) => mask | bit))];
}
