namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// The elements that are on the stack in a stretch of time, or may be, with all their times, and the conflicts among them. They stay the same
/// while pops are exchanged among them, and so do the times, which are numbered without holes.
/// </summary>
internal sealed class StackWindow
{
    private readonly StackPairs _pairs;
    private readonly List<int> _elements = [];
    private readonly List<int> _loose = [];
    private readonly Dictionary<int, List<int>> _ofValue = [];
    private readonly Dictionary<int, int> _ranks = [];
    private readonly int _events;

    /// <summary>Takes in the elements of a stretch.</summary>
    public StackWindow(StackPairs pairs, int from, int to, int events)
    {
        _pairs = pairs;
        var times = new List<int>();
        for (var element = 0; element < pairs.Count; element++)
        {
            if (!pairs.IsWithin(element, from, to)) continue;
            _elements.Add(element);
            pairs.AddTimes(element, times);
            if (pairs.IsLoose(element)) _loose.Add(element);
            var value = pairs.ValueOf(element);
            if (!_ofValue.TryGetValue(value, out var same)) _ofValue.Add(value, same = []);
            same.Add(element);
        }

        times.Sort();
        foreach (var time in times)
        {
            if (time < events) _ranks.TryAdd(time, _ranks.Count);
        }

        _events = _ranks.Count;
        for (var beyond = 0; beyond <= 2; beyond++) _ranks.Add(events + beyond, _events + beyond);
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _elements.Count;

    /// <summary>The elements whose pop may be exchanged for an element's: those of its value, or, where it need not be of that value, any that are loose.</summary>
    public List<int> Others(int element, bool loose) => loose || _pairs.ValueOf(element) < 0 ? _loose : _ofValue[_pairs.ValueOf(element)];

    /// <summary>The conflicts as the elements are now.</summary>
    public StackConflicts Conflicts()
    {
        var lasting = new List<StackElement>(_elements.Count);
        foreach (var element in _elements)
        {
            if (!_pairs.Happened(element)) continue;
            var one = _pairs[element];
            if (one.PushReturn >= one.PopInvoke) continue;
            lasting.Add(new(one.Push, one.Pop, _ranks[one.PushInvoke], _ranks[one.PushReturn], _ranks[one.PopInvoke], _ranks[one.PopReturn]));
        }

        return StackConflicts.Of(lasting, _events);
    }
}
