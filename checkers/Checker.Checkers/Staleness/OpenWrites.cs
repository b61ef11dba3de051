using Checker.Histories;

namespace Checker.Checkers.Staleness;

/// <summary>The writes of each key that are under way, latest first: linked lists in three arrays, changed in O(1).</summary>
internal sealed class OpenWrites
{
    private readonly int[] _head;
    private readonly int[] _next;
    private readonly int[] _previous;

    public OpenWrites(History history)
    {
        _head = new int[history.KeyCount];
        Array.Fill(_head, -1);
        _next = new int[history.Count];
        _previous = new int[history.Count];
    }

    public void Add(int key, int write)
    {
        var head = _head[key];
        _next[write] = head;
        _previous[write] = -1;
        if (head >= 0) _previous[head] = write;
        _head[key] = write;
    }

    public void Remove(int key, int write)
    {
        var (previous, next) = (_previous[write], _next[write]);
        if (previous >= 0) _next[previous] = next;
        else _head[key] = next;
        if (next >= 0) _previous[next] = previous;
    }

    /// <summary>How many of the writes under way have at least an ordinal.</summary>
    public int CountFrom(int key, int ordinal, int[] ordinals)
    {
        var count = 0;
        for (var write = _head[key]; write >= 0 && ordinals[write] >= ordinal; write = _next[write]) count++;
        return count;
    }
}
