namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>Keys at places; finds the place of the greatest key of a range, the first of equals, in O(log n).</summary>
internal sealed class MaxTree
{
    /// <summary>The key of a place that holds nothing.</summary>
    public const int Nothing = int.MinValue;

    private readonly int[] _keys;
    private readonly int[] _best; // the place of the greatest key of a subtree that is no leaf; −1 if it has no places
    private readonly int _size;

    /// <summary>Puts a key at each place, O(n).</summary>
    public MaxTree(int places, Func<int, int> key)
    {
        _size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, places));
        _keys = new int[places];
        for (var i = 0; i < places; i++) _keys[i] = key(i);
        _best = new int[_size];
        for (var node = _size - 1; node > 0; node--) _best[node] = Better(Place(2 * node), Place((2 * node) + 1));
    }

    /// <summary>The key at a place.</summary>
    public int this[int place] => _keys[place];

    /// <summary>Sets the key at a place.</summary>
    public void Set(int place, int key)
    {
        _keys[place] = key;
        for (var node = (_size + place) >> 1; node > 0; node >>= 1)
        {
            var better = Better(Place(2 * node), Place((2 * node) + 1));
            if (better == _best[node] && better != place) return; // neither before nor now the greatest
            _best[node] = better;
        }
    }

    /// <summary>The place of the greatest key from one place up to another; −1 if they hold nothing.</summary>
    public int Best(int from, int to)
    {
        var best = -1;
        var (low, high) = (_size + from, _size + to);
        for (; low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0) best = Better(best, Place(low++));
            if ((high & 1) != 0) best = Better(best, Place(--high));
        }

        return best < 0 || _keys[best] == Nothing ? -1 : best;
    }

    private int Place(int node) => node < _size ? _best[node] : node - _size < _keys.Length ? node - _size : -1;

    private int Better(int one, int other)
    {
        if (one < 0) return other;
        if (other < 0) return one;
        var (left, right) = (_keys[one], _keys[other]);
        return right > left || (right == left && other < one) ? other : one;
    }
}
