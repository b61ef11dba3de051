using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>Numbers the values of one object densely by first appearance. An open-addressing table in scratch columns.</summary>
internal struct ValueNumbers : IDisposable
{
    private const int PayloadShift = 3; // of an integer in a ValueId
    private const int RunBits = 4;
    private Rented<int> _slots; // number + 1; 0 is free
    private Rented<long> _bits;

    public ValueNumbers(int expected)
    {
        _bits = new Rented<long>(expected + 2);
        _slots = NewSlots(expected + 2);
        Count = 0;
    }

    /// <summary>How many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>A value by its number.</summary>
    public readonly ValueId this[int number] => new(_bits.Span[number]);

    public void Dispose()
    {
        _slots.Dispose();
        _bits.Dispose();
    }

    /// <summary>The number of a value, which gets one if it has none.</summary>
    public int NumberOf(ValueId value)
    {
        var slot = Find(value.Bits);
        if (_slots.Span[slot] != 0) return _slots.Span[slot] - 1;
        if (Count == _bits.Length) _bits = _bits.Grow(2 * Count);
        _bits.Span[Count] = value.Bits;
        _slots.Span[slot] = ++Count;
        if (2 * Count > _slots.Length) GrowSlots();
        return Count - 1;
    }

    /// <summary>The number of a value; −1 if it has none.</summary>
    public readonly int Lookup(ValueId value) => _slots.Span[Find(value.Bits)] - 1;

    // Integers mostly come in runs, so neighbours get neighbouring slots, a cache line of them; where one is taken, any other slot serves.
    private readonly int Find(long bits)
    {
        var slots = _slots.Span;
        var known = _bits.Span;
        var payload = bits >> PayloadShift;
        var slot = (int)((Hash(payload >> RunBits) << RunBits) | (ulong)(payload & ((1 << RunBits) - 1))) & (slots.Length - 1);
        if (slots[slot] == 0 || known[slots[slot] - 1] == bits) return slot;
        slot = (int)Hash(bits) & (slots.Length - 1);
        while (slots[slot] != 0 && known[slots[slot] - 1] != bits) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private static ulong Hash(long bits) => ((ulong)bits * 0x9E37_79B9_7F4A_7C15UL) >> 33;

    private void GrowSlots()
    {
        _slots.Dispose();
        _slots = NewSlots(2 * Count);
        for (var number = 0; number < Count; number++) _slots.Span[Find(_bits.Span[number])] = number + 1;
    }

    private static Rented<int> NewSlots(int expected)
    {
        var slots = new Rented<int>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)expected * 2));
        slots.Span.Clear();
        return slots;
    }
}
