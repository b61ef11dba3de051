namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>Keys at places; finds the place of the greatest key of a range, the first of equals, in O(log n).</summary>
internal sealed class MaxTree
{
    /// <summary>The key of a place that holds nothing.</summary>
    public const int Nothing = int.MinValue;

    private readonly int[] _keys;
    private readonly int[] _best; // the place of the greatest key of a subtree
    private readonly int _size;

    public MaxTree(int places)
    {
        _size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, places));
        _keys = new int[_size];
        Array.Fill(_keys, Nothing);
        _best = new int[2 * _size];
        for (var i = 0; i < _size; i++) _best[_size + i] = i;
        for (var node = _size - 1; node > 0; node--) _best[node] = _best[2 * node];
    }

    /// <summary>The key at a place.</summary>
    public int this[int place] => _keys[place];

    /// <summary>Sets the key at a place.</summary>
    public void Set(int place, int key)
    {
        _keys[place] = key;
        for (var node = (_size + place) >> 1; node > 0; node >>= 1) _best[node] = Better(_best[2 * node], _best[(2 * node) + 1]);
    }

    /// <summary>The place of the greatest key from one place up to another; −1 if they hold nothing.</summary>
    public int Best(int from, int to)
    {
        var best = -1;
        var (low, high) = (_size + from, _size + to);
        for (; low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0) best = best < 0 ? _best[low++] : Better(best, _best[low++]);
            if ((high & 1) != 0) best = best < 0 ? _best[--high] : Better(best, _best[--high]);
        }

        return best < 0 || _keys[best] == Nothing ? -1 : best;
    }

    private int Better(int one, int other) => _keys[other] > _keys[one] || (_keys[other] == _keys[one] && other < one) ? other : one;
}
