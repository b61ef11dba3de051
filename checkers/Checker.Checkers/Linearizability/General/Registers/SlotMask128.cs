using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>A set of up to 128 slots.</summary>
internal readonly struct SlotMask128(ulong low, ulong high) : ISlotMask<SlotMask128>
{
    private readonly ulong _low = low;
    private readonly ulong _high = high;

    public static int Capacity => 128;

    public static SlotMask128 Of(int slot) => slot < 64 ? new(1UL << slot, 0) : new(0, 1UL << (slot - 64));

    public static SlotMask128 operator |(SlotMask128 left, SlotMask128 right) => new(left._low | right._low, left._high | right._high);

    public static SlotMask128 operator &(SlotMask128 left, SlotMask128 right) => new(left._low & right._low, left._high & right._high);

    public static SlotMask128 operator -(SlotMask128 left, SlotMask128 right) => new(left._low & ~right._low, left._high & ~right._high);

    public bool IsEmpty => (_low | _high) == 0;

    public int Count => BitOperations.PopCount(_low) + BitOperations.PopCount(_high);

    public int Lowest => _low != 0 ? BitOperations.TrailingZeroCount(_low) : 64 + BitOperations.TrailingZeroCount(_high);

    public ulong Hash => _low ^ BitOperations.RotateLeft(_high * 0x9E3779B97F4A7C15UL, 32);

    public bool Is(SlotMask128 other) => _low == other._low && _high == other._high;
}
