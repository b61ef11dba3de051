using Checker.Histories.Values;

namespace Checker.Checkers.RealTime;

/// <summary>Maps a key and a value to the write of it that ended last among those added; open addressing, 24 bytes a slot.</summary>
internal sealed class LatestWriters
{
    /// <summary>Nobody wrote the value.</summary>
    public const int None = -1;

    private readonly Slot[] _slots;
    private readonly int _mask;

    public LatestWriters(int capacity)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity * 2L, 16, 1 << 30));
        _slots = new Slot[size];
        _mask = size - 1;
    }

    /// <summary>Adds a write.</summary>
    /// <param name="key">The object.</param>
    /// <param name="value">The value that it writes.</param>
    /// <param name="write">The operation.</param>
    /// <param name="end">The position at which it ends.</param>
    public void Add(int key, ValueId value, int write, int end)
    {
        ref var slot = ref Find(key, value);
        var several = slot.Writer != 0;
        slot = !several || end > slot.End ? new Slot(value.Bits, key, write + 1, end, several) : slot with { IsSeveral = true };
    }

    /// <summary>The write of the value that ends last, or <see cref="None"/>.</summary>
    /// <param name="key">The object.</param>
    /// <param name="value">The value.</param>
    /// <param name="several">Whether it is one of several.</param>
    public int Latest(int key, ValueId value, out bool several)
    {
        ref var slot = ref Find(key, value);
        several = slot.IsSeveral;
        return slot.Writer - 1;
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

    // Writer: 0 free, otherwise the operation + 1.
    private readonly record struct Slot(long Bits, int Key, int Writer, int End, bool IsSeveral);
}
