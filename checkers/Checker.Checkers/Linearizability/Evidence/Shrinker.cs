using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Makes an invalid history small by leaving out parts such that a valid history would stay valid.</summary>
internal static class Shrinker
{
    /// <summary>
    /// Leaves out parts, many at once at first, until none can be left out or the budget is spent. The result is invalid; for each kind of
    /// parts it is minimal.
    /// </summary>
    public static KeyHistory Shrink(KeyHistory history, SubhistoryJudge judge)
    {
        for (var before = -1; before != history.Count && !judge.Spent;)
        {
            before = history.Count;
            history = CutPrefix(history, judge);
            foreach (var kind in DeletableParts.Kinds) history = Shrink(history, kind, judge);
        }

        return history;
    }

    // The latest cut that leaves a violation.
    private static KeyHistory CutPrefix(KeyHistory history, SubhistoryJudge judge)
    {
        foreach (var gone in Prefixes.Of(history))
        {
            if (judge.Spent) break;
            var rest = Without(history, gone);
            if (judge.IsInvalid(rest)) return rest;
        }

        return history;
    }

    private static KeyHistory Shrink(KeyHistory history, Func<KeyHistory, List<int[]>> kind, SubhistoryJudge judge)
    {
        // What may be left out depends on what is there, so the parts are found anew whenever the pieces become smaller.
        for (var size = Math.Max(1, kind(history).Count); ; size /= 2)
        {
            var parts = kind(history);
            var gone = new bool[history.Count];
            for (var start = 0; start < parts.Count && !judge.Spent; start += size)
            {
                var candidate = (bool[])gone.Clone();
                for (var i = start; i < Math.Min(parts.Count, start + size); i++)
                {
                    foreach (var row in parts[i]) candidate[row] = true;
                }

                if (judge.IsInvalid(Without(history, candidate))) gone = candidate;
            }

            history = Without(history, gone);
            if (size == 1) return history;
        }
    }

    private static KeyHistory Without(KeyHistory history, bool[] gone)
    {
        var rows = new List<int>(gone.Length);
        for (var row = 0; row < gone.Length; row++)
        {
            if (!gone[row]) rows.Add(row);
        }

        return history.Only(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }
}
