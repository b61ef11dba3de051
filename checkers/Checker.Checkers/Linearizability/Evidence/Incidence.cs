namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Which facts each row has to do with, and which rows each fact: two columns each, without an object for a row or a fact.</summary>
internal sealed class Incidence
{
    private int[] _rows = []; // of the pairs; empty once they are closed
    private int[] _facts = [];
    private int _count;
    private int[] _ofRow = []; // where the facts of each row begin, and the end
    private int[] _ofFact = [];
    private int[] _rowsByFact = [];
    private int _factCount;

    /// <summary>A row has to do with a fact.</summary>
    public void Add(int row, int fact)
    {
        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(16, 2 * _count));
            Array.Resize(ref _facts, _rows.Length);
        }

        _rows[_count] = row;
        _facts[_count++] = fact;
    }

    /// <summary>Makes room for so many pairs more.</summary>
    public void Reserve(int count)
    {
        if (_count + count <= _rows.Length) return;
        Array.Resize(ref _rows, _count + count);
        Array.Resize(ref _facts, _count + count);
    }

    /// <summary>All pairs were added.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="facts">How many facts.</param>
    /// <param name="number">The number of a fact, by what was added for it.</param>
    public void Close(int rows, int facts, Func<int, int> number)
    {
        _factCount = facts;
        if (_count == 0) return;
        for (var i = 0; i < _count; i++) _facts[i] = number(_facts[i]);
        var pairs = _rows.AsSpan(0, _count);
        _ofRow = Starts(pairs, rows);
        if (!IsSorted(pairs)) _facts = Sorted(pairs, _facts, _ofRow);
        _rows = [];
    }

    /// <summary>Whether a row has to do with any fact.</summary>
    public bool HasAny(int row) => _ofRow.Length > 0 && _ofRow[row + 1] > _ofRow[row];

    /// <summary>The facts of a row, as they were added.</summary>
    public ReadOnlySpan<int> FactsOf(int row) => _ofRow.Length == 0 ? [] : _facts.AsSpan(_ofRow[row], _ofRow[row + 1] - _ofRow[row]);

    /// <summary>The rows of a fact, increasing.</summary>
    public ReadOnlySpan<int> RowsOf(int fact)
    {
        if (_count == 0) return [];
        if (_ofFact.Length == 0) IndexByFact();
        return _rowsByFact.AsSpan(_ofFact[fact], _ofFact[fact + 1] - _ofFact[fact]);
    }

    private void IndexByFact()
    {
        var facts = _facts.AsSpan(0, _count);
        _ofFact = Starts(facts, _factCount);
        _rowsByFact = GC.AllocateUninitializedArray<int>(_count);
        for (var row = _ofRow.Length - 2; row >= 0; row--)
        {
            for (var i = _ofRow[row + 1] - 1; i >= _ofRow[row]; i--) _rowsByFact[--_ofFact[facts[i] + 1]] = row;
        }

        // Each end has become the beginning of the same fact.
        _ofFact.AsSpan(1).CopyTo(_ofFact);
        _ofFact[^1] = _count;
    }

    // Where each group begins, and the end.
    private static int[] Starts(ReadOnlySpan<int> groups, int count)
    {
        var starts = new int[count + 1];
        foreach (var group in groups) starts[group + 1]++;
        for (var group = 0; group < count; group++) starts[group + 1] += starts[group];
        return starts;
    }

    private static bool IsSorted(ReadOnlySpan<int> numbers)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] < numbers[i - 1]) return false;
        }

        return true;
    }

    private static int[] Sorted(ReadOnlySpan<int> groups, int[] values, int[] starts)
    {
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var sorted = GC.AllocateUninitializedArray<int>(groups.Length);
        for (var i = 0; i < groups.Length; i++) sorted[next[groups[i]]++] = values[i];
        return sorted;
    }
}
