using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// Makes an invalid history small by leaving out parts such that a valid history would stay valid: reads, and whole values with everything that
/// reads or replaces them. A write alone is never left out, for then any read of it would look like a violation.
/// </summary>
internal static class Shrinker
{
    /// <summary>
    /// Leaves out parts, halves first, until none can be left out alone or the budget is spent. O(p log n) candidates for p parts that stay.
    /// </summary>
    public static KeyHistory Shrink(in KeyHistory history, SubhistoryJudge judge)
    {
        var parts = DeletableParts.Of(history);
        var kept = new bool[history.Count];
        Array.Fill(kept, true);
        var changed = true;
        while (changed && !judge.Spent)
        {
            changed = false;
            for (var size = Math.Max(1, parts.Count / 2); ; size /= 2)
            {
                for (var start = 0; start < parts.Count && !judge.Spent;)
                {
                    var count = Math.Min(size, parts.Count - start);
                    var chunk = parts.GetRange(start, count);
                    if (judge.IsInvalid(history.Only(Rows(kept, chunk))))
                    {
                        foreach (var row in chunk.SelectMany(part => part)) kept[row] = false;
                        parts.RemoveRange(start, count);
                        changed = true;
                    }
                    else
                    {
                        start += count;
                    }
                }

                if (size == 1) break;
            }

            // A value may have lost all its reads; what is left of it is a part that may go now.
            if (changed) parts = [.. DeletableParts.Of(history).Select(part => part.Where(row => kept[row]).ToArray()).Where(part => part.Length > 0)];
        }

        return history.Only(Rows(kept, []));
    }

    private static int[] Rows(bool[] kept, List<int[]> without)
    {
        var dropped = without.SelectMany(part => part).ToHashSet();
        var rows = new List<int>(kept.Length);
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row] && !dropped.Contains(row)) rows.Add(row);
        }

        return [.. rows];
    }
}
