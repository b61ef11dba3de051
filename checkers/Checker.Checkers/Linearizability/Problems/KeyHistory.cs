using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// The operations of one object, as rows of shared columns in the order of invocation: what every algorithm of linearizability reads.
/// Failed operations and unfinished reads are not there, except a failed compare-and-set where
/// <see cref="CheckOptions.ObserveFailedCas"/> counts it as an observation; its type is then <see cref="OperationType.Fail"/>.
/// </summary>
/// <remarks>A view: cheap to copy, safe to read from many threads.</remarks>
internal readonly struct KeyHistory
{
    private readonly KeyColumns _columns;
    private readonly int _start;
    private readonly bool _appended;

    public KeyHistory(History history, DataType type, ValueId initial, int key, KeyColumns columns, int start, int count)
    {
        History = history;
        Type = type;
        Initial = initial;
        Key = key;
        _columns = columns;
        _start = start;
        Count = count;
    }

    private KeyHistory(in KeyHistory whole, KeyColumns columns, bool appended)
        : this(whole.History, whole.Type, whole.Initial, whole.Key, columns, 0, columns.Operations.Length) => _appended = appended;

    /// <summary>The position of a return that never comes: the operation may take effect at any later time.</summary>
    public const int Never = History.Never;

    /// <summary>The whole history: for names, times and processes in explanations.</summary>
    public History History { get; }

    /// <summary>The data type.</summary>
    public DataType Type { get; }

    /// <summary>The value before the first write, as the check was asked to assume.</summary>
    public ValueId Initial { get; }

    /// <summary>
    /// The number of the object in <see cref="Histories.History.Key"/>; −1 if the operations of all keys belong to one object.
    /// </summary>
    public int Key { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of each row's operation in the whole history; increasing.</summary>
    public ReadOnlySpan<int> Operations => _columns.Operations.AsSpan(_start, Count);

    /// <summary>What each row does.</summary>
    public ReadOnlySpan<Function> Functions => _columns.Functions.AsSpan(_start, Count);

    /// <summary>How each row ended: ok, info, or (only for an observed compare-and-set) fail.</summary>
    public ReadOnlySpan<OperationType> Types => _columns.Types.AsSpan(_start, Count);

    /// <summary>The argument of each row.</summary>
    public ReadOnlySpan<ValueId> Inputs => _columns.Inputs.AsSpan(_start, Count);

    /// <summary>The result of each row; meaningless for info.</summary>
    public ReadOnlySpan<ValueId> Outputs => _columns.Outputs.AsSpan(_start, Count);

    /// <summary>The position of each invocation among all events of the history; increasing.</summary>
    public ReadOnlySpan<int> Invokes => _columns.Invokes.AsSpan(_start, Count);

    /// <summary>The position of each return; <see cref="Never"/> for info.</summary>
    public ReadOnlySpan<int> Returns => _columns.Returns.AsSpan(_start, Count);

    /// <summary>Whether the object, a container, holds nothing at first: its initial value is null or an empty list. O(1).</summary>
    public bool IsEmptyAtFirst
    {
        get
        {
            var values = History.Values;
            return Initial.IsNull || (values.Kind(Initial) == ValueKind.List && values.Items(Initial).IsEmpty);
        }
    }

    /// <summary>
    /// Whether something was appended to the object, also where the rows that appended were left out (<see cref="Only"/>): then its values are texts of several parts.
    /// </summary>
    public bool HasAppends => _appended || Functions.Contains(Function.Append);

    /// <summary>The row of an operation, −1 if there is none: O(log of the distance to a row that is thought to be near).</summary>
    public int RowOf(int operation, int near)
    {
        var operations = Operations;
        var (low, high) = (near, near);
        for (var step = 1; low > 0 && operations[low] > operation; step *= 2) low = Math.Max(0, low - step);
        for (var step = 1; high < operations.Length && operations[high] < operation; step *= 2) high = Math.Min(operations.Length, high + step);
        var found = operations[low..Math.Min(operations.Length, high + 1)].BinarySearch(operation);
        return found < 0 ? -1 : low + found;
    }

    /// <summary>The same object with the rows only that are marked, or that are not.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="kept">Whether a mark means that a row is kept.</param>
    public KeyHistory Marked(ReadOnlySpan<bool> marks, bool kept)
    {
        var columns = new KeyColumns(marks.Count(kept));
        for (var (row, next) = (0, 0); next < columns.Operations.Length;)
        {
            // Mostly much is kept: whole stretches are copied.
            row += marks[row..].IndexOf(kept);
            var end = marks[row..].IndexOf(!kept) is >= 0 and var length ? row + length : marks.Length;
            Copy(_start + row, end - row, columns, next);
            next += end - row;
            row = end;
        }

        return new KeyHistory(this, columns, HasAppends);
    }

    /// <summary>The same object with some of its rows only.</summary>
    /// <param name="rows">The rows to keep, increasing.</param>
    public KeyHistory Only(ReadOnlySpan<int> rows)
    {
        var columns = new KeyColumns(rows.Length);
        for (var i = 0; i < rows.Length; i++) Copy(_start + rows[i], 1, columns, i);
        return new KeyHistory(this, columns, HasAppends);
    }

    /// <summary>The same object as if some operations had never returned.</summary>
    /// <param name="operations">Their numbers in the whole history.</param>
    public KeyHistory Unanswered(IReadOnlySet<int> operations)
    {
        var filter = new OperationFilter(Bundled: true, ObserveFailedCas: false);
        var rows = new List<int>(Count);
        for (var row = 0; row < Count; row++)
        {
            if (!operations.Contains(Operations[row]) || filter.Keeps(OperationType.Info, Functions[row])) rows.Add(row);
        }

        var kept = Only(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        for (var row = 0; row < kept.Count; row++)
        {
            if (!operations.Contains(kept.Operations[row])) continue;
            (kept._columns.Types[row], kept._columns.Outputs[row], kept._columns.Returns[row]) = (OperationType.Info, ValueId.Null, Never);
        }

        return kept;
    }

    private void Copy(int from, int count, KeyColumns columns, int to)
    {
        if (count == 1)
        {
            columns.Operations[to] = _columns.Operations[from];
            columns.Functions[to] = _columns.Functions[from];
            columns.Types[to] = _columns.Types[from];
            columns.Inputs[to] = _columns.Inputs[from];
            columns.Outputs[to] = _columns.Outputs[from];
            columns.Invokes[to] = _columns.Invokes[from];
            columns.Returns[to] = _columns.Returns[from];
            return;
        }

        Array.Copy(_columns.Operations, from, columns.Operations, to, count);
        Array.Copy(_columns.Functions, from, columns.Functions, to, count);
        Array.Copy(_columns.Types, from, columns.Types, to, count);
        Array.Copy(_columns.Inputs, from, columns.Inputs, to, count);
        Array.Copy(_columns.Outputs, from, columns.Outputs, to, count);
        Array.Copy(_columns.Invokes, from, columns.Invokes, to, count);
        Array.Copy(_columns.Returns, from, columns.Returns, to, count);
    }
}
