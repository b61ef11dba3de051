using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Goes through the stretches of time in which something is on the stack for certain, as elements are taken away from the bottom. Where
/// nothing is, a stretch falls into two, of which the earlier comes first, so that stretches begin ever later: only pushes that are open where
/// one begins can be its first. O(log n) for each stretch, and for each element taken away.
/// </summary>
internal sealed class StackStretches
{
    private readonly StackElement[] _elements;
    private readonly CoverTree _cover;
    private readonly int _events;
    private readonly int[] _byInvoke; // the elements by the invocation of the push
    private readonly int[] _first; // the first that is left from there on; halved paths
    private readonly StackBottoms _bottoms;
    private readonly Stack<(int From, int To)> _work = new();
    private int _invoked; // how many pushes had begun

    /// <summary>Begins.</summary>
    /// <param name="elements">The elements, each there for certain for some time, by the push's return.</param>
    /// <param name="count">How many of them; what lies behind is not looked at.</param>
    /// <param name="cover">When elements that are left are there for certain; whoever takes one away takes it off here as well.</param>
    /// <param name="events">How many events there are.</param>
    public StackStretches(StackElement[] elements, int count, CoverTree cover, int events)
    {
        (_elements, _cover, _events, To) = (elements, cover, events, count);
        _bottoms = new StackBottoms(elements, count);
        _first = GC.AllocateUninitializedArray<int>(count + 1);
        for (var i = 0; i <= count; i++) _first[i] = i;
        using var scratch = new Rented<long>(count);
        var entries = scratch.Span;
        for (var i = 0; i < count; i++) entries[i] = PositionSort.Entry(elements[i].PushInvoke, i);
        PositionSort.Sort(entries);
        _byInvoke = GC.AllocateUninitializedArray<int>(count);
        for (var i = 0; i < count; i++) _byInvoke[i] = PositionSort.NumberOf(entries[i]);
    }

    /// <summary>The first element of the stretch.</summary>
    public int From { get; private set; }

    /// <summary>The one after its last.</summary>
    public int To { get; private set; }

    /// <summary>The first return of a push in the stretch.</summary>
    public int Begins { get; private set; }

    /// <summary>The last invocation of a pop.</summary>
    public int Ends { get; private set; }

    /// <summary>When elements are there for certain.</summary>
    public static CoverTree CoverOf(ReadOnlySpan<StackElement> elements, int events)
    {
        var cover = new CoverTree(events + 1);
        foreach (ref readonly var element in elements) cover.Put(element.PushReturn, Math.Min(element.PopInvoke, events));
        cover.Build();
        return cover;
    }

    /// <summary>Adds when an element is there for certain to a cover, or takes it off.</summary>
    public static void Cover(CoverTree cover, in StackElement element, int events, int times) =>
        cover.Add(element.PushReturn, Math.Min(element.PopInvoke, events), times);

    /// <summary>Goes to the next stretch that is covered throughout; the same one again if nothing of it was taken away. False if nothing is left.</summary>
    public bool Next()
    {
        while ((From = First(From)) >= To)
        {
            if (!_work.TryPop(out var range)) return false;
            (From, To) = range;
        }

        // Before the first element that is left nothing is there; where nothing is again, the last one of the stretch is popped.
        Begins = _elements[From].PushReturn;
        var free = _cover.NextFree(Begins - 1);
        Ends = free < _events ? free : _events + 1;
        if (_elements[To - 1].PushReturn > free)
        {
            var split = UpperBound(free);
            _work.Push((split, To));
            To = split;
        }

        for (; _invoked < _byInvoke.Length && _elements[_byInvoke[_invoked]].PushInvoke < Begins; _invoked++)
        {
            if (IsLeft(_byInvoke[_invoked])) _bottoms.Add(_byInvoke[_invoked]);
        }

        return true;
    }

    /// <summary>Of the elements that are left and whose push can be the first of the stretch the one whose pop returns last; −1 if there is none.</summary>
    public int Bottom() => _bottoms.Last(From, To);

    /// <summary>Leaves an element that can be the first out of account, until it is put back.</summary>
    public void SetAside(int element) => _bottoms.Remove(element);

    /// <summary>Puts back what was set aside.</summary>
    public void PutBack(int element) => _bottoms.Add(element);

    /// <summary>Leaves the stretch with all that is left of it.</summary>
    public void Leave() => From = To;

    /// <summary>Takes an element away.</summary>
    public void Remove(int element)
    {
        if (_elements[element].PushInvoke < Begins) _bottoms.Remove(element);
        _first[element] = element + 1;
    }

    /// <summary>Whether an element was not taken away.</summary>
    public bool IsLeft(int element) => _first[element] == element;

    /// <summary>The first element that is left from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(int from)
    {
        while (_first[from] != from) from = _first[from] = _first[_first[from]];
        return from;
    }

    // The first element whose push returned after a gap; the first of the stretch did before, and most stretches are short.
    private int UpperBound(int gap)
    {
        var step = 1;
        while (From + step < To && _elements[From + step].PushReturn <= gap) step *= 2;
        var (low, high) = (From + (step / 2) + 1, Math.Min(To, From + step));
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_elements[middle].PushReturn <= gap) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
