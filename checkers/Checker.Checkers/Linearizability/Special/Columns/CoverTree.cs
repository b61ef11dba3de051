using System.Numerics;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// How often each gap of time is covered. The ranges to begin with are put in together, O(1) each; after that, ranges are added and taken
/// away, and uncovered gaps are found, in O(log n), next to an uncovered gap in the logarithm of the distance. 8 to 16 bytes for each gap.
/// </summary>
internal sealed class CoverTree
{
    private readonly int[] _least; // of the subtree, less what is the least of the subtree above it: of two halves the lesser holds zero
    private readonly int _size;

    /// <summary>Begins with nothing covered; <see cref="Put"/> and <see cref="Build"/> come next.</summary>
    public CoverTree(int gaps)
    {
        _size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, gaps));
        _least = new int[2 * _size];
    }

    /// <summary>Covers the gaps from one up to another to begin with; until <see cref="Build"/> only.</summary>
    public void Put(int from, int to)
    {
        if (from >= to) return;
        _least[_size + from]++;
        if (to < _size) _least[_size + to]--;
    }

    /// <summary>Makes the tree of all that was put in. O(n).</summary>
    public void Build()
    {
        var covered = 0;
        foreach (ref var leaf in _least.AsSpan(_size)) leaf = covered += leaf;
        for (var node = _size - 1; node > 0; node--) Balance(node);
    }

    /// <summary>Adds to how often the gaps from one up to another are covered.</summary>
    public void Add(int from, int to, int times)
    {
        if (from >= to) return;
        var (low, high) = (_size + from, _size + to);
        var (left, right) = (low, high - 1); // the ends of the range, and what is above them
        var (leftChanged, rightChanged) = (false, false);
        while (low < high || leftChanged || rightChanged)
        {
            if (low < high && (low & 1) != 0)
            {
                _least[low++] += times;
                leftChanged = true;
            }

            if (low < high && (high & 1) != 0)
            {
                _least[--high] += times;
                rightChanged = true;
            }

            (low, high, left, right) = (low >> 1, high >> 1, left >> 1, right >> 1);
            if (left == 0) return;
            if (left == right) leftChanged = rightChanged = (leftChanged || rightChanged) && Balance(left);
            else (leftChanged, rightChanged) = (leftChanged && Balance(left), rightChanged && Balance(right));
        }
    }

    /// <summary>The first gap from one up to another that nothing covers; −1 if there is none.</summary>
    public int FirstFree(int from, int to)
    {
        if (from >= to) return -1;
        var covered = 0;
        for (var node = _size + from; node > 0; node >>= 1) covered += _least[node];
        var free = covered == 0 ? from : Next(_size + from, covered);
        return free < to ? free : -1;
    }

    /// <summary>The first uncovered gap after one that is uncovered itself; the number of gaps or more if there is none.</summary>
    public int NextFree(int free) => Next(_size + free, 0);

    // The first uncovered gap after a leaf that is covered so often, all that is above it counted.
    private int Next(int node, int covered)
    {
        for (; node > 1; node >>= 1)
        {
            covered -= _least[node];
            if ((node & 1) != 0 || covered + _least[node + 1] != 0) continue;
            for (node++; node < _size;) node = _least[2 * node] == 0 ? 2 * node : (2 * node) + 1;
            return node - _size;
        }

        return _size;
    }

    // What both halves have in common is held above them; whether there was something.
    private bool Balance(int node)
    {
        ref var one = ref _least[2 * node];
        ref var other = ref _least[(2 * node) + 1];
        var common = Math.Min(one, other);
        if (common == 0) return false;
        one -= common;
        other -= common;
        _least[node] += common;
        return true;
    }
}
