namespace Checker.Harness.Generators;

/// <summary>
/// An immutable array of any length whose elements begin as the default. Reading takes one step, and setting copies at most 32 references, per
/// factor of 32 in the greatest index used.
/// </summary>
internal readonly struct PersistentArray<T>
{
    private const int Bits = 5;
    private const int Width = 1 << Bits;
    private readonly object?[]? _root; // object?[] of inner nodes, whose last level are T[] leaves
    private readonly T[]? _leaf; // instead of a root, as long as one leaf is enough
    private readonly int _depth;

    private PersistentArray(object?[]? root, T[]? leaf, int depth)
    {
        _root = root;
        _leaf = leaf;
        _depth = depth;
    }

    public T? this[int index]
    {
        get
        {
            if (_depth == 0) return _leaf is null || (uint)index >= Width ? default : _leaf[index];
            if (index >> (Bits * _depth) >= Width) return default;
            object? node = _root;
            for (var level = _depth; level > 0 && node is not null; level--) node = ((object?[])node)[(index >> (Bits * level)) & (Width - 1)];
            return node is null ? default : ((T[])node)[index & (Width - 1)];
        }
    }

    public PersistentArray<T> Set(int index, T value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        object? root = _depth == 0 ? _leaf : _root;
        var depth = _depth;
        while (index >> (Bits * depth) >= Width)
        {
            var above = new object?[Width];
            above[0] = root;
            root = above;
            depth++;
        }

        root = Set(root, depth, index, value);
        return depth == 0 ? new(null, (T[])root, 0) : new((object?[])root, null, depth);
    }

    private static object Set(object? node, int level, int index, T value)
    {
        if (level == 0)
        {
            var leaf = node is null ? new T[Width] : (T[])((T[])node).Clone();
            leaf[index & (Width - 1)] = value;
            return leaf;
        }

        var inner = node is null ? new object?[Width] : (object?[])((object?[])node).Clone();
        var slot = (index >> (Bits * level)) & (Width - 1);
        inner[slot] = Set(inner[slot], level - 1, index, value);
        return inner;
    }
}
