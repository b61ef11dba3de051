namespace Checker.Checkers.Objects;

/// <summary>
/// Builds what each operation of one process sees under monotonic writes, which ask nothing of two operations together but that the process's own
/// updates come after what it had seen by then: from nothing for each operation, first what its result shows with all that the same
/// processes had updated before, then as little more as explains it. What is built proves the process's part; if it fails nothing is known.
/// O(updates of an object) steps for each operation.
/// </summary>
internal sealed class SeparateViews(ObjectHistory rows, ObjectStates states, Observed observed, ObjectUpdates updates, Allowance allowance)
{
    private readonly int[] _at = new int[updates.Count];
    private readonly List<(int Row, int End)>[] _seen = [.. Enumerable.Range(0, rows.ProcessCount).Select(static _ => new List<(int, int)>())];
    private readonly List<int> _next = [];
    private int _process;
    private int _row;
    private int _state;
    private int _size;
    private int _lastOwn;

    /// <summary>Begins with a process.</summary>
    public void Begin(int process)
    {
        _process = process;
        foreach (var seen in _seen) seen.Clear();
    }

    /// <summary>Whether all results of a process were explained.</summary>
    public bool Run(int process)
    {
        Begin(process);
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            if (rows.Optional[row]) continue;
            if (!allowance.Step(states) || !Explain(row)) return false;
        }

        return true;
    }

    /// <summary>Whether a row of another process than the last, and in no view of its own updates, was explained; what it saw then, the last of each process.</summary>
    public IReadOnlyList<int>? Alone(int row)
    {
        Begin(rows.Process[row]);
        if (!Explain(row) || _lastOwn >= 0) return null;
        return [.. updates.Of(rows.Object[row]).Where(list => _at[list] > 0).Select(list => updates.Rows(list)[_at[list] - 1])];
    }

    private bool Explain(int row)
    {
        (_row, _state, _size, _lastOwn) = (row, 0, 0, -1);
        var lists = updates.Of(rows.Object[row]);
        foreach (var list in lists) _at[list] = 0;
        foreach (var seen in observed.Sees[row])
        {
            if (!Receive(seen)) return false;
        }

        while (!Explains(row))
        {
            if (allowance.Spent || More(lists) is not { } update || !Receive(update)) return false;
        }

        foreach (var list in lists)
        {
            if (_at[list] == 0) continue;
            var (all, end) = (_seen[updates.Process(list)], updates.Rows(list)[_at[list] - 1] + 1);
            if (all.Count == 0 || all[^1].End < end) all.Add((row, end));
        }

        return true;
    }

    private bool Explains(int row)
    {
        _next.Clear();
        states.StepToOne(_state, row, hidden: false, _next);
        return _next.Count > 0;
    }

    private int? More(List<int> lists)
    {
        if (observed.Removes && _size == 0) return null;
        var (best, distance) = (-1, int.MaxValue);
        foreach (var list in lists)
        {
            if (updates.Process(list) == _process && !observed.OrderFree) continue;
            var all = updates.Rows(list);
            var place = _at[list];
            while (place < all.Count && (rows.Optional[all[place]] || (observed.Removes && !updates.Takes[all[place]]))) place++;
            if (place >= all.Count || (updates.Process(list) == _process && all[place] >= _row)) continue;
            var cost = observed.Removes ? place - _at[list] : rows.History.Complete[rows.Original[all[place]]];
            if (cost < distance) (best, distance) = (all[place], cost);
        }

        return best < 0 ? null : best;
    }

    private bool Receive(int update)
    {
        var list = updates.ListOf(update);
        var all = updates.Rows(list);
        if (rows.Process[update] == _process && update >= _row) return false;
        for (; _at[list] <= updates.Place[update]; _at[list]++)
        {
            var next = all[_at[list]];
            if (rows.Optional[next] && next != update) continue;
            if (rows.Process[next] == _process && updates.Takes[next])
            {
                foreach (var seen in observed.Sees[next])
                {
                    if (_at[updates.ListOf(seen)] <= updates.Place[seen] && !Receive(seen)) return false;
                }
            }

            if (rows.Process[next] == _process) _lastOwn = Math.Max(_lastOwn, next);
            else if (_lastOwn >= 0 && !observed.OrderFree && FirstSeen(next) <= _lastOwn) return false;
            if (!allowance.Step(0)) return false;
            _next.Clear();
            if (updates.Takes[next] && !rows.Optional[next]) states.StepToOne(_state, next, hidden: false, _next);
            if (_next.Count == 0) states.StepToOne(_state, next, hidden: true, _next);
            _state = _next[0];
            _size = updates.Takes[next] ? Math.Max(0, _size - 1) : _size + 1;
        }

        return true;
    }

    // The first operation of the process that sees an update of another.
    private int FirstSeen(int update)
    {
        var all = _seen[rows.Process[update]];
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (all[middle].End > update) high = middle;
            else low = middle + 1;
        }

        return low < all.Count ? all[low].Row : int.MaxValue;
    }
}
