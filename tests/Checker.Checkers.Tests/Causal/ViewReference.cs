using Checker.Checkers.Tests.Registers;

namespace Checker.Checkers.Tests.Causal;

/// <summary>
/// Causal memory and PRAM by the transitive closure of each process's view, as a plain matrix (Bouajjani et al. 2017, section 4): slow
/// but for histories too long for the definitions. Histories without info operations.
/// </summary>
internal static class ViewReference
{
    public static bool Holds(SmallHistory history, bool causal)
    {
        var ops = history.Ops;
        var sources = Enumerable.Range(0, ops.Count).Select(r => Source(ops, r)).ToArray();
        if (Enumerable.Range(0, ops.Count).Any(r => ops[r].Reads && ops[r].ReadValue is not null && sources[r] < 0)) return false;
        return ops.Select(op => op.Process).Distinct().All(process => HasView(ops, sources, process, causal));
    }

    private static bool HasView(IReadOnlyList<SmallOp> ops, int[] sources, int process, bool causal)
    {
        var before = new bool[ops.Count, ops.Count];
        for (var b = 0; b < ops.Count; b++)
        {
            for (var a = 0; a < b; a++) before[a, b] = ops[a].Process == ops[b].Process;
        }

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

        return !Enumerable.Range(0, ops.Count).Any(op => before[op, op]);
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

    private static int Source(IReadOnlyList<SmallOp> ops, int read)
    {
        if (!ops[read].Reads || ops[read].ReadValue is not { } value) return -1;
        for (var w = 0; w < ops.Count; w++)
        {
            if (ops[w].Written == value && ops[w].Key == ops[read].Key) return w;
        }

        return -1;
    }
}
