namespace Checker.Checkers.Objects;

/// <summary>
/// A queue or unordered queue under read-your-writes. In a queue only numbers count: what is at the front after so many effective removals is the next
/// insertion. What another put in
/// stands before all own updates, behind as many insertions of others as the process has removed. For an own element others' removals stand between own
/// updates, as few as possible and
/// the same ones in all views, and insertions of others in front make up for removals beyond. From an unordered queue removals take others' insertions.
/// </summary>
internal sealed class OwnQueue(OthersUpdates others, bool isBag) : OwnContainer
{
    private readonly Dictionary<int, int> _number = []; // of own insertions
    private int _removed; // by the process itself
    private int _late; // by others, between its updates
    private int _wasted; // of both together, if nothing but own insertions is there

    private int Effective => _removed + _late - _wasted;

    /// <inheritdoc/>
    public override bool Explains(int row, int source)
    {
        if (source == ContainerViews.Nothing) return Reach(_number.Count);
        if (!others.IsOwn(source))
        {
            others.See(source);
            return _removed <= others.InsertionsBeside(source);
        }

        if (isBag) return _removed <= others.Insertions;
        var before = _number[source];
        return Reach(before) && _removed + _late - before <= others.Insertions;
    }

    /// <inheritdoc/>
    public override void Add(int row, int source)
    {
        if (!others.Takes(row)) _number.Add(row, _number.Count);
        else _removed++;
        Waste();
        others.Own++;
    }

    // Lets others remove until so many are.
    private bool Reach(int count)
    {
        while (Effective < count)
        {
            if (others.Removal(beside: -1, others.Own) < 0) return false;
            _late++;
            Waste();
        }

        return true;
    }

    private void Waste() => _wasted = Math.Max(_wasted, _removed + _late - _number.Count);
}
