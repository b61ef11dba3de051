namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// How often each gap of time is covered: ranges are added and taken away, and the first uncovered gap of a range is found, in O(log n)
/// each.
/// </summary>
internal sealed class CoverTree
{
    private readonly int[] _least; // of the subtree, less what is the least of the subtree above it
    private readonly int _size;

    public CoverTree(int gaps)
    {
        _size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, gaps));
        _least = new int[2 * _size];
    }

    /// <summary>Adds to how often the gaps from one up to another are covered.</summary>
    public void Add(int from, int to, int times)
    {
        if (from < to) Add(1, 0, _size, from, to, times);
    }

    /// <summary>The first gap from one up to another that nothing covers; −1 if there is none.</summary>
    public int FirstFree(int from, int to) => from < to ? FirstFree(1, 0, _size, from, to, 0) : -1;

    // Of two halves the lesser holds zero: what both have in common is held above them.
    private void Add(int node, int left, int right, int from, int to, int times)
    {
        if (from <= left && right <= to)
        {
            _least[node] += times;
            return;
        }

        var middle = (left + right) / 2;
        if (from < middle) Add(2 * node, left, middle, from, to, times);
        if (to > middle) Add((2 * node) + 1, middle, right, from, to, times);
        ref var one = ref _least[2 * node];
        ref var other = ref _least[(2 * node) + 1];
        var common = Math.Min(one, other);
        one -= common;
        other -= common;
        _least[node] += common;
    }

    private int FirstFree(int node, int left, int right, int from, int to, int above)
    {
        above += _least[node];
        if (to <= left || right <= from || above > 0) return -1;
        if (right - left == 1) return left;
        var middle = (left + right) / 2;
        var found = FirstFree(2 * node, left, middle, from, to, above);
        return found >= 0 ? found : FirstFree((2 * node) + 1, middle, right, from, to, above);
    }
}
