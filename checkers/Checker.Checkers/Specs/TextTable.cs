using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// Numbers for texts that grow by appending, such that equal texts have equal numbers. A text is its prefix and its last piece: appending
/// costs the
/// length of the piece, however long the text is.
/// </summary>
/// <param name="values">The table that pieces come from.</param>
internal sealed class TextTable(ValueTable values)
{
    /// <summary>The number of the empty text.</summary>
    public const int Empty = 0;

    private const ulong Base = 0x9E3779B97F4A7C15UL;

    private readonly List<Node> _nodes = [new(-1, default, 0, 0)];
    private readonly Dictionary<(int Length, ulong Hash), int> _first = new() { [(0, 0)] = Empty };
    private readonly Dictionary<(int Prefix, long Piece), int> _known = [];

    /// <summary>The number of a string.</summary>
    public int Number(ValueId text) => Append(Empty, text);

    /// <summary>The number of a text with a string added to its end.</summary>
    public int Append(int prefix, ValueId piece)
    {
        if (_known.TryGetValue((prefix, piece.Bits), out var number)) return number;
        var bytes = values.Utf8(piece);
        var hash = _nodes[prefix].Hash;
        foreach (var b in bytes) hash = (hash * Base) + b + 1;
        var node = new Node(prefix, piece, _nodes[prefix].Length + bytes.Length, hash);
        number = bytes.IsEmpty ? prefix : Find(node);
        _known.Add((prefix, piece.Bits), number);
        return number;
    }

    /// <summary>The text in quotation marks, shortened in the middle if it is long.</summary>
    public string Quote(int number)
    {
        var text = System.Text.Encoding.UTF8.GetString(Bytes(_nodes[number]));
        return Value.String(text.Length <= 200 ? text : $"{text[..100]}…{text[^100..]}").ToString();
    }

    private int Find(Node node)
    {
        // Equal texts have equal lengths and hashes; the few that only look equal are told apart by their bytes.
        var salt = 0UL;
        while (_first.TryGetValue((node.Length, node.Hash + salt), out var other))
        {
            if (Bytes(_nodes[other]).AsSpan().SequenceEqual(Bytes(node))) return other;
            salt += 0xD6E8FEB86659FD93UL;
        }

        _first.Add((node.Length, node.Hash + salt), _nodes.Count);
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private byte[] Bytes(Node node)
    {
        var bytes = new byte[node.Length];
        for (var end = node.Length; end > 0; node = _nodes[node.Prefix])
        {
            var piece = values.Utf8(node.Piece);
            end -= piece.Length;
            piece.CopyTo(bytes.AsSpan(end));
        }

        return bytes;
    }

    private readonly record struct Node(int Prefix, ValueId Piece, int Length, ulong Hash);
}
