namespace Checker.Histories.Formats;

/// <summary>Where the forms of EDN begin and end, without reading what they mean.</summary>
internal static class EdnText
{
    /// <summary>That a form, or the space before it, goes on beyond the text.</summary>
    public const int Incomplete = -1;

    /// <summary>Whether the byte ends a symbol, keyword or number.</summary>
    public static bool IsDelimiter(byte b) => IsSpace(b) || "\";{}[]()"u8.Contains(b);

    /// <summary>Whether the byte is white space; commas are.</summary>
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f' or (byte)',';

    /// <summary>The position behind white space and comments. At the end of the text if there is nothing else.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] == ';')
            {
                var length = text[at..].IndexOf((byte)'\n');
                at = length < 0 ? text.Length : at + length + 1;
            }
            else if (IsSpace(text[at]))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>
    /// The position behind the next form, tags and discarded forms before it included. Brackets are counted, not matched.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to begin.</param>
    /// <param name="isFinal">Whether the text is all there is, so that a symbol or number may end with it.</param>
    public static int EndOf(ReadOnlySpan<byte> text, int at, bool isFinal)
    {
        for (var needed = 1; needed > 0; needed--)
        {
            at = SkipSpace(text, at);
            while (at < text.Length && text[at] == '#')
            {
                if (at + 1 == text.Length) return Incomplete;
                if (text[at + 1] is (byte)'{' or (byte)'"' or (byte)'#') break;
                if (text[at + 1] == '_')
                {
                    needed++;
                    at += 2;
                }
                else
                {
                    at = EndOfToken(text, at + 1);
                }

                at = SkipSpace(text, at);
            }

            if (at == text.Length) return Incomplete;
            at = EndOfUntagged(text, at, isFinal);
            if (at == Incomplete) return Incomplete;
        }

        return at;
    }

    /// <summary>The position behind a symbol, keyword or number.</summary>
    public static int EndOfToken(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && !IsDelimiter(text[at])) at++;
        return at;
    }

    /// <summary>The position behind the string whose opening quote is given.</summary>
    public static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at + 1;
        }

        return Incomplete;
    }

    /// <summary>The position behind the character whose backslash is given.</summary>
    public static int EndOfCharacter(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length) return Incomplete;
        System.Text.Rune.DecodeFromUtf8(text[(at + 1)..], out _, out var length);
        return EndOfToken(text, at + 1 + length);
    }

    private static int EndOfUntagged(ReadOnlySpan<byte> text, int at, bool isFinal)
    {
        var depth = 0;
        do
        {
            at = SkipSpace(text, at);
            if (at >= text.Length) return Incomplete;
            if (text[at] == '#' && at + 1 < text.Length && text[at + 1] is (byte)'{' or (byte)'"') at++;
            switch (text[at])
            {
                case (byte)'{' or (byte)'[' or (byte)'(':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']' or (byte)')':
                    depth--;
                    at++;
                    break;
                case (byte)'"':
                    at = EndOfString(text, at);
                    break;
                case (byte)'\\':
                    at = EndOfCharacter(text, at);
                    break;
                default:
                    at = EndOfToken(text, at);
                    break;
            }

            if (at == Incomplete) return Incomplete;
        }
        while (depth > 0);
        return at == text.Length && !isFinal && !IsDelimiter(text[at - 1]) ? Incomplete : at;
    }
}
