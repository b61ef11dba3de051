namespace Checker.Checkers.Objects;

/// <summary>
/// A priority queue under read-your-writes. What another put in goes on to be seen, with the own removal that took it. It comes last, if nothing that its
/// process did at or after it was
/// seen before; else before the own update that this must stand before, and then no less may have been taken out since. Greater own elements are removed
/// by others.
/// </summary>
internal sealed class OwnPriorities(OthersUpdates others, IReadOnlyDictionary<int, int> needed, int[] rank) : OwnContainer
{
    private const int Least = -1;

    private readonly PriorityQueue<int, int> _greatest = new();
    private readonly HashSet<int> _there = [];
    private bool _isApart; // whether the last answer was explained without what was seen before
    private readonly HashSet<int> _found = []; // what others put in
    private readonly List<int> _updates = []; // of the process
    private readonly List<(int Place, int Rank)> _taken = []; // those after which no less was taken: both ascending

    /// <inheritdoc/>
    public override bool Explains(int row, int source)
    {
        if (source == ContainerViews.Nothing) return Clear(row, Least, -1);
        if (others.IsOwn(source)) return Clear(row, rank[source], -1) && _there.Contains(source);
        if (!_found.Add(source)) return false; // it was taken out already
        var own = others.Before(source);
        others.See(source);
        if (own < 0) return false;
        _isApart = own < others.Own && LeastAfter(2 * own) < rank[source];
        return _isApart ? ExplainsApart(source, own) : Clear(row, rank[source], own == others.Own ? source : -1);
    }

    /// <inheritdoc/>
    public override void Add(int row, int source)
    {
        if (!others.Takes(row))
        {
            _greatest.Enqueue(row, -rank[row]);
            _there.Add(row);
        }
        else
        {
            var taken = source;
            if (_isApart)
            {
                while (_greatest.TryDequeue(out taken, out _) && !_there.Contains(taken)) { }
                if (!_there.Contains(taken)) taken = -1;
            }

            if (taken >= 0) _there.Remove(taken);
            Take((2 * others.Own) + 1, taken < 0 ? Least : rank[taken]);
        }

        _updates.Add(row);
        _isApart = false;

        others.Own++;
    }

    // By own updates, greater insertions of others right before it, for the own removals since, and removals by others of what is greater and left.
    private bool ExplainsApart(int source, int own)
    {
        var (greater, missing) = (0, 0);
        for (var i = 0; i < _updates.Count; i++)
        {
            if (!others.Takes(_updates[i])) greater += rank[_updates[i]] > rank[source] ? 1 : 0;
            else if (greater > 0) greater--;
            else if (i >= own) missing++;
        }

        if (!others.Step(_updates.Count) || !others.HasInsertions(missing, own, row => rank[row] > rank[source])) return false;
        for (; greater > 0; greater--)
        {
            if (others.Removal(beside: -1, others.Own - 1) < 0) return false;
        }

        return true;
    }

    // Lets others remove what is greater.
    private bool Clear(int row, int than, int beside)
    {
        while (_greatest.TryPeek(out var greatest, out _))
        {
            if (_there.Contains(greatest))
            {
                if (rank[greatest] <= than) return true;
                if (needed.GetValueOrDefault(greatest, -1) > row || others.Removal(beside, others.Own - 1) < 0) return false;
                _there.Remove(greatest);
                Take(2 * others.Own, rank[greatest]);
            }

            _greatest.Dequeue();
        }

        return true;
    }

    private void Take(int place, int taken)
    {
        while (_taken.Count > 0 && _taken[^1].Rank >= taken) _taken.RemoveAt(_taken.Count - 1);
        _taken.Add((place, taken));
    }

    private int LeastAfter(int place)
    {
        var (low, high) = (0, _taken.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_taken[middle].Place > place) high = middle;
            else low = middle + 1;
        }

        return low < _taken.Count ? _taken[low].Rank : int.MaxValue;
    }
}
