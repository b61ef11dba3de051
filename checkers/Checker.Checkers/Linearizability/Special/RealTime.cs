using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Whether an order of rows keeps real time: nothing stands behind an operation that began after it had returned.</summary>
internal static class RealTime
{
    /// <summary>Finds the first two rows in the wrong order, in O(n).</summary>
    /// <param name="order">Rows, first to last.</param>
    /// <param name="history">The rows.</param>
    /// <param name="early">The row that returned before the other was invoked, although it stands behind it.</param>
    /// <param name="late">The other.</param>
    public static bool IsBroken(ReadOnlySpan<int> order, in KeyHistory history, out int early, out int late)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        var latest = -1;
        (early, late) = (-1, -1);
        foreach (var row in order)
        {
            if (returns[row] < latest)
            {
                early = row;
                return true;
            }

            if (invokes[row] <= latest) continue;
            latest = invokes[row];
            late = row;
        }

        return false;
    }

    /// <summary>The numbers of the operations of some rows, in place.</summary>
    public static int[] ToOperations(int[] rows, in KeyHistory history)
    {
        var operations = history.Operations;
        for (var i = 0; i < rows.Length; i++) rows[i] = operations[rows[i]];
        return rows;
    }

    /// <summary>
    /// Merges orders of independent parts: each row gets the earliest moment that its part's order allows, the latest invocation up to
    /// it; sorting by
    /// these moments keeps the parts' orders and real time.
    /// </summary>
    public static int[] Merge(IReadOnlyList<int[]> parts, in KeyHistory history)
    {
        var entries = new long[parts.Sum(part => part.Length)];
        var rows = new int[entries.Length];
        var next = 0;
        foreach (var part in parts)
        {
            var moment = -1;
            foreach (var row in part)
            {
                moment = Math.Max(moment, history.Invokes[row]);
                rows[next] = row;
                entries[next] = Columns.PositionSort.Entry(moment, next);
                next++;
            }
        }

        Columns.PositionSort.Sort(entries);
        return Array.ConvertAll(entries, entry => rows[Columns.PositionSort.NumberOf(entry)]);
    }
}
