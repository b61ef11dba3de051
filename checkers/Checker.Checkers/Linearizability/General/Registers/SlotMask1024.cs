using System.Numerics;
using System.Runtime.CompilerServices;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>A set of up to 1,024 slots.</summary>
[InlineArray(Words)]
internal struct SlotMask1024 : ISlotMask<SlotMask1024>
{
    private const int Words = 16;
    private ulong _first;

    public static int Capacity => 64 * Words;

    public static SlotMask1024 Of(int slot)
    {
        var mask = default(SlotMask1024);
        mask[slot >> 6] = 1UL << slot;
        return mask;
    }

    public static SlotMask1024 operator |(SlotMask1024 left, SlotMask1024 right)
    {
        for (var word = 0; word < Words; word++) left[word] |= right[word];
        return left;
    }

    public static SlotMask1024 operator &(SlotMask1024 left, SlotMask1024 right)
    {
        for (var word = 0; word < Words; word++) left[word] &= right[word];
        return left;
    }

    public static SlotMask1024 operator -(SlotMask1024 left, SlotMask1024 right)
    {
        for (var word = 0; word < Words; word++) left[word] &= ~right[word];
        return left;
    }

    public readonly bool IsEmpty => ((ReadOnlySpan<ulong>)this).IndexOfAnyExcept(0UL) < 0;

    public readonly int Count
    {
        get
        {
            var count = 0;
            foreach (var word in this) count += BitOperations.PopCount(word);
            return count;
        }
    }

    public readonly int Lowest
    {
        get
        {
            var word = ((ReadOnlySpan<ulong>)this).IndexOfAnyExcept(0UL);
            return (64 * word) + BitOperations.TrailingZeroCount(this[word]);
        }
    }

    public readonly ulong Hash
    {
        get
        {
            var hash = 0UL;
            foreach (var word in this) hash = (BitOperations.RotateLeft(hash, 7) ^ word) * 0x9E3779B97F4A7C15UL;
            return hash;
        }
    }

    public readonly bool Is(SlotMask1024 other) => ((ReadOnlySpan<ulong>)this).SequenceEqual(other);
}
