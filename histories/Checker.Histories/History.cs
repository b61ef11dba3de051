using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>
/// A recorded history: operations in columns, numbered from 0 by invocation. Made by <see cref="HistoryBuilder"/>; immutable; safe to read from
/// many threads. About 50 bytes per operation beyond the contents of strings, lists and maps.
/// </summary>
/// <remarks>
/// Positions (<see cref="Invoke"/>, <see cref="Complete"/>) count all events of the history, those of the nemesis included, from 0.
/// The order of positions decides; times are for reports.
/// </remarks>
public sealed class History
{
    /// <summary>The position of a completion that never came.</summary>
    public const int Never = int.MaxValue;

    private readonly HistoryColumns _columns;
    private readonly Dictionary<int, string> _errors;
    private readonly ValueId[] _keys;
    private readonly long[]? _eventIndexes;
    private readonly int _firstLine;
    private readonly int[]? _lines;

    internal History(
        HistoryHeader header,
        DataType? type,
        ValueTable values,
        HistoryColumns columns,
        ValueId[] keys,
        IReadOnlyList<NemesisEvent> nemesis,
        Dictionary<int, string> errors,
        int eventCount,
        long[]? eventIndexes,
        int firstLine,
        int[]? lines)
    {
        Header = header;
        Type = type;
        Values = values;
        Nemesis = nemesis;
        EventCount = eventCount;
        _columns = columns;
        _keys = keys;
        _errors = errors;
        _eventIndexes = eventIndexes;
        _firstLine = firstLine;
        _lines = lines;
    }

    /// <summary>The header of the file, empty if there was none.</summary>
    public HistoryHeader Header { get; }

    /// <summary>The data type, if the header or the caller gave it.</summary>
    public DataType? Type { get; }

    /// <summary>The values that ids refer to.</summary>
    public ValueTable Values { get; }

    /// <summary>The lines of the nemesis, in order.</summary>
    public IReadOnlyList<NemesisEvent> Nemesis { get; }

    /// <summary>The number of operations.</summary>
    public int Count => _columns.Count;

    /// <summary>The number of events, those of the nemesis included.</summary>
    public int EventCount { get; }

    /// <summary>The number of distinct objects. Operations without a key share one.</summary>
    public int KeyCount => _keys.Length;

    /// <summary>The process of each operation.</summary>
    public ReadOnlySpan<int> Process => _columns.Process.AsSpan(0, Count);

    /// <summary>How each operation ended.</summary>
    public ReadOnlySpan<OperationType> Types => _columns.Type.AsSpan(0, Count);

    /// <summary>What each operation does.</summary>
    public ReadOnlySpan<Function> Functions => _columns.Function.AsSpan(0, Count);

    /// <summary>The object of each operation: a number from 0 to <see cref="KeyCount"/> − 1, in the order of first use.</summary>
    public ReadOnlySpan<int> Key => _columns.Key.AsSpan(0, Count);

    /// <summary>The value of each invocation.</summary>
    public ReadOnlySpan<ValueId> Input => _columns.Input.AsSpan(0, Count);

    /// <summary>The value of each completion; null where there is none.</summary>
    public ReadOnlySpan<ValueId> Output => _columns.Output.AsSpan(0, Count);

    /// <summary>The position of each invocation; increasing.</summary>
    public ReadOnlySpan<int> Invoke => _columns.Invoke.AsSpan(0, Count);

    /// <summary>The position of each completion of whatever type, or <see cref="Never"/>. An <c>info</c> operation stays open beyond it.</summary>
    public ReadOnlySpan<int> Complete => _columns.Complete.AsSpan(0, Count);

    /// <summary>The time of each invocation in nanoseconds; −1 if unknown.</summary>
    public ReadOnlySpan<long> InvokeTime => _columns.InvokeTime.AsSpan(0, Count);

    /// <summary>The time of each completion in nanoseconds; −1 if unknown or never.</summary>
    public ReadOnlySpan<long> CompleteTime => _columns.CompleteTime.AsSpan(0, Count);

    /// <summary>One operation.</summary>
    public Operation this[int index] => new(
        index,
        Process[index],
        Types[index],
        Functions[index],
        Key[index],
        Input[index],
        Output[index],
        Invoke[index],
        Complete[index],
        InvokeTime[index],
        CompleteTime[index]);

    /// <summary>The name of an object; null for the single object of operations without a key.</summary>
    public Value KeyName(int key) => Values.Get(_keys[key]);

    /// <summary>The name of an object as an id of <see cref="Values"/>.</summary>
    public ValueId KeyId(int key) => _keys[key];

    /// <summary>The error of an operation's completion, or null.</summary>
    public string? Error(int operation) => _errors.GetValueOrDefault(operation);

    /// <summary>The <c>index</c> that the file gave the event at a position; the position itself where it gave none.</summary>
    public long EventIndex(int position) => _eventIndexes is null ? position : _eventIndexes[position];

    /// <summary>The line of the file, from 1, that holds the event at a position; position + 1 where the history was not read from a file.</summary>
    public int Line(int position) => _lines is null ? position + _firstLine : _lines[position];

    /// <summary>The bytes held for operations, values and keys (errors and nemesis lines apart).</summary>
    public long Bytes => _columns.Bytes + Values.Bytes + (8L * _keys.Length) + (8L * (_eventIndexes?.Length ?? 0)) + (4L * (_lines?.Length ?? 0));
}
