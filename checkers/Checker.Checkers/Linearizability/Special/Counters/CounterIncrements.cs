using System.Collections;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>The increments of a counter by invocation, in columns.</summary>
internal sealed class CounterIncrements : IReadOnlyList<CounterIncrement>
{
    private readonly KeyHistory _history;
    private readonly int[] _rows;
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly long[] _amounts; // empty if all are one

    /// <param name="history">The rows.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="unit">Whether all are increments by one.</param>
    public CounterIncrements(in KeyHistory history, int count, bool unit)
    {
        _history = history;
        _rows = GC.AllocateUninitializedArray<int>(count);
        _first = GC.AllocateUninitializedArray<int>(count);
        _last = GC.AllocateUninitializedArray<int>(count);
        _amounts = unit ? [] : GC.AllocateUninitializedArray<long>(count);
    }

    /// <summary>How many there are.</summary>
    public int Count => _rows.Length;

    /// <summary>How many are of unknown outcome.</summary>
    public int Unknown { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The first gap in which each may lie.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>The last gap in which each may lie.</summary>
    public ReadOnlySpan<int> Last => _last;

    /// <summary>One of them.</summary>
    public CounterIncrement this[int number]
    {
        get
        {
            var returns = _history.Returns[_rows[number]];
            return new(number, _rows[number], returns, _first[number], _last[number], returns == KeyHistory.Never, _amounts.Length == 0 ? 1 : _amounts[number]);
        }
    }

    /// <summary>When one returned.</summary>
    public int Return(int number) => _history.Returns[_rows[number]];

    /// <summary>Whether the outcome of one is unknown.</summary>
    public bool IsUnknown(int number) => Return(number) == KeyHistory.Never;

    /// <summary>Puts one in its place; of increments by one the amount is not looked at.</summary>
    public void Set(int number, int row, long amount)
    {
        _rows[number] = row;
        if (_amounts.Length > 0) _amounts[number] = amount;
    }

    /// <summary>
    /// Finds the gaps of each: those begin no earlier for one that was invoked later, and end near the first one for most.
    /// </summary>
    /// <param name="earliest">By layer, and beyond the last: the earliest return of a read in this layer or a later one.</param>
    /// <param name="latest">By layer, and beyond the last: the latest invocation of a read in an earlier layer.</param>
    public void Place(ReadOnlySpan<int> earliest, ReadOnlySpan<int> latest)
    {
        var invokes = _history.Invokes;
        var returns = _history.Returns;
        var (first, layers) = (0, earliest.Length - 1);
        for (var number = 0; number < _rows.Length; number++)
        {
            var row = _rows[number];
            while (first < layers && earliest[first] < invokes[row]) first++;
            _first[number] = first;
            _last[number] = Math.Min(LastUpTo(latest, returns[row], first), layers);
            if (returns[row] == KeyHistory.Never) Unknown++;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<CounterIncrement> GetEnumerator()
    {
        for (var number = 0; number < Count; number++) yield return this[number];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The last entry that is not beyond a position, −1 if there is none: sought in ever longer steps from where it is thought to be.
    private static int LastUpTo(ReadOnlySpan<int> sorted, int position, int near)
    {
        var (low, high) = (near, near);
        for (var step = 1; low >= 0 && sorted[low] > position; step *= 2) (high, low) = (low, low - step);
        for (var step = 1; high < sorted.Length && sorted[high] <= position; step *= 2) (low, high) = (high, high + step);
        (low, high) = (Math.Max(low, -1), Math.Min(high, sorted.Length));
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (sorted[middle] <= position) low = middle;
            else high = middle;
        }

        return low;
    }
}
