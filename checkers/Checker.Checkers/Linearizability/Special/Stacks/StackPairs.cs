namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// Which pop takes which push. An element is a push with its pop, a push that nobody pops, or a pop of unknown outcome that takes nothing;
/// two elements may exchange their pops, also for none.
/// </summary>
internal sealed class StackPairs
{
    private readonly StackRows _rows;
    private readonly List<int> _pushes = []; // by element; −1 for a pop of unknown outcome by itself
    private readonly List<int> _pops = []; // by element; −1 if there is none

    /// <summary>Makes the elements.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="partners">For each row of a push its pop, and the other way round; −1 if there is none.</param>
    public StackPairs(StackRows rows, int[] partners)
    {
        _rows = rows;
        foreach (var push in rows.Pushes)
        {
            _pushes.Add(push);
            _pops.Add(partners[push]);
        }

        foreach (var pop in rows.Unknown)
        {
            if (partners[pop] >= 0) continue;
            _pushes.Add(-1);
            _pops.Add(pop);
        }
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _pushes.Count;

    /// <summary>The number of an element's value; −1 if nothing was pushed.</summary>
    public int ValueOf(int element) => _pushes[element] < 0 ? -1 : _rows.Values[_pushes[element]];

    /// <summary>Whether an element was on the stack: a push of unknown outcome that nobody pops is left out.</summary>
    public bool Happened(int element) => _pushes[element] >= 0 && (_pops[element] >= 0 || !_rows.IsUnknown(_pushes[element]));

    /// <summary>Whether an element has no pop that is known to have taken its value.</summary>
    public bool IsLoose(int element) => _pops[element] < 0 || _rows.IsUnknown(_pops[element]);

    /// <summary>Whether two elements can exchange their pops.</summary>
    public bool CanSwap(int one, int other) =>
        one != other && _pops[one] != _pops[other] && Fits(_pushes[one], _pops[other]) && Fits(_pushes[other], _pops[one]);

    /// <summary>Exchanges the pops of two elements.</summary>
    public void Swap(int one, int other) => (_pops[one], _pops[other]) = (_pops[other], _pops[one]);

    /// <summary>An element that happened, by its times; <see cref="StackElement.Push"/> is its number here, not its row.</summary>
    public StackElement this[int element]
    {
        get
        {
            var (push, pop, time) = (_pushes[element], _pops[element], _rows.Time);
            return new StackElement(
                element,
                pop,
                time.Invoke[push],
                time.Return[push],
                pop < 0 ? time.Events + 1 : time.Invoke[pop],
                pop < 0 || _rows.IsUnknown(pop) ? time.Events + 2 : time.Return[pop]);
        }
    }

    /// <summary>Adds the times of an element's operations.</summary>
    public void AddTimes(int element, List<int> times)
    {
        if (_pushes[element] is >= 0 and var push) times.AddRange([_rows.Time.Invoke[push], _rows.Time.Return[push]]);
        if (_pops[element] is >= 0 and var pop) times.AddRange([_rows.Time.Invoke[pop], _rows.Time.Return[pop]]);
    }

    /// <summary>Whether an element concerns a stretch of time, and may be changed there.</summary>
    public bool IsWithin(int element, int from, int to)
    {
        var (push, pop, time) = (_pushes[element], _pops[element], _rows.Time);
        if (push < 0) return pop >= 0 && time.Invoke[pop] >= from && time.Invoke[pop] <= to;
        if (time.Invoke[push] > to) return false;
        if (pop >= 0) return (_rows.IsUnknown(pop) ? Math.Max(time.Invoke[pop], time.Return[push]) : time.Return[pop]) >= from;
        return !_rows.IsUnknown(push) || time.Invoke[push] >= from;
    }

    /// <summary>The elements as those of a stack of unique values.</summary>
    public Removals ToRemovals()
    {
        var happened = Enumerable.Range(0, Count).Where(Happened).ToList();
        return new()
        {
            Inserts = [.. happened.Select(element => _pushes[element])],
            Removes = [.. happened.Select(element => _pops[element])],
            Empties = _rows.Empties,
            Unknown = [],
        };
    }

    private bool Fits(int push, int pop)
    {
        if (pop < 0) return true;
        if (push < 0 || _rows.IsUnknown(pop)) return _rows.IsUnknown(pop);
        return _rows.Values[push] == _rows.Values[pop] && _rows.Time.Invoke[push] < _rows.Time.Return[pop];
    }
}
