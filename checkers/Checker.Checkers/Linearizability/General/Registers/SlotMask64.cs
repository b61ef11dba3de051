using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>A set of up to 64 slots.</summary>
internal readonly struct SlotMask64(ulong bits) : ISlotMask<SlotMask64>
{
    private readonly ulong _bits = bits;

    public static int Capacity => 64;

    public static SlotMask64 Of(int slot) => new(1UL << slot);

    public static SlotMask64 operator |(SlotMask64 left, SlotMask64 right) => new(left._bits | right._bits);

    public static SlotMask64 operator &(SlotMask64 left, SlotMask64 right) => new(left._bits & right._bits);

    public static SlotMask64 operator -(SlotMask64 left, SlotMask64 right) => new(left._bits & ~right._bits);

    public bool IsEmpty => _bits == 0;

    public int Count => BitOperations.PopCount(_bits);

    public int Lowest => BitOperations.TrailingZeroCount(_bits);

    public ulong Hash => _bits;

    public bool Is(SlotMask64 other) => _bits == other._bits;
}
