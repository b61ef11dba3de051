using System.Runtime.CompilerServices;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// A set of configurations: records of a fixed number of 64-bit words in one arena, found by open addressing. No object per configuration.
/// </summary>
/// <param name="width">The words of a record.</param>
internal sealed class ConfigurationSet(int width)
{
    private ulong[] _words = new ulong[64 * width];
    private int[] _slots = new int[128]; // number + 1; 0 is free

    public int Count { get; private set; }

    public long Bytes => (8L * _words.Length) + (4L * _slots.Length);

    /// <summary>What growing once more would take beyond what is held.</summary>
    public long NextBytes => 2 * Count >= _slots.Length - 2 ? 2 * Bytes : Bytes;

    /// <summary>One record.</summary>
    public ReadOnlySpan<ulong> this[int number] => _words.AsSpan(number * width, width);

    /// <summary>Adds a record; false if it was there.</summary>
    public bool Add(ReadOnlySpan<ulong> record)
    {
        for (var slot = (int)Hash(record) & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0)
            {
                Append(record, slot);
                return true;
            }

            if (record.SequenceEqual(_words.AsSpan(number * width, width))) return false;
        }
    }

    private void Append(ReadOnlySpan<ulong> record, int slot)
    {
        if (Count * width == _words.Length) Array.Resize(ref _words, checked(2 * _words.Length));
        record.CopyTo(_words.AsSpan(Count * width));
        _slots[slot] = ++Count;
        if (2 * Count <= _slots.Length) return;
        _slots = new int[checked(2 * _slots.Length)];
        for (var i = 0; i < Count; i++)
        {
            var s = (int)Hash(_words.AsSpan(i * width, width)) & (_slots.Length - 1);
            while (_slots[s] != 0) s = (s + 1) & (_slots.Length - 1);
            _slots[s] = i + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ReadOnlySpan<ulong> record)
    {
        var hash = 0x2545F4914F6CDD1DUL;
        foreach (var word in record)
        {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        return hash;
    }
}
