using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>One element of a stack, by local event numbers.</summary>
/// <param name="Push">The row of its push.</param>
/// <param name="Pop">The row of its pop; −1 if it stays for ever.</param>
/// <param name="PushInvoke">The push's invocation.</param>
/// <param name="PushReturn">Its return.</param>
/// <param name="PopInvoke">The pop's invocation.</param>
/// <param name="PopReturn">Its return.</param>
internal readonly record struct StackElement(int Push, int Pop, int PushInvoke, int PushReturn, int PopInvoke, int PopReturn);

/// <summary>
/// Nests the elements of a stack. An element is there for certain from its push's return to its pop's invocation. Where nothing is, the
/// stack may be
/// empty: the problem falls into two. A stretch that is covered throughout has one element at the bottom, whose push comes first and
/// whose pop comes
/// last; any element that can be it may be taken, because what can be at the bottom now can be later. O(n log n).
/// </summary>
internal sealed class StackNesting
{
    private readonly StackElement[] _elements; // by the push's return; those whose push and pop overlap apart
    private readonly StackElement[] _momentary;
    private readonly CoverTree _cover;
    private readonly int _events;
    private readonly List<(int Element, int From, int To)> _nested = []; // outer ones before inner ones

    public StackNesting(IEnumerable<StackElement> elements, int events)
    {
        var all = elements.ToArray();
        _events = events;
        _elements = [.. all.Where(e => e.PushReturn < e.PopInvoke).OrderBy(e => e.PushReturn)];
        _momentary = [.. all.Where(e => e.PushReturn >= e.PopInvoke)];
        _cover = new CoverTree(events + 1);
        foreach (var element in _elements) Cover(element, 1);
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
        var count = _elements.Length;
        var (waiting, eligible, live, first) = (new MaxTree(count), new MaxTree(count), new MaxTree(count), new MaxTree(count));
        for (var i = 0; i < count; i++)
        {
            waiting.Set(i, -_elements[i].PushInvoke);
            live.Set(i, _elements[i].PopInvoke);
            first.Set(i, -_elements[i].PushReturn);
        }

        var work = new Stack<(int From, int To)>();
        work.Push((0, count));
        while (work.TryPop(out var range))
        {
            var (from, to) = range;
            for (var bottom = first.Best(from, to); bottom >= 0; bottom = first.Best(from, to))
            {
                var begins = _elements[bottom].PushReturn;
                var ends = live[live.Best(from, to)];
                var gap = _cover.FirstFree(begins, Math.Min(ends, _events));
                if (gap >= 0)
                {
                    var split = UpperBound(gap);
                    work.Push((split, to));
                    to = split;
                    continue;
                }

                for (var ready = waiting.Best(from, to); ready >= 0 && -waiting[ready] < begins; ready = waiting.Best(from, to))
                {
                    waiting.Set(ready, MaxTree.Nothing);
                    eligible.Set(ready, _elements[ready].PopReturn);
                }

                var chosen = eligible.Best(from, to);
                if (chosen < 0 || eligible[chosen] < ends)
                {
                    Stuck.Add([.. Enumerable.Range(from, to - from).Where(i => live[i] != MaxTree.Nothing).Select(i => _elements[i])]);
                    break; // the other stretches do not depend on this one
                }

                eligible.Set(chosen, MaxTree.Nothing);
                live.Set(chosen, MaxTree.Nothing);
                first.Set(chosen, MaxTree.Nothing);
                Cover(_elements[chosen], -1);
                _nested.Add((chosen, begins - 1, ends));
            }
        }

        return Stuck.Count == 0;
    }

    /// <summary>
    /// Adds all elements to an order: in a gap pops come first, inner ones before outer ones, and pushes last, outer ones before inner
    /// ones.
    /// </summary>
    public void AddTo(PointOrder order)
    {
        for (var i = _nested.Count - 1; i >= 0; i--)
        {
            var (element, _, to) = _nested[i];
            if (_elements[element].Pop >= 0 && to <= _events) order.Add(to, 0, _elements[element].Pop);
        }

        foreach (var element in _momentary)
        {
            var gap = Math.Max(element.PushInvoke, element.PopInvoke);
            order.Add(gap, 2, element.Push);
            order.Add(gap, 2, element.Pop);
        }

        foreach (var (element, from, _) in _nested) order.Add(from, 3, _elements[element].Push);
    }

    private void Cover(StackElement element, int times) => _cover.Add(element.PushReturn, Math.Min(element.PopInvoke, _events), times);

    // The first element whose push returned after a gap.
    private int UpperBound(int gap)
    {
        var (low, high) = (0, _elements.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_elements[middle].PushReturn <= gap) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
