using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// Turns the fields of events into a <see cref="History"/>, whatever format they came from. Refuses what does not fit, with file and line.
/// </summary>
internal sealed class EventAssembler
{
    private readonly string _file;
    private readonly DataType? _type;
    private readonly FunctionLookup _functions;
    private readonly HistoryBuilder _builder;
    private long _lastIndex = -1;
    private int _lastIndexLine;

    public EventAssembler(string file, DataType? type, HistoryHeader header, ValueTable values)
    {
        _file = file;
        _type = type;
        _functions = new FunctionLookup(type);
        _builder = new HistoryBuilder(type, values) { Header = header };
    }

    /// <summary>Adds an event.</summary>
    /// <exception cref="HistoryFormatException">It does not fit.</exception>
    public void Add(in EventFields e, ReadOnlySpan<byte> f, int line)
    {
        CheckIndex(e.Index, line);
        if (e.Process == HistoryEvent.NemesisProcess)
        {
            if (!e.Key.IsNull) throw Refuse(line, "the nemesis's event has a key: expected key only on events of clients");
            _builder.Nemesis(e.Type, Utf8Text.Decode(f), _builder.Values.Get(e.Value), e.Time, e.Error, e.Index, line);
            return;
        }

        if (!_functions.TryFind(f, out var function)) throw Refuse(line, HistoryBuilder.UnknownFunction(Utf8Text.Decode(f), _type));
        string? problem;
        if (e.Type == EventType.Invoke)
        {
            problem = e.Error is null
                ? _builder.Invoke(e.Process, function, e.Key, e.Value, e.Time, e.Index, line)
                : "an invoke has an error: expected error only on completions";
        }
        else
        {
            problem = _builder.Complete(
                e.Process, HistoryBuilder.OutcomeOf(e.Type), function, e.Key, e.Value, e.Time, e.Index, line, e.Error);
        }

        if (problem is not null) throw Refuse(line, problem);
    }

    public History Build() => _builder.Build();

    // Either every event has an index and they increase, or none has and the order of lines stands for it.
    private void CheckIndex(long index, int line)
    {
        if (_builder.EventCount > 0 && (index < 0) != (_lastIndex < 0))
        {
            throw Refuse(line, index < 0
                ? $"no index, though line {_lastIndexLine} has one: expected an index on every event or on none"
                : $"an index, though line {_lastIndexLine} has none: expected an index on every event or on none");
        }

        if (index >= 0 && index <= _lastIndex)
        {
            throw Refuse(line, $"index {index} after index {_lastIndex} of line {_lastIndexLine}: expected indexes that increase");
        }

        _lastIndex = index;
        _lastIndexLine = line;
    }

    private HistoryFormatException Refuse(int line, string problem) => new(_file, line, problem);
}
