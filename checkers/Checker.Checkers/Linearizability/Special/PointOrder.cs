using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// An order of rows by points in time. Gap g lies between the events g and g + 1; inside a gap a class decides, inside a class the order
/// of adding.
/// </summary>
internal sealed class PointOrder(int capacity)
{
    private const int Classes = 4;
    private readonly List<long> _entries = new(capacity);
    private readonly List<int> _rows = new(capacity);

    /// <summary>Places a row in a gap.</summary>
    public void Add(int gap, int order, int row)
    {
        _entries.Add(PositionSort.Entry((gap * Classes) + order, _rows.Count));
        _rows.Add(row);
    }

    /// <summary>The rows, first to last.</summary>
    public int[] Rows()
    {
        var entries = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries);
        PositionSort.Sort(entries);
        var rows = new int[entries.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = _rows[PositionSort.NumberOf(entries[i])];
        return rows;
    }
}
