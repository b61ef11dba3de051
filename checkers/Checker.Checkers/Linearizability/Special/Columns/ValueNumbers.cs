using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// Numbers the values of one object densely by first appearance. Where they are known to be integers close together a column has the number of
/// each, otherwise an open-addressing table; both are scratch columns.
/// </summary>
internal struct ValueNumbers : IDisposable
{
    private const int PayloadShift = 3; // of an integer in a ValueId
    private const long TagMask = (1 << PayloadShift) - 1;
    private const int RunBits = 4;
    private Rented<int> _slots; // number + 1; 0 is free
    private Rented<long> _bits;
    private bool _direct; // whether the slot of a value is its distance from the least
    private long _least;

    public ValueNumbers(int expected)
    {
        _bits = new Rented<long>(expected + 2);
        _slots = NewSlots(expected + 2);
        Count = 0;
    }

    /// <summary>Begins, knowing the values.</summary>
    /// <param name="expected">How many there are, about.</param>
    /// <param name="among">A column that has them; those that are null apart, which are not numbered.</param>
    public ValueNumbers(int expected, ReadOnlySpan<ValueId> among)
    {
        _bits = new Rented<long>(expected + 2);
        var (least, greatest, tags) = (long.MaxValue, long.MinValue, 0);
        foreach (var value in among)
        {
            if (value.IsNull) continue;
            least = Math.Min(least, value.Bits);
            greatest = Math.Max(greatest, value.Bits);
            tags |= 1 << (int)(value.Bits & TagMask);
        }

        _direct = int.IsPow2(tags) && (ulong)(greatest - least) >> PayloadShift <= 4 * (ulong)expected;
        _least = least;
        _slots = _direct ? Cleared((int)((greatest - least) >> PayloadShift) + 1) : NewSlots(expected + 2);
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
        if (_direct && !IsInReach(value.Bits)) Hash(_bits.Length);
        var slot = Find(value.Bits);
        if (_slots.Span[slot] != 0) return _slots.Span[slot] - 1;
        if (Count == _bits.Length) _bits = _bits.Grow(2 * Count);
        _bits.Span[Count] = value.Bits;
        _slots.Span[slot] = ++Count;
        if (!_direct && 2 * Count > _slots.Length) Hash(2 * Count);
        return Count - 1;
    }

    /// <summary>The number of a value; −1 if it has none.</summary>
    public readonly int Lookup(ValueId value) => _direct && !IsInReach(value.Bits) ? -1 : _slots.Span[Find(value.Bits)] - 1;

    private readonly bool IsInReach(long bits) => ((bits - _least) & TagMask) == 0 && (ulong)(bits - _least) >> PayloadShift < (ulong)_slots.Length;

    // Integers mostly come in runs, so neighbours get neighbouring slots, a cache line of them; where one is taken, any other slot serves.
    private readonly int Find(long bits)
    {
        if (_direct) return (int)((bits - _least) >> PayloadShift);
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

    // The values in a table for so many.
    private void Hash(int expected)
    {
        _direct = false;
        _slots.Dispose();
        _slots = NewSlots(expected);
        for (var number = 0; number < Count; number++) _slots.Span[Find(_bits.Span[number])] = number + 1;
    }

    private static Rented<int> NewSlots(int expected) => Cleared((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)expected * 2));

    private static Rented<int> Cleared(int length)
    {
        var slots = new Rented<int>(length);
        slots.Span.Clear();
        return slots;
    }
}
