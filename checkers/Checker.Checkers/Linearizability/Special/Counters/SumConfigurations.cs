namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Configurations of a counter (<see cref="SumShape"/>) in one arena, found by their value. Of two of which one is at least as good as the other only that
/// one is kept.
/// </summary>
internal sealed class SumConfigurations(SumShape shape) : ILinked
{
    private const int Fewest = 8;

    private ulong[] _words = new ulong[Fewest * shape.Width];
    private int[] _links = new int[Fewest];
    private int[] _next = new int[Fewest]; // of each, the next one with its slot, + 1
    private int[] _slots = new int[2 * Fewest]; // number + 1; 0 is free

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What they take.</summary>
    public long Bytes => (8L * _words.Length) + (8L * _links.Length) + (4L * _slots.Length);

    /// <summary>One of them.</summary>
    public Span<ulong> this[int number] => _words.AsSpan(number * shape.Width, shape.Width);

    /// <inheritdoc/>
    public ref int Link(int number) => ref _links[number];

    /// <summary>Adds a configuration unless another one makes it needless; false if one does.</summary>
    /// <param name="record">The configuration.</param>
    /// <param name="link">What was placed last in it.</param>
    /// <param name="replaces">Whether it takes the place of one that it makes needless.</param>
    public bool Add(ReadOnlySpan<ulong> record, int link, bool replaces = true)
    {
        var slot = Slot(record[0]);
        for (var number = _slots[slot] - 1; number >= 0; number = _next[number] - 1)
        {
            var known = this[number];
            if (known[0] != record[0]) continue;
            if (shape.IsAtLeast(known, record)) return false;
            if (!replaces || !shape.IsAtLeast(record, known)) continue;
            record.CopyTo(known);
            _links[number] = link;
            return true;
        }

        if (Count == _links.Length)
        {
            Grow();
            slot = Slot(record[0]);
        }

        record.CopyTo(_words.AsSpan(Count * shape.Width));
        _links[Count] = link;
        _next[Count] = _slots[slot];
        _slots[slot] = ++Count;
        return true;
    }

    /// <summary>Makes these the same as others.</summary>
    public void CopyFrom(SumConfigurations others)
    {
        Clear();
        for (var number = 0; number < others.Count; number++) Append(others[number], others._links[number]);
    }

    /// <summary>Keeps the most promising ones; true if some were left out.</summary>
    public bool Keep(int most)
    {
        if (Count <= most) return false;
        var (numbers, costs, old) = (new int[Count], new int[Count], _words.AsSpan(0, Count * shape.Width).ToArray());
        var links = _links.AsSpan(0, Count).ToArray();
        for (var number = 0; number < Count; number++) (numbers[number], costs[number]) = (number, shape.Cost(this[number]));
        Array.Sort(costs, numbers);
        Clear();
        for (var i = 0; i < most; i++) Append(old.AsSpan(numbers[i] * shape.Width, shape.Width), links[numbers[i]]);
        return true;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        if (_links.Length > 8 * (Count + Fewest))
            (_words, _links, _next, _slots) = (new ulong[Fewest * shape.Width], new int[Fewest], new int[Fewest], new int[2 * Fewest]);
        else if (Count > 0) Array.Clear(_slots);
        Count = 0;
    }

    // One that is needed.
    private void Append(ReadOnlySpan<ulong> record, int link)
    {
        if (Count == _links.Length) Grow();
        record.CopyTo(_words.AsSpan(Count * shape.Width));
        _links[Count] = link;
        ref var slot = ref _slots[Slot(record[0])];
        _next[Count] = slot;
        slot = ++Count;
    }

    private void Grow()
    {
        Array.Resize(ref _words, checked(2 * _words.Length));
        Array.Resize(ref _links, 2 * _links.Length);
        Array.Resize(ref _next, 2 * _next.Length);
        _slots = new int[checked(2 * _slots.Length)];
        for (var number = 0; number < Count; number++)
        {
            ref var slot = ref _slots[Slot(this[number][0])];
            _next[number] = slot;
            slot = number + 1;
        }
    }

    private int Slot(ulong value) => (int)((value * 0x9E3779B97F4A7C15UL) >> 32) & (_slots.Length - 1);
}
