namespace Checker.Checkers.Objects;

/// <summary>The updates with an amount, by object and process, with running sums. O(rows).</summary>
internal sealed class AmountLists
{
    private readonly ObjectHistory _rows;
    private readonly Observed _observed;
    private readonly List<(int Process, List<int> Rows, List<long> Sums)>[] _lists;
    private readonly long[] _shown;
    private readonly int[] _stamp;
    private int _now;

    public AmountLists(ObjectHistory rows, Observed observed)
    {
        (_rows, _observed) = (rows, observed);
        _shown = new long[rows.ProcessCount];
        _stamp = new int[rows.Count];
        _lists = new List<(int, List<int>, List<long>)>[rows.ObjectCount];
        for (var row = 0; row < rows.Count; row++)
        {
            if (observed.Amounts[row] == 0 || rows.Optional[row]) continue;
            var lists = _lists[rows.Object[row]] ??= [];
            if (lists.Count == 0 || lists[^1].Process != rows.Process[row]) lists.Add((rows.Process[row], [], []));
            lists[^1].Rows.Add(row);
            lists[^1].Sums.Add(observed.Amounts[row] + (lists[^1].Sums.Count > 0 ? lists[^1].Sums[^1] : 0));
        }
    }

    /// <summary>Updates below the given rows of each process that a row's result cannot have seen; none if it can have seen them all.</summary>
    /// <param name="row">The row.</param>
    /// <param name="clock">For each process the first row that need not have been seen.</param>
    public List<int> Beyond(int row, ReadOnlySpan<int> clock)
    {
        if (_observed.Denies[row] is >= 0 and var denied && denied < clock[_rows.Process[denied]] && !_rows.Optional[denied]) return [denied];
        if (!_observed.Shows[row] || _lists[_rows.Object[row]] is not { } lists) return [];
        return _observed.Bounds ? BeyondSum(row, clock, lists) : Missing(row, clock, lists);
    }

    private List<int> BeyondSum(int row, ReadOnlySpan<int> clock, List<(int Process, List<int> Rows, List<long> Sums)> lists)
    {
        var most = _observed.SumOf(row) - _observed.InitialSum;
        var sum = 0L;
        foreach (var list in lists)
        {
            var count = Below(list.Rows, clock[list.Process]);
            sum += count == 0 ? 0 : list.Sums[count - 1];
        }

        if (sum <= most) return [];
        var updates = new List<int>();
        foreach (var list in lists) updates.AddRange(list.Rows[..Below(list.Rows, clock[list.Process])]);
        updates = [.. updates.OrderByDescending(update => _observed.Amounts[update])];
        var enough = 0;
        for (sum = 0; sum <= most; enough++) sum += _observed.Amounts[updates[enough]];
        return updates[..enough];
    }

    private List<int> Missing(int row, ReadOnlySpan<int> clock, List<(int Process, List<int> Rows, List<long> Sums)> lists)
    {
        _now++;
        Array.Clear(_shown);
        foreach (var seen in _observed.Sees[row])
        {
            if (_stamp[seen] != _now && seen < clock[_rows.Process[seen]] && !_rows.Optional[seen]) _shown[_rows.Process[seen]] += _observed.Amounts[seen];
            _stamp[seen] = _now;
        }

        foreach (var list in lists)
        {
            var count = Below(list.Rows, clock[list.Process]);
            if (count <= _shown[list.Process]) continue;
            return [list.Rows.First(update => _stamp[update] != _now)];
        }

        return [];
    }

    private static int Below(List<int> rows, int end)
    {
        var at = rows.BinarySearch(end);
        return at >= 0 ? at : ~at;
    }
}
