using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// The order of a register's operations that its blocks prove: each value's writer, then its reads in the order of invocation. O(n).
/// </summary>
internal static class RegisterWitness
{
    /// <summary>The rows in order; compare-and-sets that failed are not there yet.</summary>
    public static int[] Rows(in RegisterProblem problem)
    {
        var values = problem.Values;
        var order = GC.AllocateUninitializedArray<int>(problem.Placed);
        using var cursors = new Rented<int>(values.Length);
        var cursor = cursors.Span;
        var next = 0;
        foreach (var block in problem.Blocks)
        {
            for (var at = PositionSort.NumberOf(block); at >= 0;)
            {
                ref readonly var value = ref values[at];
                if (value.Writer >= 0) order[next++] = value.Writer;
                cursor[at] = next;
                next += value.Reads;
                at = value.Next;
            }
        }

        var valueOf = problem.ValueOf;
        for (var row = 0; row < valueOf.Length; row++)
        {
            if (valueOf[row] >= 0) order[cursor[valueOf[row]]++] = row;
        }

        return order;
    }

    /// <summary>
    /// Puts the failed compare-and-sets into an order of the others, each at the first place where its real time allows it and the value is
    /// not the expected one. Null if one has no place in this order; it might in another.
    /// </summary>
    public static int[]? WithFailedSwaps(int[] order, in KeyHistory history, in RegisterProblem problem)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        var failed = FailedRows(history);
        var places = new int[failed.Length];
        var reached = new int[order.Length + 1]; // the latest invocation among the first so many
        reached[0] = -1;
        for (var i = 0; i < order.Length; i++) reached[i + 1] = Math.Max(reached[i], invokes[order[i]]);
        var ahead = new int[order.Length + 1]; // the earliest return from there on
        ahead[^1] = int.MaxValue;
        for (var i = order.Length - 1; i >= 0; i--) ahead[i] = Math.Min(ahead[i + 1], returns[order[i]]);
        var holders = ValuesHeld(order, problem);
        var byReturn = new long[failed.Length];
        for (var i = 0; i < failed.Length; i++) byReturn[i] = PositionSort.Entry(returns[failed[i]], i);
        PositionSort.Sort(byReturn);
        var finished = 0;
        var floor = 0;
        for (var i = 0; i < failed.Length; i++)
        {
            var row = failed[i];
            // Failed ones that returned before this one began come first; they were invoked earlier, so they are placed.
            while (finished < byReturn.Length && PositionSort.PositionOf(byReturn[finished]) < invokes[row])
            {
                floor = Math.Max(floor, places[PositionSort.NumberOf(byReturn[finished++])]);
            }

            var place = Math.Max(floor, FirstAbove(ahead, invokes[row]));
            var expected = history.History.Values.Items(history.Inputs[row])[0].Bits;
            while (place <= order.Length && problem.Values[holders[place]].Bits == expected && reached[place] < returns[row]) place++;
            if (place > order.Length || reached[place] > returns[row]) return null;
            places[i] = place;
        }

        return Merge(order, failed, places);
    }

    private static int[] FailedRows(in KeyHistory history)
    {
        var types = history.Types;
        var failed = new List<int>();
        for (var row = 0; row < types.Length; row++)
        {
            if (types[row] == OperationType.Fail) failed.Add(row);
        }

        return [.. failed];
    }

    // The number of the value held after the first so many operations.
    private static int[] ValuesHeld(int[] order, in RegisterProblem problem)
    {
        var held = new int[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            var value = problem.ValueOf[order[i]];
            held[i + 1] = value < 0 ? ~value : value;
        }

        return held;
    }

    // The first place from which on everything returns after the position; "ahead" never decreases.
    private static int FirstAbove(int[] ahead, int position)
    {
        var (low, high) = (0, ahead.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ahead[middle] > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static int[] Merge(int[] order, int[] failed, int[] places)
    {
        // At one place, those invoked first come first: rows are in the order of invocation, and the sort keeps it.
        var entries = new long[failed.Length];
        for (var i = 0; i < failed.Length; i++) entries[i] = PositionSort.Entry(places[i], i);
        PositionSort.Sort(entries);
        var merged = new int[order.Length + failed.Length];
        var (next, from) = (0, 0);
        for (var place = 0; place <= order.Length; place++)
        {
            while (from < entries.Length && PositionSort.PositionOf(entries[from]) == place) merged[next++] = failed[PositionSort.NumberOf(entries[from++])];
            if (place < order.Length) merged[next++] = order[place];
        }

        return merged;
    }
}
