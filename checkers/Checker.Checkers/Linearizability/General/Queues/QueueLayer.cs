using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// Configurations that have come equally far: records in one arena, found by their key. Of two of one key of which one needs no more than the other only
/// that one is kept.
/// </summary>
/// <param name="shape">What they consist of.</param>
/// <param name="supply">What they have used.</param>
internal sealed class QueueLayer(QueueShape shape, QueueSupply supply)
{
    private const int Fewest = 16;
    private const int LinkBytes = 48;
    private const int CostOfUnknown = 8; // beside an operation that is open and not paired

    private ulong[] _words = new ulong[Fewest * shape.Width];
    private QueueLink?[] _links = new QueueLink?[Fewest];
    private int[] _next = new int[Fewest]; // of each, the next one with its slot, + 1
    private int[] _slots = new int[4 * Fewest]; // number + 1; 0 is free

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What they take, each with a link of its own.</summary>
    public long Bytes => (8L * _words.Length) + ((12L + LinkBytes) * _links.Length) + (4L * _slots.Length);

    /// <summary>One record.</summary>
    public Span<ulong> this[int number] => _words.AsSpan(number * shape.Width, shape.Width);

    /// <summary>What was decided last in a configuration.</summary>
    public QueueLink? Link(int number) => _links[number];

    /// <summary>Adds a configuration unless another one makes it needless.</summary>
    public void Add(ReadOnlySpan<ulong> record, QueueLink? link)
    {
        ref var slot = ref _slots[Slot(record)];
        for (var number = slot - 1; number >= 0; number = _next[number] - 1)
        {
            if (!record[..shape.Key].SequenceEqual(this[number][..shape.Key])) continue;
            if (shape.IsAtLeast(this[number], record)) return;
            if (!shape.IsAtLeast(record, this[number])) continue;
            record.CopyTo(this[number]);
            _links[number] = link;
            return;
        }

        if (Count == _links.Length)
        {
            Grow();
            slot = ref _slots[Slot(record)];
        }

        record.CopyTo(this[Count]);
        _links[Count] = link;
        _next[Count] = slot;
        slot = ++Count;
    }

    /// <summary>Adds all of another layer.</summary>
    public void AddAll(QueueLayer other)
    {
        for (var number = 0; number < other.Count; number++) Add(other[number], other.Link(number));
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        if (_links.Length > 4 * (Count + Fewest))
        {
            (_words, _links, _next, _slots) = (new ulong[Fewest * shape.Width], new QueueLink?[Fewest], new int[Fewest], new int[4 * Fewest]);
        }
        else
        {
            Array.Clear(_slots);
            Array.Clear(_links, 0, Count);
        }

        Count = 0;
    }

    /// <summary>
    /// The numbers of the most promising: those that used the fewest operations of unknown outcome, and of them those that left most open.
    /// </summary>
    public ReadOnlySpan<int> Best(int most)
    {
        var numbers = new int[Count];
        for (var number = 0; number < Count; number++) numbers[number] = number;
        if (Count <= most) return numbers;
        var costs = new int[Count];
        for (var number = 0; number < Count; number++) costs[number] = Cost(new(this[number], shape));
        Array.Sort(costs, numbers);
        return numbers.AsSpan(0, most);
    }

    private int Cost(QueueConfiguration at)
    {
        var open = 0;
        foreach (var word in at.Enqueues) open += BitOperations.PopCount(word);
        foreach (var word in at.Dequeues) open += BitOperations.PopCount(word);
        return (CostOfUnknown * (at.UnknownDequeues + supply.Total(at.Used))) - open;
    }

    private void Grow()
    {
        Array.Resize(ref _words, checked(2 * _words.Length));
        Array.Resize(ref _links, 2 * _links.Length);
        Array.Resize(ref _next, 2 * _next.Length);
        _slots = new int[checked(2 * _slots.Length)];
        for (var number = 0; number < Count; number++)
        {
            ref var slot = ref _slots[Slot(this[number])];
            _next[number] = slot;
            slot = number + 1;
        }
    }

    private int Slot(ReadOnlySpan<ulong> record)
    {
        var hash = 0x2545F4914F6CDD1DUL;
        foreach (var word in record[..shape.Key])
        {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        return (int)hash & (_slots.Length - 1);
    }
}
