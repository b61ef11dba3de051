using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// A history taken apart by object: linearizability is local (Herlihy and Wing 1990, theorem 1), so each object is judged alone. One
/// counting sort, O(operations + keys), no object per operation.
/// </summary>
internal sealed class KeyPartition
{
    private readonly History _history;
    private readonly DataType _type;
    private readonly ValueId _initial;
    private readonly KeyColumns _columns;
    private readonly int[] _starts; // by key, and the end
    private readonly bool _spansKeys;

    private KeyPartition(History history, DataType type, ValueId initial, KeyColumns columns, int[] starts, bool spansKeys)
    {
        _history = history;
        _type = type;
        _initial = initial;
        _columns = columns;
        _starts = starts;
        _spansKeys = spansKeys;
    }

    /// <summary>The number of objects, those without operations that matter included.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The operations of one object.</summary>
    public KeyHistory this[int index] =>
        new(_history, _type, _initial, _spansKeys ? -1 : index, _columns, _starts[index], _starts[index + 1] - _starts[index]);

    /// <summary>Takes a history apart.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type.</param>
    /// <param name="initial">The value before the first write.</param>
    /// <param name="options">The readings, and how many cores may help.</param>
    /// <param name="bundled">Whether the type means what the bundled type of its name means, so that unfinished reads say nothing.</param>
    public static KeyPartition Of(History history, DataType type, ValueId initial, CheckOptions options, bool bundled = true)
    {
        var spansKeys = bundled && BundledSpecs.SpansKeys(type);
        var objects = spansKeys ? 1 : Math.Max(1, history.KeyCount);
        var sorter = new KeySort(history, objects, new OperationFilter(bundled, options.ObserveFailedCas), options.Parallelism);
        return new KeyPartition(history, type, initial, sorter.Columns(out var starts), starts, spansKeys);
    }
}
