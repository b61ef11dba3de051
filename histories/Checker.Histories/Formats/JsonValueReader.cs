using System.Text.Json;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>Reads JSON values straight into a table: no string and no object is made on the way.</summary>
internal sealed class JsonValueReader(ValueTable values)
{
    /// <summary>How deep the values of a history may nest.</summary>
    public const int MaxDepth = 512;

    private ValueId[] _stack = new ValueId[256];
    private int _top;
    private byte[] _unescaped = new byte[256];

    /// <summary>How lines are tokenized: strict JSON.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>The value whose first token the reader stands on; afterwards it stands on the last.</summary>
    /// <exception cref="FormatException">A number is out of range, or a map has a key twice.</exception>
    /// <exception cref="JsonException">The JSON is malformed.</exception>
    public ValueId Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return ValueId.Null;
            case JsonTokenType.True: return ValueId.Boolean(true);
            case JsonTokenType.False: return ValueId.Boolean(false);
            case JsonTokenType.Number: return ReadNumber(ref reader);
            case JsonTokenType.String: return values.String(Text(ref reader));
            case JsonTokenType.StartArray:
                var start = _top;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Push(Read(ref reader));
                var list = values.List(_stack.AsSpan(start, _top - start));
                _top = start;
                return list;
            default:
                start = _top;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    Push(values.String(Text(ref reader)));
                    reader.Read();
                    Push(Read(ref reader));
                }

                var map = Map(_stack.AsSpan(start, _top - start));
                _top = start;
                return map;
        }
    }

    /// <summary>The bytes of the string or the name that the reader stands on, unescaped. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        if (_unescaped.Length < reader.ValueSpan.Length) _unescaped = new byte[2 * reader.ValueSpan.Length];
        return _unescaped.AsSpan(0, Utf8Text.Unescape(reader.ValueSpan, _unescaped));
    }

    private ValueId Map(Span<ValueId> keysAndValues)
    {
        try
        {
            return values.Map(keysAndValues);
        }
        catch (ArgumentException twice)
        {
            throw new FormatException($"a map in which {twice.Message.Split(" (Parameter")[0]}: expected each key once", twice);
        }
    }

    private ValueId ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer)) return values.Integer(integer);
        if (reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            throw new FormatException($"the number {Utf8Text.Decode(reader.ValueSpan)}: expected an integer of at most 64 bits");
        }

        if (reader.TryGetDouble(out var number) && double.IsFinite(number)) return values.Decimal(number);
        throw new FormatException($"the number {Utf8Text.Decode(reader.ValueSpan)}: expected one in the range of a double");
    }

    private void Push(ValueId id)
    {
        if (_top == _stack.Length) Array.Resize(ref _stack, 2 * _top);
        _stack[_top++] = id;
    }
}
