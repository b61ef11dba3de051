namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>Many short lists of numbers in one array.</summary>
internal sealed class Lists
{
    private readonly int[] _starts; // of each list, and the end
    private readonly int[] _items;

    private Lists(int[] starts, int[] items)
    {
        _starts = starts;
        _items = items;
    }

    /// <summary>How many lists there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>How many numbers there are in all.</summary>
    public int Total => _items.Length;

    /// <summary>One list.</summary>
    public ReadOnlySpan<int> this[int list] => _items.AsSpan(_starts[list], _starts[list + 1] - _starts[list]);

    /// <summary>Shares numbers out to lists, in the order in which they come. O(lists + numbers).</summary>
    /// <param name="lists">How many lists.</param>
    /// <param name="owners">The list of each number.</param>
    /// <param name="items">The numbers.</param>
    public static Lists Of(int lists, ReadOnlySpan<int> owners, ReadOnlySpan<int> items)
    {
        var starts = new int[lists + 1];
        foreach (var owner in owners) starts[owner + 1]++;
        for (var list = 0; list < lists; list++) starts[list + 1] += starts[list];
        var next = starts[..^1];
        var sorted = new int[items.Length];
        for (var i = 0; i < items.Length; i++) sorted[next[owners[i]]++] = items[i];
        return new Lists(starts, sorted);
    }
}
