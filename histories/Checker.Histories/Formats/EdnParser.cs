using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>
/// Reads EDN forms into a table. Keywords, symbols and characters become strings; sets become sorted lists; <c>#inst</c> and <c>#uuid</c>
/// their strings; any other tag a map of one entry, from the tag with its <c>#</c> to what it stands before, so that nothing is lost.
/// </summary>
internal ref struct EdnParser(ReadOnlySpan<byte> text, string file, int line, ValueTable values)
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>The tag before the next form, without its <c>#</c>; null if there is none. The tag is taken.</summary>
    public string? TakeTag()
    {
        SkipSpace();
        if (!Next(0, '#') || Next(1, '{') || Next(1, '"') || Next(1, '#')) return null;
        if (Next(1, '_')) throw Refuse("#_ without a form to discard");
        var tag = Token(_at + 1);
        if (tag.IsEmpty || !IsSymbolStart(tag[0])) throw Refuse("a # without a tag: expected a symbol, a set or #_");
        _at += tag.Length + 1;
        SkipSpace();
        return Utf8Text.Decode(tag);
    }

    /// <summary>Enters the collection that begins here, if it begins with that bracket.</summary>
    public bool TryOpen(char bracket)
    {
        SkipSpace();
        if (!Next(0, bracket)) return false;
        _at++;
        return true;
    }

    /// <summary>Leaves the collection if it ends here.</summary>
    public bool TryClose(char bracket)
    {
        SkipSpace();
        if (_at == _text.Length) throw Refuse($"the text ends inside a form: expected {bracket}");
        if (_text[_at] is not ((byte)'}' or (byte)']' or (byte)')')) return false;
        if (_text[_at] != bracket) throw Refuse($"{(char)_text[_at]}: expected {bracket}");
        _at++;
        return true;
    }

    /// <summary>Passes over the next form.</summary>
    public void Skip()
    {
        var end = EdnText.EndOf(_text, _at, isFinal: true);
        _at = end == EdnText.Incomplete ? throw Refuse("the text ends inside a form") : end;
    }

    /// <summary>Refuses anything but space up to the end.</summary>
    public void ExpectEnd()
    {
        SkipSpace();
        if (_at < _text.Length) throw Refuse($"{Shown()}: expected nothing more");
    }

    /// <summary>The next form.</summary>
    /// <exception cref="HistoryFormatException">It is malformed.</exception>
    public ValueId Read(int depth = 0)
    {
        if (depth > JsonValueReader.MaxDepth) throw Refuse($"nested deeper than {JsonValueReader.MaxDepth} levels");
        var tag = TakeTag();
        if (tag is not null) return Tagged(tag, Read(depth + 1));
        if (_at == _text.Length) throw Refuse("the text ends: expected a value");
        switch (_text[_at])
        {
            case (byte)'[': return values.List(Items(']', 1, depth));
            case (byte)'(': return values.List(Items(')', 1, depth));
            case (byte)'{': return Map(Items('}', 1, depth));
            case (byte)'#' when Next(1, '{'): return Set(Items('}', 2, depth));
            case (byte)'#': throw Refuse($"{Shown()}: expected a value; a regular expression, infinity or not-a-number is none");
            case (byte)'"': return String();
            case (byte)'\\': return Character();
            case (byte)'}' or (byte)']' or (byte)')': throw Refuse($"{(char)_text[_at]}: expected a value");
            default: return Atom();
        }
    }

    /// <summary>The error at the place that was reached.</summary>
    public readonly HistoryFormatException Refuse(string problem) =>
        new(file, line + _text[..Math.Min(_at, _text.Length)].Count((byte)'\n'), problem);

    private Span<ValueId> Items(char end, int open, int depth)
    {
        _at += open;
        var items = new List<ValueId>();
        while (!TryClose(end)) items.Add(Read(depth + 1));
        return CollectionsMarshal.AsSpan(items);
    }

    private readonly ValueId Map(Span<ValueId> keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0) throw Refuse("a map in which the last key has no value: expected keys and values in turn");
        try
        {
            return values.Map(keysAndValues);
        }
        catch (ArgumentException)
        {
            throw Refuse("a map that has a key twice: expected each key once");
        }
    }

    private readonly ValueId Set(Span<ValueId> items)
    {
        var table = values;
        items.Sort((a, b) => table.Get(a).CompareTo(table.Get(b)));
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i] == items[i - 1]) throw Refuse($"a set that has {values.Text(items[i])} twice: expected each element once");
        }

        return values.List(items);
    }

    private readonly ValueId Tagged(string tag, ValueId form) => tag switch
    {
        "inst" or "uuid" => values.Kind(form) == ValueKind.String
            ? form
            : throw Refuse($"#{tag} before {values.Text(form)}: expected a string"),
        _ => values.Map([values.String($"#{tag}"), form]),
    };

    private ValueId String()
    {
        var end = EdnText.EndOfString(_text, _at);
        if (end == EdnText.Incomplete) throw Refuse("a string that does not end: expected a closing quote");
        var contents = _text[(_at + 1)..(end - 1)];
        var id = contents.Contains((byte)'\\') ? Unescape(contents) : values.String(contents);
        _at = end;
        return id;
    }

    private readonly ValueId Unescape(ReadOnlySpan<byte> contents)
    {
        for (var i = contents.IndexOf((byte)'\\'); i < contents.Length; i++)
        {
            if (contents[i] != '\\') continue;
            i++;
            if (contents[i] == 'u')
            {
                var digits = contents[(i + 1)..];
                if (digits.Length < 4 || digits[..4].ContainsAnyExcept(HexDigits))
                {
                    throw Refuse("\\u in a string: expected four hexadecimal digits");
                }

                i += 4;
            }
            else if (!"\"\\/bfnrt"u8.Contains(contents[i]))
            {
                throw Refuse($"\\{(char)contents[i]} in a string: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000");
            }
        }

        var target = new byte[contents.Length];
        return values.String(target.AsSpan(0, Utf8Text.Unescape(contents, target)));
    }

    private ValueId Character()
    {
        var end = EdnText.EndOfCharacter(_text, _at);
        var name = end == EdnText.Incomplete ? default : _text[(_at + 1)..end];
        if (name.IsEmpty || (name.Length == 1 && EdnText.IsSpace(name[0])))
        {
            throw Refuse("a \\ without a character: expected one such as \\a");
        }

        ReadOnlySpan<byte> character = name switch
        {
            _ when name.SequenceEqual("newline"u8) => "\n"u8,
            _ when name.SequenceEqual("return"u8) => "\r"u8,
            _ when name.SequenceEqual("space"u8) => " "u8,
            _ when name.SequenceEqual("tab"u8) => "\t"u8,
            _ when name.SequenceEqual("backspace"u8) => "\b"u8,
            _ when name.SequenceEqual("formfeed"u8) => "\f"u8,
            _ => name,
        };
        if (name is [(byte)'u', _, _, _, _] && !name[1..].ContainsAnyExcept(HexDigits))
        {
            Span<byte> encoded = stackalloc byte[4];
            var unit = int.Parse(name[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            _at = end;
            return values.String(encoded[..Utf8Text.Encode(unit, encoded)]);
        }

        Rune.DecodeFromUtf8(character, out _, out var length);
        if (length != character.Length)
        {
            throw Refuse($"the character \\{Utf8Text.Decode(name)}: expected a single one or a name such as \\newline");
        }

        _at = end;
        return values.String(character);
    }

    private ValueId Atom()
    {
        var token = Token(_at);
        var first = token[0];
        ValueId id;
        if (IsDigit(first) || (first is (byte)'+' or (byte)'-' && token.Length > 1 && IsDigit(token[1]))) id = Number(token);
        else if (first == ':') id = Keyword(token);
        else if (token.SequenceEqual("nil"u8)) id = ValueId.Null;
        else if (token.SequenceEqual("true"u8)) id = ValueId.Boolean(true);
        else if (token.SequenceEqual("false"u8)) id = ValueId.Boolean(false);
        else if (IsSymbolStart(first)) id = values.String(token);
        else throw Refuse($"{Shown()}: expected a value");
        _at += token.Length;
        return id;
    }

    private readonly ValueId Keyword(ReadOnlySpan<byte> token) =>
        token.Length > 1 && token[1] != ':' ? values.String(token[1..]) : throw Refuse($"{Shown()}: expected a keyword such as :ok");

    private readonly ValueId Number(ReadOnlySpan<byte> token)
    {
        var text = Encoding.UTF8.GetString(token);
        var (sign, digits) = text[0] is '+' or '-' ? (text[..1], text[1..]) : ("", text);
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0)
            {
                return values.Integer(sign == "-" ? -hex : hex);
            }

            throw Refuse($"the number {Shown()}: expected an integer of at most 64 bits");
        }

        if (digits.Contains('/', StringComparison.Ordinal)) throw Refuse($"the ratio {Shown()}: expected an integer or a decimal");
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
        {
            throw Refuse($"the number {Shown()}: expected no leading zero");
        }

        var whole = digits[^1] == 'N' ? digits[..^1] : digits;
        if (whole.All(char.IsAsciiDigit))
        {
            return long.TryParse(sign + whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                ? values.Integer(integer)
                : throw Refuse($"the number {Shown()}: expected an integer of at most 64 bits");
        }

        const NumberStyles Decimals = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var exact = digits[^1] == 'M' ? digits[..^1] : digits;
        return double.TryParse(sign + exact, Decimals, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? values.Decimal(number)
            : throw Refuse($"the number {Shown()}: expected an integer, or a decimal in the range of a double");
    }

    // White space, comments and discarded forms.
    private void SkipSpace()
    {
        _at = EdnText.SkipSpace(_text, _at);
        while (Next(0, '#') && Next(1, '_'))
        {
            var end = EdnText.EndOf(_text, _at + 2, isFinal: true);
            if (end == EdnText.Incomplete) throw Refuse("#_ without a form to discard");
            _at = EdnText.SkipSpace(_text, end);
        }
    }

    private readonly bool Next(int ahead, char c) => _at + ahead < _text.Length && _text[_at + ahead] == c;

    private readonly ReadOnlySpan<byte> Token(int at) => _text[at..EdnText.EndOfToken(_text, at)];

    private readonly string Shown()
    {
        var shown = Utf8Text.Decode(Token(_at));
        return shown.Length <= 60 ? shown : $"{shown[..60]}…";
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsSymbolStart(byte b) => b >= 0x80 || char.IsAsciiLetter((char)b) || ".*+!-_?$%&=<>/|"u8.Contains(b);
}
