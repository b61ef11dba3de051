using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>One attempt to order the elements of a stack and what found it empty.</summary>
internal readonly struct StackNest
{
    /// <summary>An order of rows, empty if it was not wanted; null if there is none.</summary>
    public int[]? Order { get; init; }

    /// <summary>The rows that found the stack empty, although something was there all the time.</summary>
    public IReadOnlyList<int> NeverEmpty { get; private init; }

    /// <summary>Stretches that were never empty and that have no element at the bottom.</summary>
    public IReadOnlyList<StackElement[]> Stuck { get; private init; }

    /// <summary>Tries all elements, O(n log n).</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="time">Their events.</param>
    /// <param name="empties">The rows that found the stack empty.</param>
    /// <param name="ordered">Whether an order is wanted; otherwise an empty one says that there is one.</param>
    public static StackNest Of(Removals elements, LocalTime time, IReadOnlyList<int> empties, bool ordered)
    {
        var nesting = new StackNesting(Elements(elements, time), time.Events, ordered);
        var order = new PointOrder(ordered ? 2 * elements.Inserts.Count : 0);
        var neverEmpty = new List<int>();
        foreach (var row in empties)
        {
            var gap = nesting.FirstEmpty(time.Invoke[row], time.Return[row]);
            if (gap < 0) neverEmpty.Add(row);
            else if (ordered) order.Add(gap, 1, row);
        }

        if (!nesting.TryNest() || neverEmpty.Count > 0) return new StackNest { NeverEmpty = neverEmpty, Stuck = nesting.Stuck };
        if (ordered) nesting.AddTo(order);
        return new StackNest { Order = order.Rows(), NeverEmpty = [], Stuck = [] };
    }

    private static StackElement[] Elements(Removals elements, LocalTime time)
    {
        var all = new StackElement[elements.Inserts.Count];
        for (var i = 0; i < all.Length; i++) all[i] = Element(elements, time, i);
        return all;
    }

    /// <summary>One element. A pop of unknown outcome need not happen, so it may come after everything.</summary>
    public static StackElement Element(Removals elements, LocalTime time, int element)
    {
        var (push, pop) = (elements.Inserts[element], elements.Removes[element]);
        var one = new StackElement(
            push,
            pop,
            time.Invoke[push],
            time.Return[push],
            pop < 0 ? time.Events + 1 : time.Invoke[pop],
            pop < 0 || time.Return[pop] == time.Events ? time.Events + 2 : time.Return[pop]);
        if (elements.Peeks is null || !elements.Peeks.TryGetValue(push, out var rows)) return one;
        StackPeek[] peeks = [.. rows.Select(row => new StackPeek(row, time.Invoke[row], time.Return[row]))];
        return one with
        {
            PushReturn = Math.Min(one.PushReturn, peeks.Min(peek => peek.Return)),
            PopInvoke = Math.Max(one.PopInvoke, peeks[^1].Invoke),
            Peeks = peeks,
        };
    }

    /// <summary>
    /// Whether some elements can be nested and, if one is given, an interval has a moment without any of them. O(k log k) for k elements,
    /// however long the history.
    /// </summary>
    public static bool IsPossible(ReadOnlySpan<StackElement> elements, (int From, int To)? empty)
    {
        var times = new List<int>((4 * elements.Length) + 2);
        foreach (var element in elements)
        {
            times.AddRange([element.PushInvoke, element.PushReturn, element.PopInvoke, element.PopReturn]);
            foreach (var peek in element.Peeks ?? []) times.AddRange([peek.Invoke, peek.Return]);
        }

        if (empty is { } interval) times.AddRange([interval.From, interval.To]);
        var distinct = times.Distinct().ToArray();
        Array.Sort(distinct);
        var local = new StackElement[elements.Length];
        for (var i = 0; i < local.Length; i++)
        {
            var element = elements[i];
            local[i] = new(element.Push, element.Pop, At(element.PushInvoke), At(element.PushReturn), At(element.PopInvoke), At(element.PopReturn), Local(element.Peeks));
        }

        var nesting = new StackNesting(local, distinct.Length, ordered: false);
        return (empty is not { } wanted || nesting.FirstEmpty(At(wanted.From), At(wanted.To)) >= 0) && nesting.TryNest();

        StackPeek[]? Local(StackPeek[]? peeks) => peeks is null ? null : [.. peeks.Select(peek => new StackPeek(peek.Row, At(peek.Invoke), At(peek.Return)))];
        int At(int time) => Array.BinarySearch(distinct, time);
    }
}
