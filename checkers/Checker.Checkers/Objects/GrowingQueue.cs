namespace Checker.Checkers.Objects;

/// <summary>
/// A queue under monotonic reads: only numbers count. What is left are the last insertions, as many as there are more than effective removals; the named one
/// must be the first of these.
/// </summary>
internal sealed class GrowingQueue(ObjectHistory rows, ObjectUpdates updates, IReadOnlyList<int> order, int[] source, int process)
    : GrowingView(rows, updates, order, source, process)
{
    /// <inheritdoc/>
    protected override Lack Lacks(int named)
    {
        var (left, behind) = (0, 0);
        foreach (var place in Seen)
        {
            if (Takes(place))
            {
                left = Math.Max(0, left - 1);
                continue;
            }

            left++;
            if (named >= 0 && place >= named) behind++;
        }

        if (left == behind) return default;
        return left > behind ? new Lack(LackKind.Removal) : new Lack(LackKind.Insertion, End: named, Named: named);
    }
}
