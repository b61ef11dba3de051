namespace Checker.Checkers.Specs;

/// <summary>
/// Maps from small numbers to 64-bit values that share what they have in common: a binary trie whose nodes are made once only, so that two
/// maps are
/// equal iff their numbers are. Absent is zero. Reading and changing cost O(log of the greatest index).
/// </summary>
internal sealed class PersistentMap
{
    /// <summary>The map without entries.</summary>
    public const int Empty = 0;

    private readonly Dictionary<(long Left, long Right, int Height), int> _known = [];
    private readonly List<Node> _nodes = [default];

    /// <summary>What all maps together take, roughly.</summary>
    public long Bytes => 80L * _nodes.Count;

    /// <summary>The value at an index.</summary>
    public long Get(int map, int index)
    {
        if (map == Empty || index >> _nodes[map].Height != 0) return 0;
        while (map != Empty)
        {
            var node = _nodes[map];
            if (node.Height == 0) return node.Left;
            map = (int)((index >> (node.Height - 1) & 1) == 0 ? node.Left : node.Right);
        }

        return 0;
    }

    /// <summary>The map with another value at an index.</summary>
    public int Set(int map, int index, long value)
    {
        var height = map == Empty ? 0 : _nodes[map].Height;
        while (index >> height != 0) map = Make(map, Empty, ++height);
        map = Set(map, height, index, value);

        // A root without a right half is its left half: equal maps have equal roots.
        while (map != Empty && _nodes[map] is { Height: > 0, Right: Empty } node) map = (int)node.Left;
        return map;
    }

    /// <summary>The least index with a value; −1 if there is none.</summary>
    public int First(int map)
    {
        if (map == Empty) return -1;
        var index = 0;
        for (var node = _nodes[map]; node.Height > 0;)
        {
            var right = node.Left == Empty;
            index |= right ? 1 << (node.Height - 1) : 0;
            node = _nodes[(int)(right ? node.Right : node.Left)];
        }

        return index;
    }

    /// <summary>The greatest index with a value; −1 if there is none.</summary>
    public int Last(int map)
    {
        if (map == Empty) return -1;
        var index = 0;
        for (var node = _nodes[map]; node.Height > 0;)
        {
            var right = node.Right != Empty;
            index |= right ? 1 << (node.Height - 1) : 0;
            node = _nodes[(int)(right ? node.Right : node.Left)];
        }

        return index;
    }

    /// <summary>Adds the indexes that have a value, in order.</summary>
    public void Indexes(int map, List<int> into)
    {
        if (map != Empty) Indexes(map, 0, into);
    }

    private void Indexes(int map, int from, List<int> into)
    {
        var node = _nodes[map];
        if (node.Height == 0)
        {
            into.Add(from);
            return;
        }

        if (node.Left != Empty) Indexes((int)node.Left, from, into);
        if (node.Right != Empty) Indexes((int)node.Right, from + (1 << (node.Height - 1)), into);
    }

    private int Set(int map, int height, int index, long value)
    {
        if (height == 0) return value == 0 ? Empty : Make(value, 0, 0);
        var node = map == Empty ? default : _nodes[map];
        return (index >> (height - 1) & 1) == 0
            ? Make(Set((int)node.Left, height - 1, index, value), node.Right, height)
            : Make(node.Left, Set((int)node.Right, height - 1, index, value), height);
    }

    private int Make(long left, long right, int height)
    {
        if (height > 0 && left == Empty && right == Empty) return Empty;
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_known, (left, right, height),
            out var known);
        if (known) return number;
        number = _nodes.Count;
        _nodes.Add(new Node(left, right, height));
        return number;
    }

    private readonly record struct Node(long Left, long Right, int Height);
}
