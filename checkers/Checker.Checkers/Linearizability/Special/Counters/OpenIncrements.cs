using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// The increments that may lie in the gap that is being filled: the one that returns first comes first, and with it the one whose last gap comes first; those
/// that never return come last, in the order of invocation. O(log n) each way, of those open at once.
/// </summary>
internal sealed class OpenIncrements
{
    private readonly Queue<int> _unknown = new();
    private long[] _heap = new long[16]; // return and number; a child is no less than its parent
    private int _count;

    /// <summary>Puts one in.</summary>
    public void Add(int number, int returns)
    {
        if (returns == KeyHistory.Never)
        {
            _unknown.Enqueue(number);
            return;
        }

        if (_count == _heap.Length) Array.Resize(ref _heap, 2 * _count);
        var entry = ((long)returns << 32) | (uint)number;
        var at = _count++;
        for (; at > 0 && _heap[(at - 1) / 2] > entry; at = (at - 1) / 2) _heap[at] = _heap[(at - 1) / 2];
        _heap[at] = entry;
    }

    /// <summary>Takes the first one out; false if there is none.</summary>
    public bool TryTake(out int number)
    {
        if (_count == 0) return _unknown.TryDequeue(out number);
        number = (int)_heap[0];
        var last = _heap[--_count];
        var at = 0;
        for (var child = 1; child < _count; child = (2 * at) + 1)
        {
            if (child + 1 < _count && _heap[child + 1] < _heap[child]) child++;
            if (_heap[child] >= last) break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = last;
        return true;
    }
}
