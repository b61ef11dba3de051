namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>Many short lists of numbers in one array.</summary>
internal sealed class Lists
{
    private readonly int[] _starts; // of each list, and the end
    private readonly int[] _items;

    /// <summary>Takes the columns over.</summary>
    /// <param name="starts">Where each list begins, and the end of the last one.</param>
    /// <param name="items">The numbers, list by list; what lies behind the end of the last list is not looked at.</param>
    public Lists(int[] starts, int[] items)
    {
        _starts = starts;
        _items = items;
    }

    /// <summary>Any number of lists, of which none holds anything.</summary>
    public static Lists Empty { get; } = new([0], []);

    /// <summary>How many lists there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>How many numbers there are in all.</summary>
    public int Total => _starts[^1];

    /// <summary>One list.</summary>
    public ReadOnlySpan<int> this[int list] => _items.Length == 0 ? [] : _items.AsSpan(_starts[list], _starts[list + 1] - _starts[list]);

    /// <summary>Shares numbers out to lists, in the order in which they come. O(lists + numbers).</summary>
    /// <param name="lists">How many lists.</param>
    /// <param name="owners">The list of each number.</param>
    /// <param name="items">The numbers.</param>
    public static Lists Of(int lists, ReadOnlySpan<int> owners, ReadOnlySpan<int> items)
    {
        if (items.IsEmpty) return Empty;
        var starts = new int[lists + 1];
        foreach (var owner in owners) starts[owner + 1]++;
        var sorted = Places(starts, items.Length);
        for (var i = items.Length - 1; i >= 0; i--) sorted[--starts[owners[i] + 1]] = items[i];
        return Placed(starts, sorted);
    }

    /// <summary>For each number the lists that it is in, increasing. O(numbers).</summary>
    /// <param name="numbers">How many numbers.</param>
    public Lists Inverse(int numbers)
    {
        if (Total == 0) return Empty;
        var starts = new int[numbers + 1];
        foreach (var item in _items.AsSpan(0, Total)) starts[item + 1]++;
        var sorted = Places(starts, Total);
        for (var list = Count - 1; list >= 0; list--)
        {
            foreach (var item in this[list]) sorted[--starts[item + 1]] = list;
        }

        return Placed(starts, sorted);
    }

    // Each list is filled from its end, which so becomes where it begins.
    private static int[] Places(int[] counts, int total)
    {
        for (var list = 1; list < counts.Length; list++) counts[list] += counts[list - 1];
        return GC.AllocateUninitializedArray<int>(total);
    }

    private static Lists Placed(int[] starts, int[] sorted)
    {
        starts.AsSpan(1).CopyTo(starts);
        starts[^1] = sorted.Length;
        return new Lists(starts, sorted);
    }
}
