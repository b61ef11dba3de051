namespace Checker.Checkers.Objects;

/// <summary>
/// A stack under monotonic reads: what is on the named insertion at the end must be removed, and what removes that itself must find something on it.
/// </summary>
internal sealed class GrowingStack(ObjectHistory rows, ObjectUpdates updates, IReadOnlyList<int> order, int[] source, int process)
    : GrowingView(rows, updates, order, source, process)
{
    private readonly Stack<int> _above = [];

    /// <inheritdoc/>
    protected override Lack Lacks(int named)
    {
        // What is on the named insertion; all, if none is named.
        _above.Clear();
        foreach (var place in Seen)
        {
            if (place <= named) continue;
            if (!Takes(place)) _above.Push(place);
            else if (_above.Count > 0) _above.Pop();
            else if (named >= 0) return new Lack(LackKind.Insertion, First: named + 1, End: place, Named: named);
        }

        return _above.Count == 0 ? default : new Lack(LackKind.Removal, First: _above.Peek() + 1, Earliest: true);
    }
}
