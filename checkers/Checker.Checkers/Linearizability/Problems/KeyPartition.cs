using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// A history taken apart by object: linearizability is local (Herlihy and Wing 1990, theorem 1), so each object is judged alone. One
/// counting sort,
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
    /// <param name="bundled">Whether the type means what the bundled type of its name means, so that unfinished reads say nothing.</param>
    public static KeyPartition Of(
        History history, DataType type, ValueId initial, CheckOptions options, Func<int, bool>? skip = null, bool bundled = true)
    {
        var spansKeys = bundled && BundledSpecs.SpansKeys(type);
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
        var rows = Rows(history, starts, spansKeys, bundled, observeFailedCas);

        // One column at a time: the ends of so many keys at once fit in the cache only for one of them.
        Parallel.For(
            0,
            7,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) },
            column => Fill(history, rows, columns, column));
        return new KeyPartition(history, type, initial, columns, starts, spansKeys);
    }

    // The row of each operation; −1 if it has none.
    private static int[] Rows(History history, int[] starts, bool spansKeys, bool bundled, bool observeFailedCas)
    {
        var types = history.Types;
        var functions = history.Functions;
        var keys = history.Key;
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var rows = new int[types.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var key = spansKeys ? 0 : keys[i];
            var kept = next[key] != starts[key + 1] && Matters(types[i], functions[i], bundled, observeFailedCas);
            rows[i] = kept ? next[key]++ : -1;
        }

        return rows;
    }

    private static void Fill(History history, int[] rows, KeyColumns columns, int column)
    {
        switch (column)
        {
            case 0: Scatter(history.Input, rows, columns.Inputs); break;
            case 1: Scatter(history.Output, rows, columns.Outputs); break;
            case 2: Scatter(history.Invoke, rows, columns.Invokes); break;
            case 3: Scatter(history.Functions, rows, columns.Functions); break;
            case 4: Scatter(history.Types, rows, columns.Types); break;
            case 5:
                for (var i = 0; i < rows.Length; i++)
                {
                    if (rows[i] >= 0) columns.Operations[rows[i]] = i;
                }

                break;
            default:
                var types = history.Types;
                var completes = history.Complete;
                for (var i = 0; i < rows.Length; i++)
                {
                    if (rows[i] >= 0) columns.Returns[rows[i]] = types[i] == OperationType.Info ? KeyHistory.Never : completes[i];
                }

                break;
        }
    }

    private static void Scatter<T>(ReadOnlySpan<T> from, int[] rows, T[] to)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0) to[rows[i]] = from[i];
        }
    }

    private static bool Matters(OperationType type, Function function, bool bundled, bool observeFailedCas) => type switch
    {
        OperationType.Ok => true,
        OperationType.Fail => observeFailedCas && function == Function.Cas,
        _ => !bundled || function is not (Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot),
    };
}
