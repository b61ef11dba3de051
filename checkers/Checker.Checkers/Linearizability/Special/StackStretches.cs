using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Goes through the stretches of time in which something is on the stack for certain, as elements are taken away from the bottom. Where nothing is, a stretch falls
/// into two, of which the earlier comes first. O(log n) for each element taken away, and for each stretch.
/// </summary>
internal sealed class StackStretches
{
    private readonly StackElement[] _elements;
    private readonly CoverTree _cover;
    private readonly int _events;
    private readonly MaxTree _waiting; // by the invocation of the push, the earliest first
    private readonly int[] _first; // the first that is left from there on; halved paths
    private readonly Stack<(int From, int To)> _work = new();

    /// <summary>Begins.</summary>
    /// <param name="elements">The elements, each there for certain for some time, by the push's return.</param>
    /// <param name="cover">When elements that are left are there for certain; whoever takes one away takes it off here as well.</param>
    /// <param name="events">How many events there are.</param>
    public StackStretches(StackElement[] elements, CoverTree cover, int events)
    {
        (_elements, _cover, _events) = (elements, cover, events);
        var count = elements.Length;
        _waiting = new MaxTree(count, i => -elements[i].PushInvoke);
        Eligible = new MaxTree(count, static _ => MaxTree.Nothing);
        Left = new MaxTree(count, i => elements[i].PopInvoke);
        _first = new int[count + 1];
        for (var i = 0; i <= count; i++) _first[i] = i;
        _work.Push((0, count));
    }

    /// <summary>The elements that are left whose push can be the first of the stretch, by the return of the pop.</summary>
    public MaxTree Eligible { get; }

    /// <summary>The elements that are left, by the invocation of the pop.</summary>
    public MaxTree Left { get; }

    /// <summary>The first element that may lie in the stretch.</summary>
    public int From { get; private set; }

    /// <summary>The one after its last.</summary>
    public int To { get; private set; }

    /// <summary>The first return of a push in the stretch.</summary>
    public int Begins { get; private set; }

    /// <summary>The last invocation of a pop.</summary>
    public int Ends { get; private set; }

    /// <summary>Adds when an element is there for certain to a cover, or takes it off.</summary>
    public static void Cover(CoverTree cover, in StackElement element, int events, int times) =>
        cover.Add(element.PushReturn, Math.Min(element.PopInvoke, events), times);

    /// <summary>Goes to the next stretch that is covered throughout; the same one again if nothing of it was taken away. False if nothing is left.</summary>
    public bool Next()
    {
        while (true)
        {
            var bottom = First(From);
            if (bottom >= To)
            {
                if (!_work.TryPop(out var range)) return false;
                (From, To) = range;
                continue;
            }

            (Begins, Ends) = (_elements[bottom].PushReturn, Left[Left.Best(From, To)]);
            var gap = _cover.FirstFree(Begins, Math.Min(Ends, _events));
            if (gap < 0) break;
            var split = UpperBound(gap);
            _work.Push((split, To));
            To = split;
        }

        for (var ready = _waiting.Best(From, To); ready >= 0 && -_waiting[ready] < Begins; ready = _waiting.Best(From, To))
        {
            _waiting.Set(ready, MaxTree.Nothing);
            Eligible.Set(ready, _elements[ready].PopReturn);
        }

        return true;
    }

    /// <summary>Leaves the stretch with all that is left of it.</summary>
    public void Leave() => From = To;

    /// <summary>Takes an element away.</summary>
    public void Remove(int element)
    {
        if (_waiting[element] != MaxTree.Nothing) _waiting.Set(element, MaxTree.Nothing);
        Eligible.Set(element, MaxTree.Nothing);
        Left.Set(element, MaxTree.Nothing);
        _first[element] = element + 1;
    }

    /// <summary>The first element that is left from one on.</summary>
    public int First(int from)
    {
        while (_first[from] != from) from = _first[from] = _first[_first[from]];
        return from;
    }

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
