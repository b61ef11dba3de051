using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>What keeps elements from being nested: the one that could most nearly be at the bottom, and those in its way.</summary>
/// <param name="Bottom">The element.</param>
/// <param name="InTheWay">The others.</param>
internal readonly record struct StackConflict(StackElement Bottom, StackElement[] InTheWay);

/// <summary>
/// Nests elements as <see cref="StackNesting"/> does, but goes on where nothing can be at the bottom, without those that are in the way, so
/// that all conflicts are found at once. O(n log n).
/// </summary>
internal sealed class StackConflicts
{
    private const int MostInTheWay = 8;
    private const int MostLooked = 200;

    private readonly StackElement[] _elements; // by the push's return
    private readonly CoverTree _cover;
    private readonly int _events;
    private readonly MaxTree _waiting; // by the invocation of the push, the earliest first
    private readonly MaxTree _eligible; // by the return of the pop
    private readonly MaxTree _live; // by the invocation of the pop
    private readonly MaxTree _early; // all that are live, by the invocation of the push, the earliest first
    private readonly int[] _first; // the first that is live from there on; halved paths
    private int _without;

    private StackConflicts(List<StackElement> elements, int events)
    {
        _elements = [.. elements];
        Array.Sort(_elements, static (a, b) => a.PushReturn.CompareTo(b.PushReturn));
        _events = events;
        _cover = new CoverTree(events + 1);
        foreach (var one in _elements) Cover(one, 1);
        var count = _elements.Length;
        _waiting = new MaxTree(count, i => -_elements[i].PushInvoke);
        _early = new MaxTree(count, i => -_elements[i].PushInvoke);
        _eligible = new MaxTree(count, _ => MaxTree.Nothing);
        _live = new MaxTree(count, i => _elements[i].PopInvoke);
        _first = new int[count + 1];
        for (var i = 0; i <= count; i++) _first[i] = i;
    }

    /// <summary>The conflicts.</summary>
    public List<StackConflict> Found { get; } = [];

    /// <summary>How bad they are; 0 if there is none.</summary>
    public int Cost => (3 * Found.Count) + _without;

    /// <summary>Finds the conflicts of elements of which each lasts for certain.</summary>
    public static StackConflicts Of(List<StackElement> elements, int events)
    {
        var conflicts = new StackConflicts(elements, events);
        conflicts.Nest();
        return conflicts;
    }

    private void Nest()
    {
        var work = new Stack<(int From, int To)>();
        work.Push((0, _elements.Length));
        while (work.TryPop(out var range))
        {
            var (from, to) = range;
            for (var bottom = First(from); bottom < to; bottom = First(from))
            {
                var begins = _elements[bottom].PushReturn;
                var ends = _live[_live.Best(from, to)];
                var gap = _cover.FirstFree(begins, Math.Min(ends, _events));
                if (gap >= 0)
                {
                    var split = UpperBound(gap);
                    work.Push((split, to));
                    to = split;
                    continue;
                }

                for (var ready = _waiting.Best(from, to); ready >= 0 && -_waiting[ready] < begins; ready = _waiting.Best(from, to))
                {
                    _waiting.Set(ready, MaxTree.Nothing);
                    _eligible.Set(ready, _elements[ready].PopReturn);
                }

                var chosen = _eligible.Best(from, to);
                if (chosen >= 0 && _eligible[chosen] >= ends) Remove(chosen);
                else Blame(chosen, from, to, ends);
            }
        }
    }

    // Nothing can be at the bottom: either what is pushed early enough and popped as late as any, or what is popped late enough and pushed as
    // early as any, is kept, whichever has less in its way.
    private void Blame(int early, int from, int to, int ends)
    {
        var poppedLater = new List<int>();
        while (early >= 0 && poppedLater.Count < MostInTheWay)
        {
            var other = _live.Best(from, to);
            if (other < 0 || _live[other] <= _elements[early].PopReturn) break;
            poppedLater.Add(other);
            _live.Set(other, MaxTree.Nothing);
        }

        foreach (var other in poppedLater) _live.Set(other, _elements[other].PopInvoke);
        var (late, pushedEarlier) = (Late(from, to, ends), new List<int>());
        for (var i = First(from); late >= 0 && i < to && pushedEarlier.Count < MostInTheWay; i = First(i + 1))
        {
            if (_elements[i].PushReturn > _elements[late].PushInvoke) break;
            pushedEarlier.Add(i);
        }

        var (bottom, inTheWay) = late < 0 || (early >= 0 && poppedLater.Count <= pushedEarlier.Count) ? (early, poppedLater) : (late, pushedEarlier);
        Found.Add(new(_elements[bottom], [.. inTheWay.Select(i => _elements[i])]));
        foreach (var i in inTheWay) Remove(i);
        _without += inTheWay.Count;
    }

    // Of those that are popped late enough the one that is pushed earliest; −1 if it does not come soon.
    private int Late(int from, int to, int ends)
    {
        var (late, looked) = (-1, new List<int>());
        while (late < 0 && looked.Count < MostLooked)
        {
            var one = _early.Best(from, to);
            if (one < 0) break;
            if (_elements[one].PopReturn >= ends)
            {
                late = one;
                break;
            }

            looked.Add(one);
            _early.Set(one, MaxTree.Nothing);
        }

        foreach (var one in looked) _early.Set(one, -_elements[one].PushInvoke);
        return late;
    }

    private void Remove(int element)
    {
        _waiting.Set(element, MaxTree.Nothing);
        _eligible.Set(element, MaxTree.Nothing);
        _live.Set(element, MaxTree.Nothing);
        _early.Set(element, MaxTree.Nothing);
        _first[element] = element + 1;
        Cover(_elements[element], -1);
    }

    private int First(int from)
    {
        while (_first[from] != from) from = _first[from] = _first[_first[from]];
        return from;
    }

    private void Cover(in StackElement element, int times) => _cover.Add(element.PushReturn, Math.Min(element.PopInvoke, _events), times);

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
