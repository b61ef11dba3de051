using System.Runtime.CompilerServices;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// What registers held: pairs of a register and a value, numbered densely by first appearance. Values that go up as the history goes on have the first pair of
/// each in a column, which then is walked, not jumped; the others are found by open addressing. About 20 to 40 bytes for each pair.
/// </summary>
internal sealed class RegisterContents
{
    private const int PayloadShift = 3; // of a ValueId
    private const long TagMask = (1 << PayloadShift) - 1;
    private const int RunBits = 4;
    private const int MostPlaces = 8; // of the column, for each pair
    private const int AlwaysPlaces = 1 << 12;
    private const long Odd = 0x5851_F42D_4C95_7F2DL;

    private int[] _column = []; // by value: number + 1; 0 is free
    private long _first; // value of the column
    private bool _hasRefused; // whether a value had no place in the column when it came, though it may have one now
    private int[] _slots = new int[64]; // number + 1; 0 is free
    private int _hashed;
    private long[] _values;
    private int[] _registers;

    /// <summary>Begins with none.</summary>
    /// <param name="expected">How many there will be, about.</param>
    public RegisterContents(int expected)
    {
        _values = GC.AllocateUninitializedArray<long>(expected + 1);
        _registers = GC.AllocateUninitializedArray<int>(expected + 1);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The register of one.</summary>
    public int RegisterOf(int number) => _registers[number];

    /// <summary>The value of one.</summary>
    public ValueId ValueOf(int number) => new(_values[number]);

    /// <summary>The number of a pair, which gets one if it has none.</summary>
    public int NumberOf(int register, ValueId value)
    {
        if (Count == 0) _first = value.Bits;
        var place = value.Bits - _first;
        if ((place & TagMask) == 0 && IsInReach(place >>= PayloadShift))
        {
            ref var known = ref _column[place];
            if (known == 0 && (!_hasRefused || Find(register, value.Bits) == 0)) known = Add(register, value.Bits);
            if (known != 0 && _registers[known - 1] == register) return known - 1;
        }

        ref var slot = ref Find(register, value.Bits);
        if (slot != 0) return slot - 1;
        slot = Add(register, value.Bits);
        if (2 * ++_hashed > _slots.Length) Grow();
        return Count - 1;
    }

    /// <summary>Gives back what only <see cref="NumberOf"/> needs; nothing is numbered any more.</summary>
    public void Close() => (_column, _slots) = ([], []);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInReach(long place) => (ulong)place < (ulong)_column.Length || Reach(place);

    private bool Reach(long place)
    {
        if (place < 0) return false;
        if (place >= Math.Min(AlwaysPlaces + ((long)MostPlaces * Count), Array.MaxLength))
        {
            _hasRefused = true;
            return false;
        }

        Array.Resize(ref _column, (int)Math.Min(Math.Max(place + 1, Math.Max(AlwaysPlaces, 2L * _column.Length)), Array.MaxLength));
        return true;
    }

    // Its number + 1.
    private int Add(int register, long bits)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, 2 * Count);
            Array.Resize(ref _registers, 2 * Count);
        }

        _values[Count] = bits;
        _registers[Count] = register;
        return ++Count;
    }

    private void Grow()
    {
        var hashed = _slots;
        _slots = new int[2 * _slots.Length];
        foreach (var number in hashed)
        {
            if (number > 0) Find(_registers[number - 1], _values[number - 1]) = number;
        }
    }

    // Neighbours have neighbouring slots, a cache line of them; where one is taken, any other slot serves.
    private ref int Find(int register, long bits)
    {
        var mask = _slots.Length - 1;
        var payload = bits >> PayloadShift;
        var slot = (int)((Mix((payload >> RunBits) + (register * Odd)) << RunBits) | (ulong)(payload & ((1 << RunBits) - 1))) & mask;
        if (IsFreeOr(slot, register, bits)) return ref _slots[slot];
        slot = (int)Mix(bits + (register * Odd)) & mask;
        while (!IsFreeOr(slot, register, bits)) slot = (slot + 1) & mask;
        return ref _slots[slot];
    }

    private bool IsFreeOr(int slot, int register, long bits)
    {
        var number = _slots[slot] - 1;
        return number < 0 || (_values[number] == bits && _registers[number] == register);
    }

    private static ulong Mix(long bits) => ((ulong)bits * 0x9E37_79B9_7F4A_7C15UL) >> 33;
}
