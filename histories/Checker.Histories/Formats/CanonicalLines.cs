using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// Reads the lines that Checker itself writes: fields in the order of the format, no white space, values without escapes, maps or decimals.
/// That is nearly every line of a large history, and takes a third of the time. Of any other line it says only that it is another;
/// the full reader then reads it from the start.
/// </summary>
internal sealed class CanonicalLines(ValueTable values)
{
    private const int MaxDepth = 32;
    private const int MaxDigits = 18; // so that no sum overflows

    private ValueId[] _stack = new ValueId[256];
    private int _top;

    /// <summary>Tries to read a line of valid UTF-8.</summary>
    /// <param name="line">The line.</param>
    /// <param name="e">Receives the fields.</param>
    /// <param name="f">Receives the name of the function.</param>
    public bool TryRead(ReadOnlySpan<byte> line, out EventFields e, out ReadOnlySpan<byte> f)
    {
        e = new EventFields();
        f = default;
        var at = 0;
        _top = 0;
        if (!Skip(line, ref at, "{"u8)) return false;
        if (Skip(line, ref at, "\"index\":"u8) && !(TryInteger(line, ref at, out e.Index) && e.Index >= 0 && Skip(line, ref at, ","u8)))
        {
            return false;
        }

        if (Skip(line, ref at, "\"time\":"u8) && !(TryInteger(line, ref at, out e.Time) && e.Time >= 0 && Skip(line, ref at, ","u8)))
        {
            return false;
        }

        if (!Skip(line, ref at, "\"process\":"u8)) return false;
        if (Skip(line, ref at, "\"nemesis\""u8))
        {
            e.Process = HistoryEvent.NemesisProcess;
        }
        else
        {
            if (!TryInteger(line, ref at, out var process) || process is < 0 or > int.MaxValue) return false;
            e.Process = (int)process;
        }

        if (!Skip(line, ref at, ",\"type\":\""u8)) return false;
        if (Skip(line, ref at, "invoke\""u8)) e.Type = EventType.Invoke;
        else if (Skip(line, ref at, "ok\""u8)) e.Type = EventType.Ok;
        else if (Skip(line, ref at, "info\""u8)) e.Type = EventType.Info;
        else if (Skip(line, ref at, "fail\""u8)) e.Type = EventType.Fail;
        else return false;
        if (!Skip(line, ref at, ",\"f\":"u8) || !TryString(line, ref at, out f)) return false;
        if (Skip(line, ref at, ",\"key\":"u8) && !TryValue(line, ref at, 0, out e.Key)) return false;
        if (Skip(line, ref at, ",\"value\":"u8) && !TryValue(line, ref at, 0, out e.Value)) return false;
        return Skip(line, ref at, "}"u8) && at == line.Length;
    }

    private bool TryValue(ReadOnlySpan<byte> line, ref int at, int depth, out ValueId value)
    {
        value = ValueId.Null;
        if (at >= line.Length) return false;
        switch (line[at])
        {
            case (byte)'n': return Skip(line, ref at, "null"u8);
            case (byte)'"':
                if (!TryString(line, ref at, out var text)) return false;
                value = values.String(text);
                return true;
            case (byte)'[': return depth < MaxDepth && TryList(line, ref at, depth, out value);
            default:
                if (!TryInteger(line, ref at, out var integer)) return false;
                value = values.Integer(integer);
                return true;
        }
    }

    private bool TryList(ReadOnlySpan<byte> line, ref int at, int depth, out ValueId value)
    {
        var start = _top;
        at++;
        value = default;
        if (!Skip(line, ref at, "]"u8))
        {
            do
            {
                if (!TryValue(line, ref at, depth + 1, out var item)) return false;
                if (_top == _stack.Length) Array.Resize(ref _stack, 2 * _top);
                _stack[_top++] = item;
            }
            while (Skip(line, ref at, ","u8));
            if (!Skip(line, ref at, "]"u8)) return false;
        }

        value = values.List(_stack.AsSpan(start, _top - start));
        _top = start;
        return true;
    }

    private static bool TryInteger(ReadOnlySpan<byte> line, scoped ref int at, out long value)
    {
        value = 0;
        var negative = at < line.Length && line[at] == '-';
        var start = negative ? at + 1 : at;
        var end = start;
        for (; end < line.Length && line[end] is >= (byte)'0' and <= (byte)'9'; end++)
        {
            if (end - start == MaxDigits) return false;
            value = (10 * value) + (line[end] - '0');
        }

        // "01" and "-0" are left to the full reader.
        if (end == start || (line[start] == '0' && (end > start + 1 || negative))) return false;
        if (negative) value = -value;
        at = end;
        return true;
    }

    private static bool TryString(ReadOnlySpan<byte> line, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (at >= line.Length || line[at] != '"') return false;
        var start = at + 1;
        for (var i = start; i < line.Length; i++)
        {
            var b = line[i];
            if (b == '"')
            {
                text = line[start..i];
                at = i + 1;
                return true;
            }

            if (b is < 0x20 or (byte)'\\') return false;
        }

        return false;
    }

    private static bool Skip(ReadOnlySpan<byte> line, scoped ref int at, scoped ReadOnlySpan<byte> expected)
    {
        if (!line[at..].StartsWith(expected)) return false;
        at += expected.Length;
        return true;
    }
}
