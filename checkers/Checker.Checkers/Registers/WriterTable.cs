using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>Maps a key and a value to the one operation that writes it; open addressing, 16 bytes a slot.</summary>
internal sealed class WriterTable
{
    /// <summary>Nobody writes the value.</summary>
    public const int None = -1;

    /// <summary>Several operations write the value.</summary>
    public const int Several = -2;

    private readonly Slot[] _slots;
    private readonly int _mask;

    public WriterTable(int capacity)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2));
        _slots = new Slot[size];
        _mask = size - 1;
    }

    public void Add(int key, ValueId value, int operation)
    {
        ref var slot = ref Find(key, value);
        slot = new Slot(value.Bits, key, slot.Writer == 0 ? operation + 1 : Several);
    }

    public int this[int key, ValueId value]
    {
        get
        {
            var writer = Find(key, value).Writer;
            return writer == Several ? Several : writer - 1;
        }
    }

    private ref Slot Find(int key, ValueId value)
    {
        var hash = (ulong)(value.Bits + ((long)key << 32) + key) * 0x9E3779B97F4A7C15UL;
        for (var at = (int)(hash >> 33) & _mask; ; at = (at + 1) & _mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Writer == 0 || (slot.Bits == value.Bits && slot.Key == key)) return ref slot;
        }
    }

    // Writer: 0 free, otherwise the operation + 1, or Several.
    private readonly record struct Slot(long Bits, int Key, int Writer);
}
