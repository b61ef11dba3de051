namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// Sorts small numbers by a position of the history. Entries pack the position into the high and the number into the low half; they
/// mostly come
/// nearly sorted, because whatever is numbered by first appearance is. O(n) for large inputs.
/// </summary>
internal static class PositionSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;
    private const int Sparse = 8; // positions for each number

    /// <summary>The entry of a number at a position; positions from −1 on.</summary>
    public static long Entry(int position, int number) => ((long)(position + 1) << 32) | (uint)number;

    /// <summary>The number of an entry.</summary>
    public static int NumberOf(long entry) => (int)entry;

    /// <summary>The position of an entry.</summary>
    public static int PositionOf(long entry) => (int)(entry >> 32) - 1;

    /// <summary>
    /// The numbers 0, 1, … of some positions, all different, in the order of these. O(n): where the positions lie close together each is looked up in a map of
    /// them all.
    /// </summary>
    public static Rented<int> NumbersByPosition(ReadOnlySpan<int> positions)
    {
        var numbers = new Rented<int>(positions.Length);
        var (least, greatest) = (int.MaxValue, int.MinValue);
        foreach (var position in positions) (least, greatest) = (Math.Min(least, position), Math.Max(greatest, position));
        if (positions.Length == 0 || (long)greatest - least >= (long)Sparse * positions.Length)
        {
            using var entries = new Rented<long>(positions.Length);
            for (var number = 0; number < positions.Length; number++) entries.Span[number] = Entry(positions[number], number);
            Sort(entries.Span);
            for (var i = 0; i < positions.Length; i++) numbers.Span[i] = NumberOf(entries.Span[i]);
            return numbers;
        }

        using var map = new Rented<int>(greatest - least + 1);
        var at = map.Span;
        at.Clear();
        for (var number = 0; number < positions.Length; number++) at[positions[number] - least] = number + 1;
        var sorted = numbers.Span;
        var next = 0;
        foreach (var number in at)
        {
            if (number > 0) sorted[next++] = number - 1;
        }

        return numbers;
    }

    /// <summary>How many of some sorted entries have at most a position. O(log n).</summary>
    public static int CountUpTo(ReadOnlySpan<long> sorted, int position)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (PositionOf(sorted[middle]) <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Sorts entries by position.</summary>
    public static void Sort(Span<long> entries)
    {
        if (TryInsertionSort(entries)) return;
        if (entries.Length <= Digits)
        {
            entries.Sort();
            return;
        }

        using var scratch = new Rented<long>(entries.Length);
        RadixSort(entries, scratch.Span);
    }

    // Gives up, leaving a permutation, once it has moved more than a few entries for each one: then another method is faster.
    private static bool TryInsertionSort(Span<long> entries)
    {
        var budget = 64 + (6L * entries.Length);
        for (var i = 1; i < entries.Length; i++)
        {
            var entry = entries[i];
            var to = i;
            while (to > 0 && entries[to - 1] > entry)
            {
                entries[to] = entries[to - 1];
                to--;
            }

            entries[to] = entry;
            budget -= i - to;
            if (budget < 0) return false;
        }

        return true;
    }

    private static void RadixSort(Span<long> entries, Span<long> scratch)
    {
        long all = 0;
        foreach (var entry in entries) all |= entry;
        Span<int> starts = stackalloc int[Digits];
        var from = entries;
        var to = scratch;
        for (var shift = 32; shift < 64 && all >> shift != 0; shift += DigitBits)
        {
            starts.Clear();
            foreach (var entry in from) starts[(int)(entry >> shift) & (Digits - 1)]++;
            var start = 0;
            for (var digit = 0; digit < Digits; digit++)
            {
                var count = starts[digit];
                starts[digit] = start;
                start += count;
            }

            foreach (var entry in from) to[starts[(int)(entry >> shift) & (Digits - 1)]++] = entry;
            var swap = from;
            from = to;
            to = swap;
        }

        if (from != entries) from.CopyTo(entries);
    }
}
