using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>The elements of a priority queue in descending priority, and the gaps in which they leave.</summary>
internal sealed class PriorityGaps
{
    private readonly KeyHistory _history;
    private readonly Removals _elements;
    private readonly LocalTime _time;
    private readonly int[] _descending;
    private readonly int[] _class; // of an element: the number of its priority, descending
    private readonly int[] _leaves;
    private readonly int[] _next; // the next gap from here on that nothing greater covers; halved paths
    private int _stuck = -1;      // the row that found no gap
    private bool _ignoreLeft;

    public PriorityGaps(in KeyHistory history, Removals elements, LocalTime time)
    {
        _history = history;
        _elements = elements;
        _time = time;
        var count = elements.Inserts.Count;
        _class = new int[count];
        _descending = Integers(history, elements) is { } integers ? Sorted(integers) : Sorted(Priorities(history, elements));
        _leaves = new int[count];
        _next = new int[time.Events + 2];
    }

    private PriorityGaps(PriorityGaps other, Removals elements)
    {
        (_history, _elements, _time) = (other._history, elements, other._time);
        (_class, _descending) = (other._class, other._descending);
        _leaves = new int[_class.Length];
        _next = other._next;
    }

    /// <summary>The same with other removals. What one of them found is lost when the other one tries.</summary>
    public PriorityGaps With(Removals elements) => new(this, elements);

    private static ValueId PriorityOf(ValueTable values, ValueId element) =>
        values.Kind(element) == ValueKind.List && values.Items(element) is [var priority, ..] ? priority : element;

    // The priorities negated, where all are integers that have a negative: they are sorted at a tenth of the cost.
    private static long[]? Integers(in KeyHistory history, Removals elements)
    {
        var negated = new long[elements.Inserts.Count];
        for (var i = 0; i < negated.Length; i++)
        {
            var priority = PriorityOf(history.History.Values, history.Inputs[elements.Inserts[i]]);
            if (!priority.IsInlineInteger) return null;
            negated[i] = -priority.InlineInteger;
        }

        return negated;
    }

    private static Value[] Priorities(in KeyHistory history, Removals elements)
    {
        var priorities = new Value[elements.Inserts.Count];
        for (var i = 0; i < priorities.Length; i++)
            priorities[i] = history.History.Values.Get(PriorityOf(history.History.Values, history.Inputs[elements.Inserts[i]]));
        return priorities;
    }

    private int[] Sorted(long[] negated)
    {
        var order = new int[negated.Length];
        var (least, greatest) = (negated.Length == 0 ? 0 : negated.Min(), negated.Length == 0 ? 0 : negated.Max());
        if ((ulong)(greatest - least) < int.MaxValue - 1)
        {
            using var scratch = new Rented<long>(order.Length);
            for (var i = 0; i < order.Length; i++) scratch.Span[i] = PositionSort.Entry((int)(negated[i] - least), i);
            PositionSort.Sort(scratch.Span);
            for (var i = 0; i < order.Length; i++) order[i] = PositionSort.NumberOf(scratch.Span[i]);
        }
        else
        {
            for (var i = 0; i < order.Length; i++) order[i] = i;
            Array.Sort((long[])negated.Clone(), order);
        }

        for (var i = 1; i < order.Length; i++) _class[order[i]] = _class[order[i - 1]] + (negated[order[i]] == negated[order[i - 1]] ? 0 : 1);
        return order;
    }

    private int[] Sorted(Value[] priorities)
    {
        int[] order = [.. Enumerable.Range(0, priorities.Length)];
        Array.Sort(order, (a, b) => (priorities[b], a).CompareTo((priorities[a], b)));
        for (var i = 1; i < order.Length; i++) _class[order[i]] = _class[order[i - 1]] + (priorities[order[i]] == priorities[order[i - 1]] ? 0 : 1);
        return order;
    }

    /// <summary>Finds a gap for every extraction.</summary>
    public bool TryPlace(bool ignoreLeft)
    {
        _ignoreLeft = ignoreLeft;
        for (var gap = 0; gap < _next.Length; gap++) _next[gap] = gap;
        using var scratch = new Rented<(int Earliest, int InsertReturn, int RemoveReturn, int Remove)>(_class.Length);
        var times = scratch.Span; // by element, so that what is read together in the order of priorities lies together
        for (var element = 0; element < times.Length; element++)
        {
            var (insert, remove) = (_elements.Inserts[element], _elements.Removes[element]);
            times[element] = remove < 0
                ? (_time.Events, _time.Return[insert], int.MaxValue, remove)
                : (Math.Max(_time.Invoke[insert], _time.Invoke[remove]), _time.Return[insert], _time.Return[remove], remove);
        }

        for (var start = 0; start < _descending.Length;)
        {
            var end = start;
            for (; end < _descending.Length && _class[_descending[end]] == _class[_descending[start]]; end++)
            {
                var element = _descending[end];
                var (earliest, _, removeReturn, remove) = times[element];
                _leaves[element] = remove < 0 ? earliest : Find(earliest);
                if (_leaves[element] < removeReturn) continue;
                if (IsUnknown(remove)) continue; // it need not have happened
                _stuck = remove;
                return false;
            }

            for (; start < end; start++)
            {
                var element = _descending[start];
                if (times[element].Remove >= 0 || !ignoreLeft) Cover(times[element].InsertReturn, _leaves[element]);
            }
        }

        foreach (var row in _elements.Empties)
        {
            if (Find(_time.Invoke[row]) < _time.Return[row]) continue;
            _stuck = row;
            return false;
        }

        return true;
    }

    /// <summary>By when what is left must have gone (<see cref="PriorityDeadlines"/>).</summary>
    public List<Deadline> Deadlines() =>
        PriorityDeadlines.Of(_history, _elements, _time, _class, classes: _descending.Length == 0 ? 0 : _class[_descending[^1]] + 1);

    private bool IsUnknown(int remove) => _history.Returns[remove] == KeyHistory.Never;

    /// <summary>The order that the gaps mean.</summary>
    public int[] Order()
    {
        var order = new PointOrder(_history.Count);
        foreach (var element in _descending)
        {
            var (insert, remove) = (_elements.Inserts[element], _elements.Removes[element]);
            if (remove >= 0 && _leaves[element] >= _time.Events) remove = -1;
            var momentary = remove >= 0 && _time.Return[insert] > _leaves[element];
            if (momentary) order.Add(_leaves[element], 0, insert);
            else order.Add(_time.Return[insert] - 1, 3, insert);
            if (remove >= 0) order.Add(_leaves[element], 0, remove);
        }

        foreach (var row in _elements.Empties) order.Add(Find(_time.Invoke[row]), 2, row);
        return order.Rows();
    }

    /// <summary>
    /// The evidence that the last attempt failed: the row without a gap, and the greater elements that were there all the time, with
    /// those that kept them there.
    /// </summary>
    public Anomaly Explain()
    {
        var (evidence, prose) = (new EvidenceBuilder(_history), new Prose(_history));
        var seen = new HashSet<int>();
        var named = new List<string>();
        var work = new Stack<(int From, int To, int Below)>();
        evidence.Add(_stuck);
        var element = _elements.Removes.IndexOf(_stuck);
        if (element >= 0) evidence.Add(_elements.Inserts[element]);
        var from = element < 0 ? _time.Invoke[_stuck] : Math.Max(_time.Invoke[_stuck], _time.Invoke[_elements.Inserts[element]]);
        work.Push((from, _time.Return[_stuck], element < 0 ? int.MaxValue : _class[element]));
        while (work.TryPop(out var span))
        {
            foreach (var cover in Covering(span.From, span.To, span.Below))
            {
                if (!seen.Add(cover)) continue;
                var (insert, remove) = (_elements.Inserts[cover], _elements.Removes[cover]);
                evidence.Add(insert);
                if (named.Count < 3) named.Add(prose.Did(insert) + (remove < 0 ? " and nobody extracted it" : ", and " + prose.Did(remove)));
                if (remove < 0) continue;
                evidence.Add(remove);
                var earliest = Math.Max(_time.Invoke[insert], _time.Invoke[remove]);
                if (_leaves[cover] > earliest) work.Push((earliest, _leaves[cover], _class[cover]));
            }
        }

        var found = _history.Outputs[_stuck].IsNull;
        return evidence.Build(
            found ? "false-empty" : "out-of-order",
            $"{prose.Did(_stuck)}, but {(found ? "it was never empty in that time" : "something greater was inside all that time")}: " +
            $"{string.Join("; ", named)}.");
    }

    // Few greater elements that between them were there in every gap from one to another: always the one that reaches farthest.
    private List<int> Covering(int from, int to, int below)
    {
        var chosen = new List<int>();
        var byStart = Enumerable.Range(0, _class.Length)
            .Where(i => _class[i] < below && (_elements.Removes[i] >= 0 || !_ignoreLeft)).OrderBy(i => _time.Return[_elements.Inserts[i]]).ToArray();
        var (at, next, best) = (from, 0, -1);
        while (at < to)
        {
            for (; next < byStart.Length && _time.Return[_elements.Inserts[byStart[next]]] <= at; next++)
            {
                if (best < 0 || _leaves[byStart[next]] > _leaves[best]) best = byStart[next];
            }

            if (best < 0 || _leaves[best] <= at) break;
            chosen.Add(best);
            at = _leaves[best];
        }

        return chosen;
    }

    private int Find(int gap)
    {
        while (_next[gap] != gap)
        {
            _next[gap] = _next[_next[gap]];
            gap = _next[gap];
        }

        return gap;
    }

    private void Cover(int from, int to)
    {
        if (from >= to) return;
        for (var gap = Find(from); gap < to; gap = Find(gap)) _next[gap] = gap + 1;
    }
}
