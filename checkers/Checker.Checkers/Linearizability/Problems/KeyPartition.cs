using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// A history taken apart by object: linearizability is local (Herlihy and Wing 1990, theorem 1), so each object is judged alone. One counting sort,
/// O(operations + keys), no object per operation.
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
    /// <param name="options">The readings.</param>
    /// <param name="skip">Keys that need no judging any more; null if all do.</param>
    public static KeyPartition Of(History history, DataType type, ValueId initial, CheckOptions options, Func<int, bool>? skip = null)
    {
        var spansKeys = BundledSpecs.SpansKeys(type);
        var bundled = BundledSpecs.Has(type);
        var observeFailedCas = options.ObserveFailedCas;
        var types = history.Types;
        var functions = history.Functions;
        var keys = history.Key;
        var starts = new int[(spansKeys ? 1 : Math.Max(1, history.KeyCount)) + 1];
        for (var i = 0; i < types.Length; i++)
        {
            if (Matters(types[i], functions[i], bundled, observeFailedCas)) starts[spansKeys ? 1 : keys[i] + 1]++;
        }

        if (skip is not null)
        {
            for (var key = 0; key < starts.Length - 1; key++)
            {
                if (skip(key)) starts[key + 1] = 0;
            }
        }

        for (var key = 1; key < starts.Length; key++) starts[key] += starts[key - 1];
        var columns = new KeyColumns(starts[^1]);
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var inputs = history.Input;
        var outputs = history.Output;
        var invokes = history.Invoke;
        var completes = history.Complete;
        for (var i = 0; i < types.Length; i++)
        {
            var key = spansKeys ? 0 : keys[i];
            if (next[key] == starts[key + 1] || !Matters(types[i], functions[i], bundled, observeFailedCas)) continue;
            var row = next[key]++;
            columns.Operations[row] = i;
            columns.Functions[row] = functions[i];
            columns.Types[row] = types[i];
            columns.Inputs[row] = inputs[i];
            columns.Outputs[row] = outputs[i];
            columns.Invokes[row] = invokes[i];
            columns.Returns[row] = types[i] == OperationType.Info ? KeyHistory.Never : completes[i];
        }

        return new KeyPartition(history, type, initial, columns, starts, spansKeys);
    }

    private static bool Matters(OperationType type, Function function, bool bundled, bool observeFailedCas) => type switch
    {
        OperationType.Ok => true,
        OperationType.Fail => observeFailedCas && function == Function.Cas,
        _ => !bundled || function is not (Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot),
    };
}
