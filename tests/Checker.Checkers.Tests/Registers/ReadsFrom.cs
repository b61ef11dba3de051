namespace Checker.Checkers.Tests.Registers;

/// <summary>The ways in which the reads of a small history can have seen its writes.</summary>
internal static class ReadsFrom
{
    /// <summary>The source of a read of the initial value, and of an operation that does not read.</summary>
    public const int None = -1;

    /// <summary>For every way the source of each operation; none if a value was never written.</summary>
    public static IEnumerable<int[]> Ways(IReadOnlyList<SmallOp> ops)
    {
        var candidates = Enumerable.Range(0, ops.Count).Select(r => Candidates(ops, r)).ToArray();
        return Extend(new int[ops.Count], 0);

        IEnumerable<int[]> Extend(int[] sources, int op)
        {
            if (op == ops.Count)
            {
                yield return (int[])sources.Clone();
                yield break;
            }

            foreach (var candidate in candidates[op])
            {
                sources[op] = candidate;
                foreach (var way in Extend(sources, op + 1)) yield return way;
            }
        }
    }

    /// <summary>How many ways there are.</summary>
    public static long Count(IReadOnlyList<SmallOp> ops) =>
        Enumerable.Range(0, ops.Count).Aggregate(1L, (ways, op) => Math.Min(ways * Candidates(ops, op).Count, int.MaxValue));

    private static List<int> Candidates(IReadOnlyList<SmallOp> ops, int read)
    {
        if (!ops[read].Reads) return [None];
        var value = ops[read].ReadValue ?? 0;
        List<int> candidates = [.. Enumerable.Range(0, ops.Count).Where(w => w != read && ops[w].Key == ops[read].Key && ops[w].Written == value)];
        if (value == 0) candidates.Add(None);
        return candidates;
    }
}
