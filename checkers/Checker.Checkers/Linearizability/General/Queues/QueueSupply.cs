using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// The enqueues of unknown outcome by value, and how many of each a configuration has used: counts packed into words, each with a spare bit
/// above it, so that all counts of a word are compared at once.
/// </summary>
internal sealed class QueueSupply
{
    private readonly QueueSide _enqueues;
    private readonly int[] _starts; // of each value's part of the events
    private readonly int[] _events; // the numbers of the events of invocation, by value, in order
    private readonly int[] _rows;
    private readonly int[] _bits; // where the count of a value begins
    private readonly List<int> _values = []; // those that have a count

    public QueueSupply(List<QueueOperation> unknown, QueueSide enqueues, int values)
    {
        _enqueues = enqueues;
        (_starts, _bits) = (new int[values + 1], new int[values]);
        (_events, _rows) = (new int[unknown.Count], new int[unknown.Count]);
        foreach (var one in unknown) _starts[one.Value + 1]++;
        var (next, free) = (new int[values], 0);
        for (var value = 0; value < values; value++)
        {
            var width = Width(_starts[value + 1]) + 1;
            next[value] = _starts[value + 1] += _starts[value];
            if (width == 1) continue;
            _values.Add(value);
            if ((free & 63) + width > 64) free = (free | 63) + 1;
            _bits[value] = free;
            free += width;
        }

        Words = (free + 63) / 64;
        Spare = new ulong[Words];
        foreach (var value in _values) Spare[_bits[value] >> 6] |= 1UL << (_bits[value] + Width(CountOf(value)));

        // Both are in the order of invocation.
        for (var i = unknown.Count - 1; i >= 0; i--)
        {
            var at = --next[unknown[i].Value];
            (_events[at], _rows[at]) = (enqueues.Unknown[i], unknown[i].Row);
        }
    }

    /// <summary>How many words the counts take.</summary>
    public int Words { get; }

    /// <summary>The spare bits of each word.</summary>
    public ulong[] Spare { get; }

    /// <summary>Takes the next one of a value, if it has begun at a position; says its row, or −1.</summary>
    public int Take(int value, int position, Span<ulong> counts)
    {
        var count = CountOf(value);
        if (count == 0) return -1;
        var used = UsedOf(value, counts);
        if (used == count || _events[_starts[value] + used] >= position) return -1;
        counts[_bits[value] >> 6] += 1UL << _bits[value];
        return _rows[_starts[value] + used];
    }

    /// <summary>How many of a value are used.</summary>
    public int UsedOf(int value, ReadOnlySpan<ulong> counts) =>
        CountOf(value) == 0 ? 0 : (int)(counts[_bits[value] >> 6] >> _bits[value] & ((1UL << Width(CountOf(value))) - 1));

    /// <summary>How many of a value began before a time.</summary>
    public int BegunBefore(int value, int time)
    {
        var (low, high) = (_starts[value], _starts[value + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_enqueues.Event(_events[middle]).Time < time) low = middle + 1;
            else high = middle;
        }

        return low - _starts[value];
    }

    /// <summary>How many are used.</summary>
    public int Total(ReadOnlySpan<ulong> counts)
    {
        var total = 0;
        foreach (var value in _values) total += UsedOf(value, counts);
        return total;
    }

    private int CountOf(int value) => _starts[value + 1] - _starts[value];

    private static int Width(int count) => count == 0 ? 0 : BitOperations.Log2((uint)count) + 1;
}
