using System.Buffers.Text;
using System.Globalization;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// A growing buffer of JSON in UTF-8. Writes what <see cref="Value.ToString"/> says, byte for byte, without making the string.
/// </summary>
internal sealed class JsonBytes
{
    private byte[] _bytes = new byte[1 << 16];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Drops all bytes from a position on.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Appends bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends an integer.</summary>
    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Free(20), out var written);
        Length += written;
    }

    /// <summary>Appends a string, quoted and escaped.</summary>
    public void String(string text)
    {
        var target = Free((6 * text.Length) + 2);
        var length = 0;
        target[length++] = (byte)'"';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and < '\u007F' and not ('"' or '\\'))
            {
                target[length++] = (byte)c;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                length += Escape(c, target[length..]);
                length += Escape(text[++i], target[length..]);
            }
            else if (c < ' ' || c is '"' or '\\' or '\u007F' or '\u2028' or '\u2029' || char.IsSurrogate(c))
            {
                length += Escape(c, target[length..]);
            }
            else
            {
                length += Utf8Text.Encode(c, target[length..]);
            }
        }

        target[length++] = (byte)'"';
        Length += length;
    }

    /// <summary>Appends a value. A number that JSON cannot write (not a number, an infinity) becomes the string of its name.</summary>
    /// <exception cref="ArgumentException">The value nests too deep to be read back, or a map's keys are equal as JSON strings.</exception>
    public void Value(in Value value, int depth = 0)
    {
        switch (value.Kind)
        {
            case ValueKind.Null: Raw("null"u8); break;
            case ValueKind.Boolean: Raw(value.AsBoolean() ? "true"u8 : "false"u8); break;
            case ValueKind.Integer: Integer(value.AsInteger()); break;
            case ValueKind.Decimal: Decimal(value.AsDecimal()); break;
            case ValueKind.String: String(value.AsString()); break;
            case ValueKind.List:
                CheckDepth(depth);
                Raw("["u8);
                var items = value.AsList();
                for (var i = 0; i < items.Length; i++)
                {
                    if (i > 0) Raw(","u8);
                    Value(items[i], depth + 1);
                }

                Raw("]"u8);
                break;
            default:
                CheckDepth(depth);
                Map(value, depth);
                break;
        }
    }

    /// <summary>Appends a value of a table.</summary>
    /// <exception cref="ArgumentException">As for the self-contained value.</exception>
    public void Value(ValueTable values, ValueId id, int depth = 0)
    {
        if (values.TryGetInteger(id, out var integer))
        {
            Integer(integer);
        }
        else if (values.Kind(id) == ValueKind.List)
        {
            CheckDepth(depth);
            Raw("["u8);
            var items = values.Items(id);
            for (var i = 0; i < items.Length; i++)
            {
                if (i > 0) Raw(","u8);
                Value(values, items[i], depth + 1);
            }

            Raw("]"u8);
        }
        else
        {
            Value(values.Get(id), depth);
        }
    }

    private void Map(in Value map, int depth)
    {
        // Keys of any kind become strings; only then can two be equal.
        var entries = map.AsMap();
        if (entries.Any(entry => entry.Key.Kind != ValueKind.String) && entries.Select(Key).Distinct().Count() < entries.Length)
        {
            throw new ArgumentException($"the map {map} has keys that are equal as strings: JSON cannot hold it", nameof(map));
        }

        Raw("{"u8);
        for (var i = 0; i < entries.Length; i++)
        {
            if (i > 0) Raw(","u8);
            String(Key(entries[i]));
            Raw(":"u8);
            Value(entries[i].Value, depth + 1);
        }

        Raw("}"u8);

        static string Key(KeyValuePair<Value, Value> entry) =>
            entry.Key.Kind == ValueKind.String ? entry.Key.AsString() : entry.Key.ToString();
    }

    private void Decimal(double value)
    {
        if (!double.IsFinite(value)) String(value.ToString(CultureInfo.InvariantCulture));
        else Raw(System.Text.Encoding.ASCII.GetBytes(JsonText.Decimal(value)));
    }

    private static void CheckDepth(int depth)
    {
        // The event or header around the value takes one level.
        if (depth + 1 >= JsonValueReader.MaxDepth)
        {
            throw new ArgumentException(
                $"a value nests deeper than {JsonValueReader.MaxDepth - 1} levels: it could not be read back", nameof(depth));
        }
    }

    private static int Escape(char c, Span<byte> target)
    {
        target[0] = (byte)'\\';
        target[1] = c switch
        {
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '"' or '\\' => (byte)c,
            _ => (byte)'u',
        };
        if (target[1] != 'u') return 2;
        Utf8Formatter.TryFormat(c, target[2..], out _, new System.Buffers.StandardFormat('x', 4));
        return 6;
    }

    private Span<byte> Free(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _bytes.Length, (long)Length + count), Array.MaxLength));
        }

        return _bytes.AsSpan(Length);
    }
}
