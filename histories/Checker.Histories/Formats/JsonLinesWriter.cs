using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// Writes the native format, event by event: the same events give the same bytes. Buffers up to 64 KiB; whatever it accepts,
/// <see cref="HistoryFile"/> reads back. Not safe for several threads at once.
/// </summary>
/// <remarks>
/// Fields come in the order index, time, process, type, f, key, value, error. The key, the error, an unknown time (−1) and an index of −1
/// are left out. Not-a-number and the infinities become strings, and a map's keys become strings, because JSON has no other way.
/// </remarks>
/// <param name="stream">Receives the lines. It stays open.</param>
public sealed class JsonLinesWriter(Stream stream)
{
    private const int BufferedBytes = 1 << 16;

    private readonly JsonBytes _json = new();
    private bool _begun;

    /// <summary>Writes the header, which must come first.</summary>
    /// <exception cref="InvalidOperationException">Something was written before.</exception>
    /// <exception cref="ArgumentException">A further field of the header has the name of a known one, or occurs twice.</exception>
    public void WriteHeader(HistoryHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (_begun) throw new InvalidOperationException("the header must be written first and once");
        var names = new HashSet<string>(HistoryHeader.FieldNames) { "history" };
        foreach (var (name, _) in header.Other)
        {
            if (!names.Add(name)) throw new ArgumentException($"the header has the field \"{name}\" twice", nameof(header));
        }

        _begun = true;
        var start = _json.Length;
        try
        {
            _json.Raw("{\"history\":"u8);
            _json.Integer(HistoryHeader.Version);
            Field("type", header.Type);
            Field("target", header.Target);
            Field("workload", header.Workload);
            Field("seed", header.Seed is { } seed ? seed : Value.Null);
            Field("nodes", header.Nodes is { } nodes ? Value.List([.. nodes.Select(Value.String)]) : Value.Null);
            Field("concurrency", header.Concurrency is { } concurrency ? concurrency : Value.Null);
            Field("initial", header.Initial);
            foreach (var (name, value) in header.Other) Field(name, value, always: true);
            _json.Raw("}\n"u8);
        }
        catch (ArgumentException)
        {
            _json.Truncate(start);
            throw;
        }

        SpillIfFull();
    }

    /// <summary>Writes an event.</summary>
    /// <exception cref="ArgumentException">
    /// The event could not be read back: its index, time or process is negative (below −1), it is of the nemesis and has a key, it is an
    /// invocation and has an error, its f is missing, or its value cannot be written as JSON. Nothing of it is written.
    /// </exception>
    public void Write(in HistoryEvent e)
    {
        var start = Begin(e.Index, e.Time, e.Process, e.Type, e.F, e.Key.IsNull, e.Error);
        try
        {
            if (!e.Key.IsNull)
            {
                _json.Raw(",\"key\":"u8);
                _json.Value(e.Key);
            }

            _json.Raw(",\"value\":"u8);
            _json.Value(e.Value);
        }
        catch (ArgumentException)
        {
            _json.Truncate(start);
            throw;
        }

        End(e.Error);
    }

    /// <summary>Hands everything that was written to the stream, and flushes that.</summary>
    public void Flush()
    {
        Spill();
        stream.Flush();
    }

    internal void Write(
        long index, long time, int process, EventType type, string f, ValueTable values, ValueId key, ValueId value, string? error)
    {
        var start = Begin(index, time, process, type, f, key.IsNull, error);
        try
        {
            if (!key.IsNull)
            {
                _json.Raw(",\"key\":"u8);
                _json.Value(values, key);
            }

            _json.Raw(",\"value\":"u8);
            _json.Value(values, value);
        }
        catch (ArgumentException)
        {
            _json.Truncate(start);
            throw;
        }

        End(error);
    }

    private int Begin(long index, long time, int process, EventType type, string f, bool keyIsNull, string? error)
    {
        if (index < -1) throw new ArgumentException($"the index {index} is negative", nameof(index));
        if (time < -1) throw new ArgumentException($"the time {time} is negative", nameof(time));
        if (process < HistoryEvent.NemesisProcess) throw new ArgumentException($"the process {process} is negative", nameof(process));
        if (process == HistoryEvent.NemesisProcess && !keyIsNull)
        {
            throw new ArgumentException("an event of the nemesis has a key", nameof(keyIsNull));
        }

        if (process >= 0 && type == EventType.Invoke && error is not null)
        {
            throw new ArgumentException("an invocation has an error", nameof(error));
        }

        if (f is null) throw new ArgumentException("an event has no f", nameof(f));
        _begun = true;
        var start = _json.Length;
        _json.Raw("{"u8);
        if (index >= 0)
        {
            _json.Raw("\"index\":"u8);
            _json.Integer(index);
            _json.Raw(","u8);
        }

        if (time >= 0)
        {
            _json.Raw("\"time\":"u8);
            _json.Integer(time);
            _json.Raw(","u8);
        }

        _json.Raw("\"process\":"u8);
        if (process == HistoryEvent.NemesisProcess) _json.Raw("\"nemesis\""u8);
        else _json.Integer(process);
        _json.Raw(type switch
        {
            EventType.Invoke => ",\"type\":\"invoke\",\"f\":"u8,
            EventType.Ok => ",\"type\":\"ok\",\"f\":"u8,
            EventType.Fail => ",\"type\":\"fail\",\"f\":"u8,
            _ => ",\"type\":\"info\",\"f\":"u8,
        });
        _json.String(f);
        return start;
    }

    private void End(string? error)
    {
        if (error is not null)
        {
            _json.Raw(",\"error\":"u8);
            _json.String(error);
        }

        _json.Raw("}\n"u8);
        SpillIfFull();
    }

    private void Field(string name, Value value, bool always = false)
    {
        if (value.IsNull && !always) return;
        _json.Raw(","u8);
        _json.String(name);
        _json.Raw(":"u8);
        _json.Value(value);
    }

    private void SpillIfFull()
    {
        if (_json.Length >= BufferedBytes) Spill();
    }

    private void Spill()
    {
        stream.Write(_json.Written);
        _json.Truncate(0);
    }
}
