namespace Checker.Checkers.Objects;

/// <summary>
/// A priority queue under monotonic reads: at the end nothing greater than the named insertion may be there, and while that is there whatever removes something
/// must find something that is no less.
/// </summary>
internal sealed class GrowingPriorities(ObjectHistory rows, ObjectUpdates updates, IReadOnlyList<int> order, int[] source, int process, int[] rank)
    : GrowingView(rows, updates, order, source, process)
{
    /// <inheritdoc/>
    protected override Lack Lacks(int named)
    {
        // Of equals any may come out: the others do. Without a named insertion everything counts as greater.
        var than = named < 0 ? -1 : rank[Row(named)];
        var (greater, equal, since) = (0, 0, -1);
        foreach (var place in Seen)
        {
            if (!Takes(place))
            {
                if (rank[Row(place)] > than && greater++ == 0) since = place;
                if (rank[Row(place)] == than && place != named) equal++;
            }
            else if (greater > 0)
            {
                greater--;
            }
            else if (equal > 0)
            {
                equal--;
            }
            else if (named >= 0 && place > named)
            {
                return new Lack(LackKind.Insertion, End: place, Named: named);
            }
        }

        return greater == 0 ? default : new Lack(LackKind.Removal, First: since + 1, Earliest: true);
    }

    /// <inheritdoc/>
    protected override bool Shields(int place, int named) => rank[Row(place)] >= rank[Row(named)];
}
