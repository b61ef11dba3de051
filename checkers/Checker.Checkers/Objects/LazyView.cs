namespace Checker.Checkers.Objects;

/// <summary>
/// Builds what one process sees by itself, in one order and as little of it as its results ask for: the others' updates may come at any time, even
/// long after they were made or before, so a causality that is broken elsewhere does not matter. What is built proves the process's part of
/// a model; if it fails nothing is known. O(rows) steps, and as many again for reads that show many updates.
/// </summary>
/// <remarks>
/// A row is executed after the updates that its result shows. If that does not explain it, updates that take elements out of a container
/// come one after the other, which brings the element to its front, or all updates, oldest first, of other data types. The order is one for
/// the process and keeps everybody's, so that it serves <c>pram</c> where whole prefixes of the others are seen, and each of the guarantees that
/// it implies. Elements that a queue's process took out one after the other were put in in that order.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="states">The states of their objects.</param>
/// <param name="observed">What results show.</param>
/// <param name="updates">The updates of each object.</param>
/// <param name="rule">What is seen besides.</param>
/// <param name="allowance">The budget.</param>
internal sealed class LazyView(
    ObjectHistory rows, ObjectStates states, Observed observed, ObjectUpdates updates, LazyRule rule, Allowance allowance)
{
    private const int Deepest = 200;

    private readonly int[] _at = new int[rule.Whole ? rows.ProcessCount : updates.Count];
    private readonly int[] _state = new int[rows.ObjectCount];
    private readonly int[] _size = new int[rows.ObjectCount];
    private readonly int[] _received = new int[rows.ObjectCount];
    private readonly List<int>[] _inOrder = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    private readonly int[] _needed = new int[rows.Count];
    private readonly int[] _order = new int[rows.Count];
    private readonly List<int> _next = [];
    private readonly bool _isFifo = rows.Type.Sequential.Name == "queue";
    private readonly List<int>[] _places = rule.Whole ? [] : [.. Enumerable.Range(0, updates.Count).Select(static _ => new List<int>())];
    private readonly int[] _longest = new int[rows.ObjectCount];
    private int _process;
    private int _stamp;
    private int _depth;
    private int _current;

    /// <summary>Whether all results of a process were explained.</summary>
    public bool Run(int process)
    {
        Begin(process);
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            if (rows.Optional[row]) continue;
            if (!allowance.Step(states) || !Execute(row)) return false;
        }

        return true;
    }

    private void Begin(int process)
    {
        (_process, _depth) = (process, 0);
        _stamp++;
        for (var i = 0; i < _at.Length; i++) _at[i] = rule.Whole ? rows.Start[i] : 0;
        Array.Clear(_state);
        Array.Clear(_size);
        Array.Clear(_received);
        Array.Fill(_longest, -1);
        foreach (var taken in _inOrder) taken.Clear();
        foreach (var places in _places) places.Clear();
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            foreach (var seen in observed.Sees[row])
            {
                if (_needed[seen] == _stamp) continue;
                (_needed[seen], _order[seen]) = (_stamp, -1);
                if (!rule.Whole) _places[updates.ListOf(seen)].Add(updates.Place[seen]);
            }

            ref var longest = ref _longest[rows.Object[row]];
            if (observed.Ordered && (longest < 0 || observed.Sees[longest].Length < observed.Sees[row].Length)) longest = row;
            if (_isFifo && !rows.ReadOnly[row] && observed.Sees[row] is [var source]) Follow(source);
        }

        foreach (var places in _places) places.Sort();
        foreach (var row in _longest)
        {
            if (row < 0) continue;
            foreach (var seen in observed.Sees[row]) Follow(seen);
        }

        void Follow(int element)
        {
            _order[element] = _inOrder[rows.Object[element]].Count;
            _inOrder[rows.Object[element]].Add(element);
        }
    }

    private bool Execute(int row)
    {
        _current = row;
        foreach (var seen in observed.Sees[row])
        {
            if (!Receive(seen)) return false;
        }

        var target = rows.Object[row];
        if (rows.Update[row] && !ReceiveBefore(row)) return false;
        while (!Explains(row))
        {
            if (allowance.Spent || !More(row)) return false;
        }

        if (!rows.Update[row])
        {
            _state[target] = _next[0];
            return true;
        }

        if (!rule.Own)
        {
            // What took an element out goes on to be seen: it takes it from the front.
            _current = row + 1;
            return rule.Whole || !updates.Takes[row] || observed.Sees[row].Length == 0 || Receive(row);
        }

        SetAt(row, Position(row));
        return Apply(row);
    }

    private bool Explains(int row)
    {
        _next.Clear();
        allowance.Step(0);
        states.StepToOne(_state[rows.Object[row]], row, hidden: false, _next);
        return _next.Count > 0;
    }

    // One more update, that may lead to what the row returned.
    private bool More(int row)
    {
        var target = rows.Object[row];
        if (observed.Removes && _size[target] == 0) return false;
        var (best, distance) = (-1, int.MaxValue);
        foreach (var list in updates.Of(target))
        {
            if (rule.Own && updates.Process(list) == _process) continue;
            var all = updates.Rows(list);
            var at = rule.Whole ? all.BinarySearch(_at[updates.Process(list)]) is var found && found >= 0 ? found : ~found : _at[list];
            var place = at;
            while (place < all.Count && (rows.Optional[all[place]] || (observed.Removes && !updates.Takes[all[place]])))
            {
                allowance.Step(0);
                if (!rule.Whole && _needed[all[place]] == _stamp) place = all.Count;
                else place++;
            }

            if (place >= all.Count || (updates.Process(list) == _process && all[place] >= _current)) continue;
            var cost = observed.Removes ? place - at : rows.History.Complete[rows.Original[all[place]]];
            if (cost < distance) (best, distance) = (all[place], cost);
        }

        return best >= 0 && Receive(best);
    }

    // Lets the process see an update, and what comes with it.
    private bool Receive(int update)
    {
        if (At(update) > Position(update)) return rule.Whole || _needed[update] == _stamp || rows.Process[update] == _process;
        if (rows.Process[update] == _process && (rule.Own || update >= _current)) return false;
        if (++_depth > Deepest) return false;
        var received = rule.Whole ? ReceivePrefix(update) : ReceiveNeeded(update);
        _depth--;
        return received;
    }

    private bool ReceivePrefix(int update)
    {
        for (var process = rows.Process[update]; _at[process] <= update;)
        {
            var row = _at[process];
            if (rows.Update[row] && (!rows.Optional[row] || row == update))
            {
                if (!ReceiveBefore(row)) return false;

                // It may have come with what stands before it.
                if (_at[process] > row) continue;
                if (!Apply(row)) return false;
            }
            else
            {
                _at[process] = row + 1;
                if (!allowance.Step(0)) return false;
            }
        }

        return true;
    }

    private bool ReceiveNeeded(int update)
    {
        var list = updates.ListOf(update);
        var all = updates.Rows(list);
        while (_at[list] <= updates.Place[update])
        {
            var row = all[_at[list]];
            if (row == update || _needed[row] == _stamp)
            {
                if (!ReceiveBefore(row)) return false;
                if (_at[list] > updates.Place[row]) continue;
                if (!Apply(row)) return false;
            }
            else
            {
                // On to the next that is needed.
                var next = _places[list].BinarySearch(_at[list] + 1);
                if (next < 0) next = ~next;
                _at[list] = next < _places[list].Count ? Math.Min(_places[list][next], updates.Place[update]) : updates.Place[update];
                if (!allowance.Step(0)) return false;
            }
        }

        return true;
    }

    private bool IsInOrder(int row) => _needed[row] == _stamp && _order[row] >= 0;

    // What was taken out before something was put in before it; of lists what is listed before it, and all that is listed before what is not.
    private bool ReceiveBefore(int row)
    {
        var target = rows.Object[row];
        var end = IsInOrder(row) ? _order[row] : observed.Ordered ? _inOrder[target].Count : 0;
        while (_received[target] < end)
        {
            var element = _inOrder[target][_received[target]];
            if (!Receive(element)) return false;
            if (_received[target] < end && _inOrder[target][_received[target]] == element) _received[target]++;
        }

        return true;
    }

    private bool Apply(int row)
    {
        var target = rows.Object[row];
        _next.Clear();
        if (updates.Takes[row] && !rows.Optional[row]) states.StepToOne(_state[target], row, hidden: false, _next);
        if (_next.Count == 0) states.StepToOne(_state[target], row, hidden: true, _next);
        _state[target] = _next[0];
        _size[target] = updates.Takes[row] ? Math.Max(0, _size[target] - 1) : _size[target] + 1;
        SetAt(row, Position(row) + 1);
        if (IsInOrder(row)) _received[target] = Math.Max(_received[target], _order[row] + 1);
        return allowance.Step(0);
    }

    private int Position(int row) => rule.Whole ? row : updates.Place[row];

    private int At(int row) => _at[rule.Whole ? rows.Process[row] : updates.ListOf(row)];

    private void SetAt(int row, int position) => _at[rule.Whole ? rows.Process[row] : updates.ListOf(row)] = position;
}
