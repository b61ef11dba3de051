using Checker.Checkers.Tests.Registers;

namespace Checker.Checkers.Tests.Causal;

/// <summary>
/// The causal models by the transitive closures of their definitions, as plain matrices (Bouajjani et al. 2017, section 4), for every way in
/// which the reads can have seen the writes: slow, but for histories too long for the definitions.
/// </summary>
internal static class ViewReference
{
    /// <summary>Causal memory, or PRAM.</summary>
    public static bool Holds(SmallHistory history, bool causal) => Possible(history, (ops, sources) =>
        ops.Select(op => op.Process).Distinct().All(process => HasView(ops, sources, process, causal)));

    /// <summary>Causal consistency, or convergence.</summary>
    public static bool Causal(SmallHistory history, bool convergent) => Possible(history, (ops, sources) =>
    {
        var co = ProgramOrder(ops);
        for (var r = 0; r < ops.Count; r++)
        {
            if (sources[r] >= 0) co[sources[r], r] = true;
        }

        Close(co, ops.Count);
        if (IsCyclic(co, ops.Count)) return false;
        var order = (bool[,])co.Clone();
        for (var r = 0; r < ops.Count; r++)
        {
            for (var w = 0; w < ops.Count && ops[r].Reads; w++)
            {
                if (w == r || w == sources[r] || ops[w].Written is null || ops[w].Key != ops[r].Key || !co[w, r]) continue;
                if (sources[r] < 0 || co[sources[r], w]) return false;
                order[w, sources[r]] = true;
            }
        }

        Close(order, ops.Count);
        return !convergent || !IsCyclic(order, ops.Count);
    });

    private static bool Possible(SmallHistory history, Func<IReadOnlyList<SmallOp>, int[], bool> holds) =>
        history.Possibilities().Any(ops => ReadsFrom.Ways(ops).Any(sources => holds(ops, sources)));

    private static bool IsCyclic(bool[,] before, int count) => Enumerable.Range(0, count).Any(op => before[op, op]);

    private static bool[,] ProgramOrder(IReadOnlyList<SmallOp> ops)
    {
        var before = new bool[ops.Count, ops.Count];
        for (var b = 0; b < ops.Count; b++)
        {
            for (var a = 0; a < b; a++) before[a, b] = ops[a].Process == ops[b].Process;
        }

        return before;
    }

    private static bool HasView(IReadOnlyList<SmallOp> ops, int[] sources, int process, bool causal)
    {
        var before = ProgramOrder(ops);
        for (var r = 0; r < ops.Count; r++)
        {
            if (sources[r] >= 0 && (causal || ops[r].Process == process)) before[sources[r], r] = true;
        }

        bool changed;
        do
        {
            Close(before, ops.Count);
            changed = false;
            for (var r = 0; r < ops.Count; r++)
            {
                if (!ops[r].Reads || ops[r].Process != process) continue;
                for (var w = 0; w < ops.Count; w++)
                {
                    if (w == r || w == sources[r] || ops[w].Written is null || ops[w].Key != ops[r].Key || !before[w, r]) continue;
                    if (sources[r] < 0) return false;
                    changed |= !before[w, sources[r]];
                    before[w, sources[r]] = true;
                }
            }
        }
        while (changed);

        return !IsCyclic(before, ops.Count);
    }

    private static void Close(bool[,] before, int count)
    {
        for (var k = 0; k < count; k++)
        {
            for (var a = 0; a < count; a++)
            {
                if (!before[a, k]) continue;
                for (var b = 0; b < count; b++) before[a, b] |= before[k, b];
            }
        }
    }
}
