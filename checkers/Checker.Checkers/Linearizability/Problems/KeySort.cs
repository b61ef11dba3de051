using Checker.Histories;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// The stable counting sort of a history's operations by object. Several cores take equal stretches of the history: each counts its own
/// stretch, so that it knows where its operations of each object go, and moves them one column at a time, because the ends of so many
/// objects at once fit in the cache for one column only.
/// </summary>
internal sealed class KeySort
{
    private const int ColumnCount = 7;
    private const int LeastStretch = 1 << 14;
    private readonly History _history;
    private readonly int _objects;
    private readonly OperationFilter _filter;
    private readonly int _cores;
    private readonly int _stretches;

    public KeySort(History history, int objects, OperationFilter filter, int cores)
    {
        _history = history;
        _objects = objects;
        _filter = filter;
        _cores = Math.Max(1, cores);

        // The counts of all stretches together stay smaller than the history.
        _stretches = (int)Math.Clamp((long)history.Count / Math.Max(LeastStretch, objects), 1, _cores);
    }

    /// <summary>The columns in order.</summary>
    /// <param name="starts">By object, and the end.</param>
    public KeyColumns Columns(out int[] starts)
    {
        var next = new int[_stretches][];
        EachStretch(stretch => next[stretch] = Count(stretch));
        starts = new int[_objects + 1];
        var total = 0;
        for (var key = 0; key < _objects; key++)
        {
            starts[key] = total;
            foreach (var counts in next)
            {
                var count = counts[key];
                counts[key] = total;
                total += count;
            }
        }

        starts[_objects] = total;
        var columns = new KeyColumns(total);
        var inPlace = _objects == 1 && total == _history.Count;
        var rows = inPlace ? [] : GC.AllocateUninitializedArray<int>(_history.Count);
        if (!inPlace) EachStretch(stretch => Number(stretch, next[stretch], rows));
        Each(ColumnCount * _stretches, task => Fill(columns, task / _stretches, Stretch(task % _stretches), rows));
        return columns;
    }

    private Range Stretch(int stretch) =>
        (int)((long)_history.Count * stretch / _stretches)..(int)((long)_history.Count * (stretch + 1) / _stretches);

    private void EachStretch(Action<int> action) => Each(_stretches, action);

    private void Each(int count, Action<int> action)
    {
        if (_cores == 1)
        {
            for (var i = 0; i < count; i++) action(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _cores }, action);
    }

    private int[] Count(int stretch)
    {
        var counts = new int[_objects];
        var types = _history.Types[Stretch(stretch)];
        var functions = _history.Functions[Stretch(stretch)];
        var keys = _history.Key[Stretch(stretch)];
        for (var i = 0; i < types.Length; i++)
        {
            if (_filter.Keeps(types[i], functions[i])) counts[_objects == 1 ? 0 : keys[i]]++;
        }

        return counts;
    }

    // The row of each operation; −1 if it has none.
    private void Number(int stretch, int[] next, int[] rows)
    {
        var types = _history.Types[Stretch(stretch)];
        var functions = _history.Functions[Stretch(stretch)];
        var keys = _history.Key[Stretch(stretch)];
        var to = rows.AsSpan(Stretch(stretch));
        for (var i = 0; i < to.Length; i++) to[i] = _filter.Keeps(types[i], functions[i]) ? next[_objects == 1 ? 0 : keys[i]]++ : -1;
    }

    private void Fill(KeyColumns columns, int column, Range stretch, int[] rows)
    {
        switch (column)
        {
            case 0: Scatter(_history.Input, stretch, rows, columns.Inputs); break;
            case 1: Scatter(_history.Output, stretch, rows, columns.Outputs); break;
            case 2: Scatter(_history.Invoke, stretch, rows, columns.Invokes); break;
            case 3: Scatter(_history.Functions, stretch, rows, columns.Functions); break;
            case 4: Scatter(_history.Types, stretch, rows, columns.Types); break;
            case 5: Operations(stretch, rows, columns.Operations); break;
            default: Returns(stretch, rows, columns.Returns); break;
        }
    }

    private static void Scatter<T>(ReadOnlySpan<T> from, Range stretch, int[] rows, T[] to)
    {
        if (rows.Length == 0)
        {
            from[stretch].CopyTo(to.AsSpan(stretch));
            return;
        }

        var source = from[stretch];
        var numbers = rows.AsSpan(stretch);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0) to[numbers[i]] = source[i];
        }
    }

    private static void Operations(Range stretch, int[] rows, int[] to)
    {
        for (var i = stretch.Start.Value; i < stretch.End.Value; i++)
        {
            var row = rows.Length == 0 ? i : rows[i];
            if (row >= 0) to[row] = i;
        }
    }

    private void Returns(Range stretch, int[] rows, int[] to)
    {
        var types = _history.Types;
        var completes = _history.Complete;
        for (var i = stretch.Start.Value; i < stretch.End.Value; i++)
        {
            var row = rows.Length == 0 ? i : rows[i];
            if (row >= 0) to[row] = types[i] == OperationType.Info ? KeyHistory.Never : completes[i];
        }
    }
}
