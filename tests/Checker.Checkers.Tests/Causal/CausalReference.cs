using Checker.Checkers.Tests.Registers;

namespace Checker.Checkers.Tests.Causal;

/// <summary>
/// Causal models straight from their definitions: existential over orders, not over patterns (Bouajjani et al. 2017, section 3; Lipton and
/// Sandberg 1988). Exponential; for at most 8 operations.
/// </summary>
internal static class CausalReference
{
    /// <summary>CC: some causal order such that each operation alone is explained by some order of its causal past.</summary>
    public static bool Causal(SmallHistory history) => Possible(history, ops =>
        Orders(ops).Any(co => All(ops, o => Explained(ops, co, Past(ops, co, o), o, 1 << o))));

    /// <summary>CM: each operation together with those before it in its process is explained by one order of its causal past, in which each
    /// read sees the same write as in every other such order.</summary>
    public static bool CausalMemory(SmallHistory history) => Possible(history, ops => ReadsFrom.Ways(ops).Any(sources =>
        Orders(ops, sources).Any(co => All(ops, o => Linearizations(ops.Count, Past(ops, co, o), co).Any(order =>
            order[^1] == o && ExplainedBy(ops, order, ProgramPast(ops, o), sources))))));

    /// <summary>CCv: some causal order and one total order around it such that each operation is explained by its causal past in that
    /// order.</summary>
    public static bool Convergent(SmallHistory history) => Possible(history, ops =>
        Orders(ops).Any(co => Linearizations(ops.Count, (1 << ops.Count) - 1, co).Any(
        arbitration => All(ops, o => ExplainedBy(ops, [.. arbitration.Where(a =>
            a != o && (Past(ops, co, o) & (1 << a)) != 0), o], 1 << o)))));

    /// <summary>CCv with an arbitration that also keeps what must be before each operation (<paramref name="realTime"/>).</summary>
    public static bool ConvergentWithin(IReadOnlyList<SmallOp> ops, int[] realTime) => Orders(ops).Any(co =>
        Linearizations(ops.Count, (1 << ops.Count) - 1, [.. co.Select((before, op) => before | realTime[op])]).Any(
        arbitration => All(ops, o => ExplainedBy(ops, [.. arbitration.Where(a => a != o && (Past(ops, co, o) & (1 << a)) != 0), o], 1 << o))));

    /// <summary>PRAM: for each process one order of all operations that keeps program order and explains the process's reads.</summary>
    public static bool Pram(SmallHistory history) => Possible(history, ops => ops.Select(op => op.Process).Distinct().All(process =>
    {
        var mine = Mask(ops, op => op.Process == process);
        return Linearizations(ops.Count, (1 << ops.Count) - 1, ProgramOrder(ops)).Any(order => ExplainedBy(ops, order, mine));
    }));

    /// <summary>Sequential consistency: one order of all operations that keeps program order and explains everything (Lamport
    /// 1979).</summary>
    public static bool Sequential(SmallHistory history) => Possible(history, ops =>
        Linearizations(ops.Count, (1 << ops.Count) - 1, ProgramOrder(ops)).Any(order => ExplainedBy(ops, order, (1 << ops.Count) - 1)));

    private static bool Possible(SmallHistory history, Func<IReadOnlyList<SmallOp>, bool> holds) => history.Possibilities().Any(holds);

    private static bool All(IReadOnlyList<SmallOp> ops, Func<int, bool> holds) => Enumerable.Range(0, ops.Count).All(holds);

    // Every causal order worth trying: for few operations every partial order around program order; for more, the least ones that have some
    // source of each read in its past, which any other must contain (a value can be read only if a write of it is in the past).
    private static IEnumerable<int[]> Orders(IReadOnlyList<SmallOp> ops) => ops.Count <= 4
        ? PartialOrders(ops.Count, Close(ProgramOrder(ops)), 0)
        : ReadsFrom.Ways(ops).SelectMany(sources => Orders(ops, sources));

    // The same where the source of each read is given.
    private static IEnumerable<int[]> Orders(IReadOnlyList<SmallOp> ops, int[] sources)
    {
        var before = ProgramOrder(ops);
        for (var r = 0; r < ops.Count; r++)
        {
            if (sources[r] >= 0) before[r] |= 1 << sources[r];
        }

        var closed = Close(before);
        return ops.Count <= 4 ? PartialOrders(ops.Count, closed, 0) : IsPartialOrder(closed) ? [closed] : [];
    }

    // before[b]: the set of operations before b.
    private static IEnumerable<int[]> PartialOrders(int count, int[] before, int pair)
    {
        if (!IsPartialOrder(before)) yield break;
        if (pair == count * count)
        {
            yield return before;
            yield break;
        }

        var (a, b) = (pair / count, pair % count);
        foreach (var order in PartialOrders(count, before, pair + 1)) yield return order;
        if (a == b || (before[b] & (1 << a)) != 0) yield break;
        var more = (int[])before.Clone();
        more[b] |= 1 << a;
        foreach (var order in PartialOrders(count, Close(more), pair + 1)) yield return order;
    }

    private static int[] Close(int[] before)
    {
        var closed = (int[])before.Clone();
        for (var k = 0; k < closed.Length; k++)
        {
            for (var b = 0; b < closed.Length; b++)
            {
                if ((closed[b] & (1 << k)) != 0) closed[b] |= closed[k];
            }
        }

        return closed;
    }

    private static bool IsPartialOrder(int[] before) => Enumerable.Range(0, before.Length).All(a => (before[a] & (1 << a)) == 0);

    private static int[] ProgramOrder(IReadOnlyList<SmallOp> ops)
    {
        var before = new int[ops.Count];
        for (var b = 0; b < ops.Count; b++)
        {
            for (var a = 0; a < b; a++)
            {
                if (ops[a].Process == ops[b].Process) before[b] |= 1 << a;
            }
        }

        return before;
    }

    private static int Past(IReadOnlyList<SmallOp> ops, int[] co, int op) => co[op] | (1 << op);

    private static int ProgramPast(IReadOnlyList<SmallOp> ops, int op) => ProgramOrder(ops)[op] | (1 << op);

    private static int Mask(IReadOnlyList<SmallOp> ops, Func<SmallOp, bool> takes) =>
        Enumerable.Range(0, ops.Count).Where(i => takes(ops[i])).Aggregate(0, (mask, i) => mask | (1 << i));

    private static bool Explained(IReadOnlyList<SmallOp> ops, int[] co, int past, int last, int visible) =>
        Linearizations(ops.Count, past, co).Any(order => order[^1] == last && ExplainedBy(ops, order, visible));

    // Replays an order; only the visible operations must have read the right value, and the right write if sources are given.
    private static bool ExplainedBy(IReadOnlyList<SmallOp> ops, IReadOnlyList<int> order, int visible, int[]? sources = null)
    {
        var state = new Dictionary<string, int>();
        foreach (var i in order)
        {
            var op = ops[i];
            var last = state.GetValueOrDefault(op.Key, ReadsFrom.None);
            if (op.Reads && (visible & (1 << i)) != 0)
            {
                if ((last < 0 ? 0 : ops[last].Written) != (op.ReadValue ?? 0) || (sources is not null && sources[i] != last)) return false;
            }

            if (op.Written is not null) state[op.Key] = i;
        }

        return true;
    }

    /// <summary>The orders of the members that keep what must be before each.</summary>
    public static IEnumerable<IReadOnlyList<int>> Linearizations(int count, int members, int[] before)
    {
        var order = new List<int>();
        return Extend(0);

        IEnumerable<IReadOnlyList<int>> Extend(int placed)
        {
            if (placed == members)
            {
                yield return [.. order];
                yield break;
            }

            for (var i = 0; i < count; i++)
            {
                if ((members & (1 << i)) == 0 || (placed & (1 << i)) != 0 || (before[i] & members & ~placed) != 0) continue;
                order.Add(i);
                foreach (var done in Extend(placed | (1 << i))) yield return done;
                order.RemoveAt(order.Count - 1);
            }
        }
    }
}
