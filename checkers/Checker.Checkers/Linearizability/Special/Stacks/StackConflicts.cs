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
    private readonly StackStretches _stretches;
    private readonly MaxTree _late; // all that are left, by the invocation of the pop
    private readonly MaxTree _early; // all that are left, by the invocation of the push, the earliest first
    private int _without;

    private StackConflicts(List<StackElement> elements, int events)
    {
        _elements = [.. elements];
        Array.Sort(_elements, static (a, b) => a.PushReturn.CompareTo(b.PushReturn));
        _events = events;
        _cover = StackStretches.CoverOf(_elements, events);
        _stretches = new StackStretches(_elements, _elements.Length, _cover, events);
        _late = new MaxTree(_elements.Length, i => _elements[i].PopInvoke);
        _early = new MaxTree(_elements.Length, i => -_elements[i].PushInvoke);
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
        while (_stretches.Next())
        {
            var chosen = _stretches.Bottom();
            if (chosen >= 0 && _elements[chosen].PopReturn >= _stretches.Ends) Remove(chosen);
            else Blame(chosen);
        }
    }

    // Nothing can be at the bottom: either what is pushed early enough and popped as late as any, or what is popped late enough and pushed as
    // early as any, is kept, whichever has less in its way.
    private void Blame(int early)
    {
        var (from, to) = (_stretches.From, _stretches.To);
        var poppedLater = new List<int>();
        while (early >= 0 && poppedLater.Count < MostInTheWay)
        {
            var other = _late.Best(from, to);
            if (other < 0 || _late[other] <= _elements[early].PopReturn) break;
            poppedLater.Add(other);
            _late.Set(other, MaxTree.Nothing);
        }

        foreach (var other in poppedLater) _late.Set(other, _elements[other].PopInvoke);
        var (late, pushedEarlier) = (Late(from, to), new List<int>());
        for (var i = _stretches.First(from); late >= 0 && i < to && pushedEarlier.Count < MostInTheWay; i = _stretches.First(i + 1))
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
    private int Late(int from, int to)
    {
        var (late, looked) = (-1, new List<int>());
        while (late < 0 && looked.Count < MostLooked)
        {
            var one = _early.Best(from, to);
            if (one < 0) break;
            if (_elements[one].PopReturn >= _stretches.Ends)
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
        _stretches.Remove(element);
        _early.Set(element, MaxTree.Nothing);
        _late.Set(element, MaxTree.Nothing);
        StackStretches.Cover(_cover, _elements[element], _events, -1);
    }
}
