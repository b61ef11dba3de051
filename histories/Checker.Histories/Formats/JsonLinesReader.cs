using System.Text.Json;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>Reads the native format: JSON Lines, one event per line.</summary>
internal sealed class JsonLinesReader
{
    private readonly string _file;
    private readonly HistoryReadOptions _options;
    private readonly LineSource _lines;
    private readonly ValueTable _values = new();
    private readonly JsonValueReader _valueReader;
    private readonly CanonicalLines _canonical;
    private readonly Dictionary<ValueId, string> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _skippedFields = [];

    private JsonLinesReader(LineSource lines, string file, HistoryReadOptions options)
    {
        _lines = lines;
        _file = file;
        _options = options;
        _valueReader = new JsonValueReader(_values);
        _canonical = new CanonicalLines(_values);
    }

    [Flags]
    private enum Fields
    {
        None = 0,
        Index = 1,
        Time = 2,
        Process = 4,
        Type = 8,
        F = 16,
        Key = 32,
        Value = 64,
        Error = 128,
    }

    /// <summary>Reads all lines.</summary>
    /// <exception cref="HistoryFormatException">The file is malformed.</exception>
    public static HistoryReadResult Read(LineSource lines, string file, HistoryReadOptions options) =>
        new JsonLinesReader(lines, file, options).Read();

    private HistoryReadResult Read()
    {
        EventAssembler? events = null;
        try
        {
            while (_lines.TryNext(out var line))
            {
                if (_lines.Line == 1) line = HistoryFile.WithoutByteOrderMark(line, _file);
                if (line.TrimEnd(" \t\r"u8).IsEmpty) continue;
                if (_lines.IsUnterminated && IsTorn(line))
                {
                    _warnings.Add(
                        $"{_file}:{_lines.Line}: the last line breaks off and was skipped: {line.Length} bytes without a line break");
                    break;
                }

                if (!System.Text.Unicode.Utf8.IsValid(line)) throw Refuse("bytes that are not UTF-8: expected JSON in UTF-8");
                if (events is null)
                {
                    var header = JsonHeader.TryRead(line, _file, _lines.Line, _values, _valueReader);
                    events = new EventAssembler(_file, HistoryFile.TypeOf(header, _options, _file, _lines.Line), header ?? new(), _values);
                    if (header is not null) continue;
                }

                if (_canonical.TryRead(line, out var e, out var f)) events.Add(e, f, _lines.Line);
                else ReadEvent(line, events);
            }
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        catch (FormatException outOfRange)
        {
            throw new HistoryFormatException(_file, _lines.Line, outOfRange.Message, outOfRange);
        }

        if (_lines.IsTruncated) _warnings.Add($"{_file}: the gzip data break off after line {_lines.Line}; what comes before was read");
        events ??= new EventAssembler(_file, _options.Type, new HistoryHeader(), _values);
        return new HistoryReadResult(events.Build(), _warnings);
    }

    private void ReadEvent(ReadOnlySpan<byte> line, EventAssembler events)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: true, new JsonReaderState(JsonValueReader.Options));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse($"{Describe(ref reader)}: expected one event, a JSON object such as {Example}");
        }

        var e = new EventFields();
        var f = default(ReadOnlySpan<byte>);
        var seen = Fields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if ((seen & field) != 0) throw Refuse($"the field \"{Name(field)}\" twice: expected it once");
            seen |= field;
            if (field == Fields.None) SkipUnknown(ref reader);
            else reader.Read();
            switch (field)
            {
                case Fields.Index: e.Index = ReadIndex(ref reader); break;
                case Fields.Time: e.Time = ReadTime(ref reader); break;
                case Fields.Process: e.Process = ReadProcess(ref reader); break;
                case Fields.Type: e.Type = ReadType(ref reader); break;
                case Fields.Key: e.Key = _valueReader.Read(ref reader); break;
                case Fields.Value: e.Value = _valueReader.Read(ref reader); break;
                case Fields.Error: e.Error = ReadError(ref reader); break;
                case Fields.F:
                    if (reader.TokenType != JsonTokenType.String)
                    {
                        throw Refuse($"f is {Describe(ref reader)}: expected the name of a function");
                    }

                    f = reader.ValueIsEscaped ? _valueReader.Text(ref reader).ToArray() : reader.ValueSpan;
                    break;
            }
        }

        reader.Read(); // refuses whatever follows the object
        const Fields Required = Fields.Process | Fields.Type | Fields.F;
        if ((seen & Required) != Required) throw Missing(seen);
        events.Add(e, f, _lines.Line);
    }

    private const string Example = "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}";

    private Fields FieldOf(ref Utf8JsonReader reader)
    {
        var name = _valueReader.Text(ref reader);
        return name.Length switch
        {
            1 when name[0] == 'f' => Fields.F,
            3 when name.SequenceEqual("key"u8) => Fields.Key,
            4 when name.SequenceEqual("time"u8) => Fields.Time,
            4 when name.SequenceEqual("type"u8) => Fields.Type,
            5 when name.SequenceEqual("index"u8) => Fields.Index,
            5 when name.SequenceEqual("value"u8) => Fields.Value,
            5 when name.SequenceEqual("error"u8) => Fields.Error,
            7 when name.SequenceEqual("process"u8) => Fields.Process,
            _ => Fields.None,
        };
    }

    private void SkipUnknown(ref Utf8JsonReader reader)
    {
        var name = Utf8Text.Decode(_valueReader.Text(ref reader));
        if (!_options.SkipUnknownFields)
        {
            throw Refuse(name == "history"
                ? "a header after the first line: expected an event"
                : $"unknown field \"{name}\": expected index, time, process, type, f, key, value, error");
        }

        if (_skippedFields.Add(name))
        {
            _warnings.Add($"{_file}:{_lines.Line}: the unknown field \"{name}\" is skipped, here and on further lines");
        }

        reader.Skip();
    }

    private long ReadIndex(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var index) && index >= 0
            ? index
            : throw Refuse($"index is {Describe(ref reader)}: expected a whole number from 0 on");

    private long ReadTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var time) && time >= -1
            ? time
            : throw Refuse($"time is {Describe(ref reader)}: expected whole nanoseconds from 0 on, or -1 for unknown");

    private int ReadProcess(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var process) && process >= 0) return process;
        if (reader.TokenType == JsonTokenType.String && _valueReader.Text(ref reader).SequenceEqual("nemesis"u8))
        {
            return HistoryEvent.NemesisProcess;
        }

        throw Refuse($"process is {Describe(ref reader)}: expected a whole number from 0 to {int.MaxValue}, or \"nemesis\"");
    }

    private EventType ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var name = _valueReader.Text(ref reader);
            if (name.SequenceEqual("invoke"u8)) return EventType.Invoke;
            if (name.SequenceEqual("ok"u8)) return EventType.Ok;
            if (name.SequenceEqual("fail"u8)) return EventType.Fail;
            if (name.SequenceEqual("info"u8)) return EventType.Info;
        }

        throw Refuse($"type is {Describe(ref reader)}: expected \"invoke\", \"ok\", \"fail\" or \"info\"");
    }

    // Errors repeat: each text is made once. An error that is not a string is kept as its JSON.
    private string? ReadError(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var id = _valueReader.Read(ref reader);
        if (!_errors.TryGetValue(id, out var text))
        {
            var value = _values.Get(id);
            _errors[id] = text = value.Kind == ValueKind.String ? value.AsString() : value.ToString();
        }

        return text;
    }

    /// <summary>Whether the last line is the begin of an event or header whose end was never written.</summary>
    private static bool IsTorn(ReadOnlySpan<byte> line)
    {
        var whole = line.TrimEnd((byte)0); // a crash of the machine may leave zeros where the file had already grown
        if (whole.IsEmpty) return true;
        if (whole.TrimStart(" \t\r"u8) is not [(byte)'{', ..]) return false;
        var reader = new Utf8JsonReader(whole, isFinalBlock: false, new JsonReaderState(JsonValueReader.Options));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject) return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false; // malformed rather than incomplete: reported as such
        }
    }

    private HistoryFormatException Missing(Fields seen)
    {
        var missing = (seen & Fields.Process) == 0 ? "process" : (seen & Fields.Type) == 0 ? "type" : "f";
        return Refuse($"no field \"{missing}\": expected an event such as {Example}");
    }

    private HistoryFormatException Malformed(JsonException malformed)
    {
        var sentence = malformed.Message.Split(" LineNumber:")[0].TrimEnd('.');
        var at = malformed.BytePositionInLine is { } position ? $" at byte {position + 1}" : "";
        var problem = $"malformed JSON{at}: {sentence}: expected one JSON object per line";
        return new HistoryFormatException(_file, _lines.Line, problem, malformed);
    }

    private HistoryFormatException Refuse(string problem) => new(_file, _lines.Line, problem);

    private static string Name(Fields field) => field.ToString().ToLowerInvariant();

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "a map",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"\"{Shortened(reader.ValueSpan)}\"",
        JsonTokenType.None => "nothing",
        _ => Shortened(reader.ValueSpan),
    };

    private static string Shortened(ReadOnlySpan<byte> utf8)
    {
        var text = Utf8Text.Decode(utf8);
        return text.Length <= 60 ? text : $"{text[..60]}…";
    }
}
