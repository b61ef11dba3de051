using System.Runtime.InteropServices;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>Why no order of items explains some lists.</summary>
/// <param name="Reads">The reads that returned the lists, by number.</param>
/// <param name="Items">Items that would have to stand in a circle, each before the next.</param>
internal sealed record OrderConflict(IReadOnlyList<int> Reads, IReadOnlyList<ValueId> Items)
{
    /// <summary>"1 before 2 before 1".</summary>
    public string Text(ValueTable values) => string.Join(" before ", Items.Append(Items[0]).Select(values.Text));
}

/// <summary>
/// Whether lists are parts of one order. The i-th occurrence of a value is the same item in every list. O(items read).
/// </summary>
internal sealed class ItemOrder
{
    private readonly Dictionary<(ValueId Value, int Occurrence), int> _numbers = [];
    private readonly List<ValueId> _values = [];
    private readonly List<(int From, int To, int Read)> _edges = [];

    public ItemOrder(IReadOnlyList<int> reads, Func<int, ValueId[]> items)
    {
        foreach (var read in reads)
        {
            var occurrences = new Dictionary<ValueId, int>();
            var before = -1;
            foreach (var value in items(read))
            {
                var occurrence = CollectionsMarshal.GetValueRefOrAddDefault(occurrences, value, out _)++;
                var item = NumberOf((value, occurrence));
                if (before >= 0) _edges.Add((before, item, read));
                before = item;
            }
        }
    }

    /// <summary>A circle; null if there is an order. The circle is found by following edges among the items that no order can place.</summary>
    public OrderConflict? Conflict()
    {
        var start = new int[_values.Count + 1];
        foreach (var edge in _edges) start[edge.From + 1]++;
        for (var i = 0; i < _values.Count; i++) start[i + 1] += start[i];
        var next = new int[_edges.Count];
        var free = start[..^1];
        var before = new int[_values.Count];
        for (var e = 0; e < _edges.Count; e++)
        {
            next[free[_edges[e].From]++] = e;
            before[_edges[e].To]++;
        }

        var ready = new Stack<int>(Enumerable.Range(0, _values.Count).Where(item => before[item] == 0));
        var placed = 0;
        while (ready.TryPop(out var item))
        {
            placed++;
            for (var at = start[item]; at < start[item + 1]; at++)
            {
                if (--before[_edges[next[at]].To] == 0) ready.Push(_edges[next[at]].To);
            }
        }

        return placed == _values.Count ? null : Circle(before);
    }

    // Every item that is not placed has one before it that is not placed either: going backwards must come to one twice.
    private OrderConflict Circle(int[] before)
    {
        var into = new int[_values.Count];
        Array.Fill(into, -1);
        for (var e = 0; e < _edges.Count; e++)
        {
            if (before[_edges[e].From] > 0 && before[_edges[e].To] > 0) into[_edges[e].To] = e;
        }

        var seen = new HashSet<int>();
        var item = Array.FindIndex(into, edge => edge >= 0);
        while (seen.Add(item)) item = _edges[into[item]].From;
        var circle = new List<ValueId>();
        var reads = new SortedSet<int>();
        var at = item;
        do
        {
            circle.Add(_values[at]);
            reads.Add(_edges[into[at]].Read);
            at = _edges[into[at]].From;
        }
        while (at != item);
        circle.Reverse();
        return new OrderConflict([.. reads], circle);
    }

    private int NumberOf((ValueId Value, int Occurrence) item)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, item, out var known);
        if (known) return number;
        number = _values.Count;
        _values.Add(item.Value);
        return number;
    }
}
