using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>Maps a key and a value to the operations that write it; open addressing, 16 bytes a slot, and 4 bytes an operation if any value
/// is written more than once.</summary>
internal sealed class WriterTable
{
    /// <summary>Nobody writes the value; or nobody before.</summary>
    public const int None = -1;

    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly int _operations;
    private int[]? _before;

    /// <param name="operations">The number of operations of the history.</param>
    public WriterTable(int operations)
    {
        _operations = operations;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, operations * 2));
        _slots = new Slot[size];
        _mask = size - 1;
    }

    /// <summary>The last operation that writes the value; <see cref="None"/>.</summary>
    public int this[int key, ValueId value] => Find(key, value).Writer - 1;

    /// <summary>Adds an operation; in ascending order.</summary>
    public void Add(int key, ValueId value, int operation)
    {
        ref var slot = ref Find(key, value);
        if (slot.Writer != 0)
        {
            if (_before is null) Array.Fill(_before = new int[_operations], None);
            _before[operation] = slot.Writer - 1;
        }

        slot = new Slot(value.Bits, key, operation + 1);
    }

    /// <summary>The operation before that writes the same value of the same key; <see cref="None"/>.</summary>
    public int Before(int operation) => _before is null ? None : _before[operation];

    private ref Slot Find(int key, ValueId value)
    {
        var hash = (ulong)(value.Bits + ((long)key << 32) + key) * 0x9E3779B97F4A7C15UL;
        for (var at = (int)(hash >> 33) & _mask; ; at = (at + 1) & _mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Writer == 0 || (slot.Bits == value.Bits && slot.Key == key)) return ref slot;
        }
    }

    // Writer: 0 free, otherwise the last operation + 1.
    private readonly record struct Slot(long Bits, int Key, int Writer);
}
