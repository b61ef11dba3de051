using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Somebody who found an element on top of the stack and left it there, by local event numbers.</summary>
/// <param name="Row">The row.</param>
/// <param name="Invoke">Its invocation.</param>
/// <param name="Return">Its return.</param>
internal readonly record struct StackPeek(int Row, int Invoke, int Return);

/// <summary>One element of a stack, by local event numbers.</summary>
/// <param name="Push">The row of its push.</param>
/// <param name="Pop">The row of its pop; −1 if it stays for ever.</param>
/// <param name="PushInvoke">The push's invocation.</param>
/// <param name="PushReturn">By when it is there for certain: the push's return, or an earlier one of somebody who found it.</param>
/// <param name="PopInvoke">Until when it is there for certain: the pop's invocation, or a later one of somebody who found it.</param>
/// <param name="PopReturn">The pop's return.</param>
/// <param name="Peeks">Who found it on top; null if nobody did.</param>
internal readonly record struct StackElement(int Push, int Pop, int PushInvoke, int PushReturn, int PopInvoke, int PopReturn, StackPeek[]? Peeks = null)
{
    /// <summary>All rows of the element.</summary>
    public IEnumerable<int> Rows => (Pop < 0 ? [Push] : (int[])[Push, Pop]).Concat((Peeks ?? []).Select(peek => peek.Row));
}

/// <summary>
/// Nests the elements of a stack. An element is there for certain from its push's return to its pop's invocation. Where nothing is, the
/// stack may be
/// empty: the problem falls into two. A stretch that is covered throughout has one element at the bottom, whose push comes first and
/// whose pop comes
/// last; any element that can be it may be taken, because what can be at the bottom now can be later. Whoever found it on top
/// did so right after its push, right before its pop, or in a gap in which nothing else is there for certain. O(n log n), where few elements that
/// were found on top wait at once.
/// </summary>
internal sealed class StackNesting
{
    private readonly StackElement[] _elements; // those that last by the push's return, then those whose push and pop overlap
    private readonly int _lasting;
    private readonly CoverTree _cover;
    private readonly Dictionary<int, int> _found = []; // the gap of everybody who found something on top, by row
    private readonly int _events;
    private readonly List<(int Element, int From, int To)>? _nested; // outer ones before inner ones; null if nobody wants the order

    /// <summary>Takes elements in.</summary>
    /// <param name="elements">The elements, kept and put into another order.</param>
    /// <param name="events">How many events there are.</param>
    /// <param name="ordered">Whether an order is wanted as well.</param>
    public StackNesting(StackElement[] elements, int events, bool ordered)
    {
        (_elements, _events) = (elements, events);
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].PushReturn >= elements[i].PopInvoke) continue;
            (elements[i], elements[_lasting]) = (elements[_lasting], elements[i]);
            _lasting++;
        }

        SortByPushReturn(elements.AsSpan(0, _lasting));
        _nested = ordered ? new(_lasting) : null;
        _cover = StackStretches.CoverOf(elements.AsSpan(0, _lasting), events);
    }

    /// <summary>If there is no nesting: for each stretch that has none its elements of which none can be at the bottom.</summary>
    public List<StackElement[]> Stuck { get; } = [];

    /// <summary>
    /// The first gap of a range in which the stack can have been empty; −1 if there is none. Asked before <see cref="TryNest"/>.
    /// </summary>
    public int FirstEmpty(int from, int to) => _cover.FirstFree(from, to);

    /// <summary>Nests all elements.</summary>
    public bool TryNest()
    {
        var stretches = new StackStretches(_elements, _lasting, _cover, _events);
        while (stretches.Next())
        {
            var chosen = Choose(stretches);
            if (chosen < 0)
            {
                Stuck.Add([.. Enumerable.Range(stretches.From, stretches.To - stretches.From).Where(stretches.IsLeft).Select(i => _elements[i])]);
                stretches.Leave(); // the other stretches do not depend on this one
                continue;
            }

            stretches.Remove(chosen);
            _nested?.Add((chosen, stretches.Begins - 1, stretches.Ends));
        }

        return Stuck.Count == 0;
    }

    /// <summary>
    /// Adds all elements to an order: in a gap pops come first, inner ones before outer ones, and pushes last, outer ones before inner
    /// ones.
    /// </summary>
    public void AddTo(PointOrder order)
    {
        for (var i = _nested!.Count - 1; i >= 0; i--)
        {
            var (element, from, to) = _nested[i];
            foreach (var peek in _elements[element].Peeks ?? [])
            {
                var gap = _found[peek.Row];
                if (gap != from) order.Add(gap, gap == to ? 0 : 1, peek.Row);
            }

            if (_elements[element].Pop >= 0 && to <= _events) order.Add(to, 0, _elements[element].Pop);
        }

        foreach (ref readonly var element in _elements.AsSpan(_lasting))
        {
            var gap = Math.Max(element.PushInvoke, element.PopInvoke);
            order.Add(gap, 2, element.Push);
            foreach (var peek in element.Peeks ?? []) order.Add(gap, 2, peek.Row);
            order.Add(gap, 2, element.Pop);
        }

        foreach (var (element, from, _) in _nested)
        {
            order.Add(from, 3, _elements[element].Push);
            foreach (var peek in _elements[element].Peeks ?? [])
            {
                if (_found[peek.Row] == from) order.Add(from, 3, peek.Row);
            }
        }
    }

    // An element that can be at the bottom of a stretch and no longer covers it; −1 if there is none.
    private int Choose(StackStretches stretches)
    {
        var (begins, ends) = (stretches.Begins, stretches.Ends);
        var chosen = stretches.Bottom();
        if (chosen < 0 || _elements[chosen].PopReturn < ends) return -1;
        if (Uncovers(chosen, begins, ends)) return chosen;
        var waiting = new List<int>();
        for (; chosen >= 0 && _elements[chosen].PopReturn >= ends; chosen = stretches.Bottom())
        {
            if (waiting.Count > 0 && Uncovers(chosen, begins, ends)) break;
            waiting.Add(chosen);
            stretches.SetAside(chosen);
        }

        if (chosen >= 0 && _elements[chosen].PopReturn < ends) chosen = -1;
        foreach (var element in waiting) stretches.PutBack(element);
        return chosen;
    }

    private static void SortByPushReturn(Span<StackElement> elements)
    {
        using var scratch = new Rented<long>(elements.Length);
        var entries = scratch.Span;
        for (var i = 0; i < entries.Length; i++) entries[i] = PositionSort.Entry(elements[i].PushReturn, i);
        PositionSort.Sort(entries);

        // Cycle by cycle, in place: an entry that was followed points to itself.
        for (var start = 0; start < entries.Length; start++)
        {
            var first = elements[start];
            var to = start;
            for (var from = PositionSort.NumberOf(entries[to]); from != start; from = PositionSort.NumberOf(entries[to]))
            {
                elements[to] = elements[from];
                entries[to] = to;
                to = from;
            }

            elements[to] = first;
            entries[to] = to;
        }
    }

    // Takes away that an element covers its time, if then everybody who found it on top has a gap.
    private bool Uncovers(int chosen, int begins, int ends)
    {
        ref readonly var element = ref _elements[chosen];
        Cover(element, -1);
        foreach (var peek in element.Peeks ?? [])
        {
            if (GapOf(peek, begins, ends) >= 0) continue;
            Cover(element, 1);
            return false;
        }

        if (element.Peeks is not null && _nested is not null) Find(element.Peeks, begins, ends);
        return true;
    }

    // The gap of one who found the bottom element on top; −1 if there is none.
    private int GapOf(StackPeek peek, int begins, int ends) =>
        peek.Invoke < begins ? begins - 1 : peek.Return > ends ? ends : _cover.FirstFree(peek.Invoke, peek.Return);

    private void Find(StackPeek[] peeks, int begins, int ends)
    {
        foreach (var peek in peeks) _found.Add(peek.Row, GapOf(peek, begins, ends));
    }

    private void Cover(in StackElement element, int times) => StackStretches.Cover(_cover, element, _events, times);
}
