namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Configurations of a register in one arena: the value, the slots still to be settled, the slots of writes that may but need not take
/// effect, and, not
/// part of its identity, the moves that led there.
/// </summary>
/// <param name="words">The words of a slot mask.</param>
internal sealed class RegisterConfigurations(int words)
{
    private readonly int _width = (2 * words) + 1;
    private ulong[] _words = new ulong[16 * ((2 * words) + 1)];
    private int[] _traces = new int[16];
    private int[] _slots = []; // number + 1; 0 is free

    public int Count { get; private set; }

    public long Bytes => (8L * _words.Length) + (4L * _traces.Length) + (4L * _slots.Length);

    public int Value(int number) => (int)_words[number * _width];

    public ref int Trace(int number) => ref _traces[number];

    /// <summary>The slots of operations that must still be placed: unsettled reads, writes and compare-and-sets.</summary>
    public Span<ulong> Due(int number) => _words.AsSpan((number * _width) + 1, words);

    /// <summary>The slots of writes that may still take effect but need not.</summary>
    public Span<ulong> Optional(int number) => _words.AsSpan((number * _width) + 1 + words, words);

    /// <summary>The whole record.</summary>
    public Span<ulong> Record(int number) => _words.AsSpan(number * _width, _width);

    /// <summary>Adds a record unless it is there.</summary>
    public bool Add(ReadOnlySpan<ulong> record, int trace)
    {
        if (2 * (Count + 1) > _slots.Length) Rehash(Math.Max(32, 2 * _slots.Length));
        for (var slot = Hash(record) & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0)
            {
                Append(record, trace);
                _slots[slot] = Count;
                return true;
            }

            if (record.SequenceEqual(Record(number))) return false;
        }
    }

    /// <summary>Adds a record that is known to be new, without making it findable.</summary>
    public void Append(ReadOnlySpan<ulong> record, int trace)
    {
        if (Count == _traces.Length)
        {
            Array.Resize(ref _words, checked(2 * _words.Length));
            Array.Resize(ref _traces, 2 * Count);
        }

        record.CopyTo(Record(Count));
        _traces[Count++] = trace;
    }

    /// <summary>Keeps the first records only. They cannot be found any more until <see cref="Clear"/>.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Copies one record over another, which then cannot be found any more.</summary>
    public void Move(int from, int to)
    {
        Record(from).CopyTo(Record(to));
        _traces[to] = _traces[from];
    }

    /// <summary>Removes all records, at a cost in proportion to what there was.</summary>
    public void Clear()
    {
        if (_slots.Length > 64 && _slots.Length > 8 * Count) _slots = new int[Math.Max(32, _slots.Length / 4)];
        else Array.Clear(_slots);
        Count = 0;
    }

    private void Rehash(int size)
    {
        _slots = new int[size];
        for (var i = 0; i < Count; i++)
        {
            var slot = Hash(Record(i)) & (size - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (size - 1);
            _slots[slot] = i + 1;
        }
    }

    private static int Hash(ReadOnlySpan<ulong> record)
    {
        var hash = 0x2545F4914F6CDD1DUL;
        foreach (var word in record)
        {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        return (int)hash & int.MaxValue;
    }
}
