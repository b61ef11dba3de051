using System.Buffers;
using System.Text;

namespace Checker.Histories.Values;

/// <summary>
/// Text as bytes: UTF-8 in which a lone surrogate travels as its three-byte form, so that every string of JSON and of .NET survives.
/// </summary>
internal static class Utf8Text
{
    /// <summary>The bytes of a string.</summary>
    /// <param name="text">The string, lone surrogates included.</param>
    /// <param name="target">Receives the bytes; three for each UTF-16 unit are enough.</param>
    /// <returns>How many there are.</returns>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (System.Text.Unicode.Utf8.FromUtf16(text, target, out _, out var all, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return all;
        }

        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var status = Rune.DecodeFromUtf16(text[i..], out var rune, out var units);
            written += status == OperationStatus.Done ? rune.EncodeToUtf8(target[written..]) : Encode(text[i], target[written..]);
            i += units - 1;
        }

        return written;
    }

    /// <summary>The string of bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8)) return Encoding.UTF8.GetString(utf8);
        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append((char)(((utf8[0] & 0x0F) << 12) | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F)));
                consumed = 3;
            }

            utf8 = utf8[consumed..];
        }

        return text.ToString();
    }

    /// <summary>
    /// Undoes the escapes of a JSON string. The result is never longer than the source.
    /// </summary>
    /// <param name="escaped">The contents between the quotes, known to be well-formed.</param>
    /// <param name="target">Receives the bytes.</param>
    /// <returns>How many there are.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> target)
    {
        var written = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            var b = escaped[i];
            if (b != '\\')
            {
                target[written++] = b;
                continue;
            }

            b = escaped[++i];
            if (b == 'u')
            {
                var unit = Hex(escaped.Slice(i + 1, 4));
                i += 4;
                if (char.IsHighSurrogate((char)unit) && i + 6 < escaped.Length && escaped[i + 1] == '\\' && escaped[i + 2] == 'u')
                {
                    var low = Hex(escaped.Slice(i + 3, 4));
                    if (char.IsLowSurrogate((char)low))
                    {
                        unit = char.ConvertToUtf32((char)unit, (char)low);
                        i += 6;
                    }
                }

                written += Encode(unit, target[written..]);
            }
            else
            {
                target[written++] = b switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'t' => (byte)'\t',
                    (byte)'r' => (byte)'\r',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    _ => b,
                };
            }
        }

        return written;
    }

    /// <summary>Encodes a code point or a lone surrogate.</summary>
    public static int Encode(int codePoint, Span<byte> target)
    {
        if (Rune.TryCreate(codePoint, out var rune)) return rune.EncodeToUtf8(target);
        target[0] = (byte)(0xE0 | (codePoint >> 12));
        target[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
        target[2] = (byte)(0x80 | (codePoint & 0x3F));
        return 3;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }
}
