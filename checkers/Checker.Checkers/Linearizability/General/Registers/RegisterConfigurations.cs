using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Configurations of a register in one arena, which serves one register after another. Few are searched one by one; many are found by open addressing.
/// </summary>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterConfigurations<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private const int Few = 12;
    private const int MostReused = 1 << 10; // a larger arena is not kept for the next register

    private int _counters;
    private RegisterConfiguration<TMask>[] _items = new RegisterConfiguration<TMask>[16];
    private int[] _counts = [];
    private int[] _slots = []; // number + 1; 0 is free
    private int _findable;

    /// <summary>Removes all, for another register.</summary>
    /// <param name="counters">How many counts of unfinished operations each has.</param>
    public void Begin(int counters)
    {
        _counters = counters;
        if (_items.Length > MostReused) (_items, _counts, _slots) = (new RegisterConfiguration<TMask>[16], [], []);
        Reused.Reserve(ref _counts, _items.Length * counters);
        Clear();
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What they take.</summary>
    public long Bytes => ((long)_items.Length * Unsafe.SizeOf<RegisterConfiguration<TMask>>()) + (4L * (_counts.Length + _slots.Length));

    /// <summary>One of them.</summary>
    public ref RegisterConfiguration<TMask> this[int number] => ref _items[number];

    /// <summary>How many unfinished operations of each living class took effect.</summary>
    public Span<int> Counts(int number) => _counts.AsSpan(number * _counters, _counters);

    /// <summary>Adds one unless an equal one is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts)
    {
        if (Count < Few)
        {
            for (var number = 0; number < Count; number++)
            {
                if (Same(number, configuration, counts)) return;
            }
        }
        else if (!Claim(configuration, counts))
        {
            return;
        }

        Append(configuration, counts);
    }

    /// <summary>Adds one that is known to be new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, checked(2 * Count));
            if (_counters > 0) Array.Resize(ref _counts, checked(2 * Count * _counters));
        }

        _items[Count] = configuration;
        if (_counters > 0) counts.CopyTo(Counts(Count));
        Count++;
    }

    /// <summary>Becomes a copy of others; what is in it cannot be found until <see cref="Clear"/>.</summary>
    public void CopyFrom(RegisterConfigurations<TMask> others)
    {
        if (_items.Length < others.Count)
        {
            _items = new RegisterConfiguration<TMask>[others.Count];
            _counts = new int[others.Count * _counters];
        }

        Array.Copy(others._items, _items, others.Count);
        Array.Copy(others._counts, _counts, others.Count * _counters);
        Count = others.Count;
        _findable = 0;
    }

    /// <summary>Copies one over another. What was moved cannot be found any more until <see cref="Clear"/>.</summary>
    public void Move(int from, int to)
    {
        _items[to] = _items[from];
        if (_counters > 0) Counts(from).CopyTo(Counts(to));
    }

    /// <summary>Keeps the first ones only.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        Count = 0;
        _findable = 0;
    }

    // Finds a free place for a new one; false if an equal one is there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Claim(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts)
    {
        if (_findable == 0 || 2 * (Count + 1) > _slots.Length) Rehash();
        for (var slot = Hash(configuration) & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0)
            {
                _slots[slot] = Count + 1;
                _findable = Count + 1;
                return true;
            }

            if (Same(number, configuration, counts)) return false;
        }
    }

    private void Rehash()
    {
        if (2 * (Count + 1) > _slots.Length) _slots = new int[Math.Max(64, 4 * (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count))];
        else Array.Clear(_slots);
        for (var number = 0; number < Count; number++)
        {
            var slot = Hash(_items[number]) & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = number + 1;
        }

        _findable = Count;
    }

    private bool Same(int number, in RegisterConfiguration<TMask> other, ReadOnlySpan<int> counts)
    {
        ref var item = ref _items[number];
        return item.Value == other.Value && item.CountsHash == other.CountsHash && item.Due.Is(other.Due) && item.Optional.Is(other.Optional)
            && (_counters == 0 || Counts(number).SequenceEqual(counts));
    }

    private static int Hash(in RegisterConfiguration<TMask> item)
    {
        var hash = (item.Due.Hash * 0x9E3779B97F4A7C15UL) ^ item.CountsHash ^ (uint)item.Value;
        hash = ((hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL) ^ item.Optional.Hash;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
        return (int)(hash >> 33);
    }
}
