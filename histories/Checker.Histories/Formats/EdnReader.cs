using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// Reads Jepsen's histories: maps of <c>:process :type :f :value</c> …, one after the other or in one vector or list. Holds about 60 bytes
/// per event beside the history while reading, because whether values are independent tuples shows only at the end.
/// </summary>
internal sealed class EdnReader
{
    private readonly LineSource _source;
    private readonly string _file;
    private readonly HistoryReadOptions _options;
    private readonly ValueTable _values = new();
    private readonly List<EdnEvent> _events = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _skippedFields = [];
    private char _end; // the bracket that ends the vector or list of events; 0 if there is none

    private EdnReader(LineSource source, string file, HistoryReadOptions options)
    {
        _source = source;
        _file = file;
        _options = options;
    }

    /// <summary>Reads all events.</summary>
    /// <exception cref="HistoryFormatException">The file is malformed.</exception>
    public static HistoryReadResult Read(LineSource source, string file, HistoryReadOptions options)
    {
        var reader = new EdnReader(source, file, options);
        reader.ReadForms();
        IndependentTuples.Split(reader._events, options.IndependentKeys, reader._values, file, reader._warnings);
        var assembler = new EventAssembler(file, options.Type, new HistoryHeader(), reader._values);
        foreach (ref readonly var e in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(reader._events))
        {
            var f = reader._values.Utf8(e.F);
            if (f.SequenceEqual("drain"u8) && e.Fields.Process >= 0)
            {
                throw new HistoryFormatException(
                    file, e.Line, "a drain stands for many dequeues: expected one dequeue for each element instead");
            }

            assembler.Add(e.Fields, f, e.Line);
        }

        return new HistoryReadResult(assembler.Build(), reader._warnings);
    }

    private void ReadForms()
    {
        var discards = 0;
        var begun = false;
        SkipByteOrderMark();
        while (SkipSpace())
        {
            var text = _source.Unread;
            if (_end == '\uFFFF') throw Refuse("something after the end of the events: expected nothing more");
            if (text[0] == '#' && text.Length == 1 && _source.Fill()) continue;
            if (text is [(byte)'#', (byte)'_', ..])
            {
                discards++;
                _source.Take(2);
                continue;
            }

            if (!begun && discards == 0 && text[0] is (byte)'[' or (byte)'(')
            {
                _end = text[0] == '[' ? ']' : ')';
                begun = true;
                _source.Take(1);
                continue;
            }

            if (_end != 0 && text[0] == _end && discards == 0)
            {
                _end = '\uFFFF';
                _source.Take(1);
                continue;
            }

            var length = EdnText.EndOf(text, 0, isFinal: false);
            if (length == EdnText.Incomplete)
            {
                if (_source.Fill()) continue;
                length = EdnText.EndOf(text = _source.Unread, 0, isFinal: true);
                if (length == EdnText.Incomplete)
                {
                    RefuseUnlessTorn(text);
                    return;
                }
            }

            var form = text[..length];
            if (!System.Text.Unicode.Utf8.IsValid(form)) throw Refuse("bytes that are not UTF-8: expected EDN in UTF-8");
            begun = true;
            if (discards > 0) discards--;
            else ReadEvent(form);
            _source.Take(length);
        }

        if (_end is not ('\0' or '\uFFFF')) throw Refuse($"the file ends inside the events: expected {_end}");
        if (discards > 0) throw Refuse("#_ without a form to discard");
        if (_source.IsTruncated) _warnings.Add($"{_file}: the gzip data break off after line {_source.Line}; what comes before was read");
    }

    private void ReadEvent(ReadOnlySpan<byte> form)
    {
        var line = _source.Line + 1;
        var parser = new EdnParser(form, _file, line, _values);
        var tag = parser.TakeTag();
        if ((tag is not null && !tag.EndsWith(".Op", StringComparison.Ordinal)) || !parser.TryOpen('{'))
        {
            throw parser.Refuse("not an event: expected a map such as {:process 0, :type :invoke, :f :read, :value nil}");
        }

        var e = new EdnEvent { Line = line };
        var seen = new HashSet<string>();
        while (!parser.TryClose('}'))
        {
            var key = _values.Get(parser.Read());
            if (key.Kind != ValueKind.String) throw parser.Refuse($"the field {key}: expected a keyword such as :process");
            if (!seen.Add(key.AsString())) throw parser.Refuse($"the field :{key.AsString()} twice: expected it once");
            if (parser.TryClose('}')) throw parser.Refuse($"the field :{key.AsString()} has no value: expected keys and values in turn");
            ReadField(ref parser, key.AsString(), ref e);
        }

        parser.ExpectEnd();
        foreach (var required in (ReadOnlySpan<string>)["process", "type", "f"])
        {
            if (!seen.Contains(required)) throw parser.Refuse($"no field :{required}: expected :process, :type and :f in every event");
        }

        _events.Add(e);
    }

    private void ReadField(ref EdnParser parser, string name, ref EdnEvent e)
    {
        switch (name)
        {
            case "index": e.Fields.Index = ReadNumber(ref parser, ":index"); break;
            case "time": e.Fields.Time = ReadNumber(ref parser, ":time"); break;
            case "process":
                var process = parser.Read();
                if (_values.TryGetInteger(process, out var number) && number is >= 0 and <= int.MaxValue) e.Fields.Process = (int)number;
                else if (IsText(process, "nemesis"u8)) e.Fields.Process = HistoryEvent.NemesisProcess;
                else throw parser.Refuse($":process is {_values.Text(process)}: expected 0 to {int.MaxValue}, or :nemesis");
                break;
            case "type":
                var type = parser.Read();
                e.Fields.Type = 0 switch
                {
                    _ when IsText(type, "invoke"u8) => EventType.Invoke,
                    _ when IsText(type, "ok"u8) => EventType.Ok,
                    _ when IsText(type, "fail"u8) => EventType.Fail,
                    _ when IsText(type, "info"u8) => EventType.Info,
                    _ => throw parser.Refuse($":type is {_values.Text(type)}: expected :invoke, :ok, :fail or :info"),
                };
                break;
            case "f":
                e.F = parser.Read();
                if (_values.Kind(e.F) != ValueKind.String)
                {
                    throw parser.Refuse($":f is {_values.Text(e.F)}: expected a keyword such as :read");
                }

                break;
            case "value":
                var tag = parser.TakeTag();
                e.IsTuple = tag is not null && tag.StartsWith("jepsen.independent", StringComparison.Ordinal);
                e.Fields.Value = parser.Read();
                if (tag is not null && !e.IsTuple && tag is not ("inst" or "uuid"))
                {
                    e.Fields.Value = _values.Map([_values.String($"#{tag}"), e.Fields.Value]);
                }

                break;
            case "error":
                var error = _values.Get(parser.Read());
                e.Fields.Error = error.IsNull ? null : error.Kind == ValueKind.String ? error.AsString() : error.ToString();
                break;
            default:
                if (_skippedFields.Add(name)) _warnings.Add($"{_file}:{e.Line}: the field :{name} is skipped, here and in further events");
                parser.Skip();
                break;
        }
    }

    private long ReadNumber(ref EdnParser parser, string field)
    {
        var id = parser.Read();
        if (id.IsNull) return -1;
        if (_values.TryGetInteger(id, out var number) && number >= -1) return number;
        throw parser.Refuse($"{field} is {_values.Text(id)}: expected a whole number from 0 on, or -1 for unknown");
    }

    private bool IsText(ValueId id, ReadOnlySpan<byte> text) =>
        _values.Kind(id) == ValueKind.String && _values.Utf8(id).SequenceEqual(text);

    // Only the begin of a last line can be what a writer left when it died; anything longer hides events.
    private void RefuseUnlessTorn(ReadOnlySpan<byte> text)
    {
        if (_end != 0 || text.Contains((byte)'\n') || _events.Count == 0)
        {
            throw Refuse("the form that begins here does not end: expected its closing bracket");
        }

        _warnings.Add($"{_file}:{_source.Line + 1}: the last line breaks off and was skipped: {text.Length} bytes without a line break");
        if (_source.IsTruncated) _warnings.Add($"{_file}: the gzip data break off after line {_source.Line}; what comes before was read");
    }

    private void SkipByteOrderMark()
    {
        while (_source.Unread.Length < 3 && _source.Fill())
        {
        }

        _source.Take(_source.Unread.Length - HistoryFile.WithoutByteOrderMark(_source.Unread, _file).Length);
    }

    // False at the end of the file.
    private bool SkipSpace()
    {
        while (true)
        {
            if (_source.Unread.IsEmpty) _source.Fill();
            var text = _source.Unread;
            if (text.IsEmpty) return false;
            if (text[0] == ';')
            {
                var length = text.IndexOf((byte)'\n');
                if (length < 0 && _source.Fill()) continue;
                _source.Take(length < 0 ? _source.Unread.Length : length + 1);
            }
            else if (EdnText.IsSpace(text[0]))
            {
                var length = 1;
                while (length < text.Length && EdnText.IsSpace(text[length])) length++;
                _source.Take(length);
            }
            else
            {
                return true;
            }
        }
    }

    private HistoryFormatException Refuse(string problem) => new(_file, _source.Line + 1, problem);
}
