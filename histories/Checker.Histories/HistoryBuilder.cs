using System.Globalization;
using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>
/// Builds a <see cref="History"/> from events in order. Each method returns null, or what is wrong with the event (which is then not added):
/// bad input is a value here, and the reader that knows file and line turns it into an error.
/// </summary>
/// <param name="type">The data type whose custom functions are known; null if not known.</param>
/// <param name="values">The table that ids refer to; a new one if null.</param>
public sealed class HistoryBuilder(DataType? type = null, ValueTable? values = null)
{
    private readonly HistoryColumns _columns = new();
    private readonly Dictionary<ValueId, int> _keyNumbers = [];
    private readonly List<ValueId> _keys = [];
    private readonly Dictionary<int, string> _errors = [];
    private readonly List<NemesisEvent> _nemesis = [];

    // per process: operation + 1 if one is open; 0 if idle; −(operation + 1) if retired by that operation
    private int[] _open = new int[64];
    private readonly Dictionary<int, int> _openFar = [];
    private long[]? _eventIndexes;
    private int[]? _lines;
    private int _firstLine = 1;
    private int _position;

    /// <summary>The table that ids refer to.</summary>
    public ValueTable Values { get; } = values ?? new ValueTable();

    /// <summary>The number of events so far.</summary>
    public int EventCount => _position;

    /// <summary>What is known of the run.</summary>
    public HistoryHeader Header { get; set; } = new();

    /// <summary>An operation begins.</summary>
    /// <param name="process">The process, not negative.</param>
    /// <param name="function">What it does.</param>
    /// <param name="key">The object, or null.</param>
    /// <param name="value">The argument.</param>
    /// <param name="time">Nanoseconds since the start; −1 if unknown.</param>
    /// <param name="index">The event's index in its file; −1 if it has none.</param>
    /// <param name="line">The line of the file; 0 if there is none.</param>
    public string? Invoke(int process, Function function, ValueId key, ValueId value, long time = -1, long index = -1, int line = 0)
    {
        if (process < 0) return $"process {process}: expected a number from 0 on";
        ref var open = ref OpenOf(process);
        if (open > 0)
        {
            return $"process {process} invokes {FunctionNames.Of(function, type)} while its {Describe(open - 1)} is still open: " +
                "expected that operation's completion first";
        }

        if (open < 0)
        {
            return $"process {process} invokes {FunctionNames.Of(function, type)}, but it was retired when its {Describe(-open - 1)} ended info: " +
                "expected a new process number";
        }

        open = _columns.Add(process, function, KeyNumber(key), value, _position, time) + 1;
        Advance(index, line);
        return null;
    }

    /// <summary>An operation ends.</summary>
    /// <param name="process">The process.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="function">What it does; it must be what the invocation said.</param>
    /// <param name="key">The object; null, or what the invocation said.</param>
    /// <param name="value">The result.</param>
    /// <param name="time">Nanoseconds since the start; −1 if unknown.</param>
    /// <param name="index">The event's index in its file; −1 if it has none.</param>
    /// <param name="line">The line of the file; 0 if there is none.</param>
    /// <param name="error">The error, or null.</param>
    public string? Complete(
        int process,
        OperationType outcome,
        Function function,
        ValueId key,
        ValueId value,
        long time = -1,
        long index = -1,
        int line = 0,
        string? error = null)
    {
        if (process < 0) return $"process {process}: expected a number from 0 on";
        ref var open = ref OpenOf(process);
        var named = outcome.ToString().ToLowerInvariant();
        if (open <= 0)
        {
            return $"process {process} completes {FunctionNames.Of(function, type)} ({named}) but has no open operation: expected its invoke first";
        }

        var op = open - 1;
        if (_columns.Function[op] != function)
        {
            return $"process {process} completes {FunctionNames.Of(function, type)} ({named}) but its open operation is {Describe(op)}: expected the same f";
        }

        if (!key.IsNull && _keys[_columns.Key[op]] != key)
        {
            return $"process {process} completes {FunctionNames.Of(function, type)} ({named}) on the key {Values.Text(key)} but invoked it on " +
                $"{Values.Text(_keys[_columns.Key[op]])}: expected the same key";
        }

        _columns.Type[op] = outcome;
        _columns.Output[op] = value;
        _columns.Complete[op] = _position;
        _columns.CompleteTime[op] = time;
        if (error is not null) _errors[op] = error;
        open = outcome == OperationType.Info ? -(op + 1) : 0;
        Advance(index, line);
        return null;
    }

    /// <summary>A line of the nemesis.</summary>
    public void Nemesis(EventType eventType, string f, Value value, long time = -1, string? error = null, long index = -1, int line = 0)
    {
        _nemesis.Add(new NemesisEvent(_position, time, eventType, f, value, error));
        Advance(index, line);
    }

    /// <summary>Adds a self-contained event.</summary>
    public string? Add(in HistoryEvent e)
    {
        if (e.IsNemesis)
        {
            Nemesis(e.Type, e.F, e.Value, e.Time, e.Error, e.Index);
            return null;
        }

        if (!FunctionNames.TryParse(e.F, type, out var function)) return UnknownFunction(e.F, type);
        var key = Values.Intern(e.Key);
        var value = Values.Intern(e.Value);
        return e.Type == EventType.Invoke
            ? Invoke(e.Process, function, key, value, e.Time, e.Index)
            : Complete(e.Process, OutcomeOf(e.Type), function, key, value, e.Time, e.Index, error: e.Error);
    }

    /// <summary>The history so far. The builder must not be used afterwards.</summary>
    public History Build()
    {
        _columns.Trim();
        if (_eventIndexes is not null) Array.Resize(ref _eventIndexes, _position);
        if (_lines is not null) Array.Resize(ref _lines, _position);
        return new History(Header, type, Values, _columns, [.. _keys], _nemesis, _errors, _position, _eventIndexes, _firstLine, _lines);
    }

    /// <summary>The outcome that a completion's type means.</summary>
    /// <exception cref="ArgumentException">It is an invocation.</exception>
    public static OperationType OutcomeOf(EventType eventType) => eventType switch
    {
        EventType.Ok => OperationType.Ok,
        EventType.Fail => OperationType.Fail,
        EventType.Info => OperationType.Info,
        _ => throw new ArgumentException("an invocation has no outcome", nameof(eventType)),
    };

    /// <summary>The sentence about an <c>f</c> that nobody knows.</summary>
    public static string UnknownFunction(string name, DataType? type) =>
        $"unknown f \"{name}\": expected one of " + string.Join(
            ", ", type is null ? FunctionNames.All : [.. type.Functions.Select(f => FunctionNames.Of(f)), .. type.CustomFunctions ?? []]);

    private ref int OpenOf(int process)
    {
        if (process >= 1 << 20)
        {
            return ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_openFar, process, out _);
        }

        if (process >= _open.Length) Array.Resize(ref _open, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)process + 1));
        return ref _open[process];
    }

    private int KeyNumber(ValueId key)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_keyNumbers, key, out var known);
        if (!known)
        {
            number = _keys.Count;
            _keys.Add(key);
        }

        return number;
    }

    // Indexes and lines are kept only once they stop being what the position already says.
    private void Advance(long index, int line)
    {
        if (_eventIndexes is null && index >= 0 && index != _position)
        {
            _eventIndexes = new long[Math.Max(64, _position + 1)];
            for (var i = 0; i < _position; i++) _eventIndexes[i] = i;
        }

        if (_eventIndexes is not null)
        {
            if (_position == _eventIndexes.Length) Array.Resize(ref _eventIndexes, _position + (_position >> 1));
            _eventIndexes[_position] = index >= 0 ? index : _position;
        }

        if (_position == 0 && line > 0) _firstLine = line;
        if (_lines is null && line > 0 && line != _position + _firstLine)
        {
            _lines = new int[Math.Max(64, _position + 1)];
            for (var i = 0; i < _position; i++) _lines[i] = i + _firstLine;
        }

        if (_lines is not null)
        {
            if (_position == _lines.Length) Array.Resize(ref _lines, _position + (_position >> 1));
            _lines[_position] = line;
        }

        _position++;
    }

    private string Describe(int op)
    {
        var where = _lines is null ? _columns.Invoke[op] + _firstLine : _lines[_columns.Invoke[op]];
        return string.Create(CultureInfo.InvariantCulture, $"{FunctionNames.Of(_columns.Function[op], type)} of line {where}");
    }
}
