using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// The elements of a stack that can be at the bottom as far as their pushes go. They are as many as pushes are open at once: few are looked
/// through one by one, and what stays for longer when they are many is found in O(log n).
/// </summary>
/// <param name="elements">The elements.</param>
/// <param name="count">How many of them.</param>
internal sealed class StackBottoms(StackElement[] elements, int count)
{
    private const int Few = 32;

    private readonly (int Element, int PopReturn)[] _few = new (int, int)[Few];
    private int _count;
    private MaxTree? _many; // by the return of the pop

    /// <summary>Adds an element.</summary>
    public void Add(int element)
    {
        if (_count == Few)
        {
            _many ??= new MaxTree(count, static _ => MaxTree.Nothing);
            foreach (var (one, popReturn) in _few) _many.Set(one, popReturn);
            _count = 0;
        }

        _few[_count++] = (element, elements[element].PopReturn);
    }

    /// <summary>Takes an element away.</summary>
    public void Remove(int element)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_few[i].Element != element) continue;
            _few[i] = _few[--_count];
            return;
        }

        _many?.Set(element, MaxTree.Nothing);
    }

    /// <summary>The one of a range whose pop returns last, of equals the first; −1 if there is none.</summary>
    public int Last(int from, int to)
    {
        var best = _many?.Best(from, to) ?? -1;
        var latest = best < 0 ? -1 : _many![best];
        foreach (var (element, popReturn) in _few.AsSpan(0, _count))
        {
            if (element < from || element >= to || popReturn < latest || (popReturn == latest && element > best)) continue;
            (best, latest) = (element, popReturn);
        }

        return best;
    }
}
