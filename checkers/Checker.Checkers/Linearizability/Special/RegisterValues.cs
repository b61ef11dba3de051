using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// The values of one register, numbered densely by first appearance; number 0 is the initial value. An open-addressing table finds a
/// number;
/// its hash keeps runs of 64 neighbouring integers together, because histories count upwards and then both tables are walked, not jumped.
/// </summary>
internal struct RegisterValues : IDisposable
{
    private const int RunBits = 6;
    private Rented<int> _slots; // number + 1; 0 is free
    private Rented<RegisterValue> _values;
    private int _runShift;
    private int _mask;

    public RegisterValues(ValueId initial, int expected)
    {
        _values = new Rented<RegisterValue>(expected + 2);
        _slots = NewSlots(expected + 2, out _runShift);
        _mask = _slots.Length - 1;
        Count = 0;
        NumberOf(initial.Bits);
    }

    /// <summary>How many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>The values by number. Valid until the next one is added.</summary>
    public readonly Span<RegisterValue> All => _values.Span[..Count];

    /// <summary>One value.</summary>
    public readonly ref RegisterValue this[int number] => ref _values.Array[number];

    public void Dispose()
    {
        _slots.Dispose();
        _values.Dispose();
    }

    /// <summary>The number of a value, which gets one if it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NumberOf(long bits)
    {
        var slots = _slots.Array;
        var values = _values.Array;
        var slot = SlotOf(bits, _runShift);
        while (true)
        {
            var number = slots[slot] - 1;
            if (number < 0) return Add(bits, slot);
            if (values[number].Bits == bits) return number;
            slot = (slot + 1) & _mask;
        }
    }

    /// <summary>A number for one more write of a value that nobody observes: it stands for itself.</summary>
    public int AddAnonymous(long bits)
    {
        if (Count == _values.Length) _values = _values.Grow(2 * Count);
        _values.Array[Count] = new RegisterValue(bits);
        return Count++;
    }

    private int Add(long bits, int slot)
    {
        var number = AddAnonymous(bits);
        _slots.Array[slot] = number + 1;
        if (2 * Count > _slots.Length) GrowSlots();
        return number;
    }

    // Anonymous values share their bits with the first of their kind, which was added before and so is found first.
    private void GrowSlots()
    {
        _slots.Dispose();
        _slots = NewSlots(2 * Count, out _runShift);
        _mask = _slots.Length - 1;
        var slots = _slots.Span;
        var values = _values.Span;
        for (var number = 0; number < Count; number++)
        {
            var slot = SlotOf(values[number].Bits, _runShift);
            while (slots[slot] != 0) slot = (slot + 1) & _mask;
            slots[slot] = number + 1;
        }
    }

    private static Rented<int> NewSlots(int expected, out int runShift)
    {
        var runs = System.Numerics.BitOperations.RoundUpToPowerOf2(((uint)expected >> (RunBits - 1)) + 1);
        runShift = 64 - System.Numerics.BitOperations.Log2(runs);
        var slots = new Rented<int>((int)runs << RunBits);
        slots.Span.Clear();
        return slots;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(long bits, int runShift)
    {
        // A shift by 64 is a shift by 0 in C#; two shifts make the table of a single run come out as run 0.
        var run = (((ulong)(bits >> (3 + RunBits)) * 0x9E37_79B9_7F4A_7C15UL) >> 1) >> (runShift - 1);
        return ((int)run << RunBits) | ((int)(bits >> 3) & ((1 << RunBits) - 1));
    }
}
