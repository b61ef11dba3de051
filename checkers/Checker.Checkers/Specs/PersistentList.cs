using System.Numerics;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Lists that grow and shrink at one end and share what they have in common; two lists are equal iff their numbers are.</summary>
/// <remarks>
/// Each list points to a shorter one besides the next shorter: jumps of lengths such that any item is reached in O(log n) of them (Myers, "An applicative
/// random-access stack", 1983).
/// </remarks>
internal sealed class PersistentList
{
    /// <summary>The list without items.</summary>
    public const int Empty = 0;

    private Node[] _nodes = new Node[16];
    private int[] _slots = new int[32]; // number; 0, the empty list, is free
    private int _count = 1;

    /// <summary>What all lists together take, roughly.</summary>
    public long Bytes => (24L * _nodes.Length) + (4L * _slots.Length);

    /// <summary>Makes room for so many lists, before any is made.</summary>
    public void Reserve(int lists)
    {
        if (lists < _nodes.Length) return;
        _nodes = new Node[lists + 1];
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(2L * (lists + 1), 1 << 30))];
    }

    /// <summary>The number of items.</summary>
    public int Length(int list) => _nodes[list].Length;

    /// <summary>The last item of a list that is not empty.</summary>
    public ValueId Last(int list) => _nodes[list].Last;

    /// <summary>The list without its last item.</summary>
    public int Rest(int list) => _nodes[list].Shorter;

    /// <summary>An item that a list has. O(log n).</summary>
    public ValueId At(int list, int index)
    {
        while (_nodes[list].Length > index + 1)
        {
            var jump = _nodes[list].Jump;
            list = _nodes[jump].Length > index ? jump : _nodes[list].Shorter;
        }

        return _nodes[list].Last;
    }

    /// <summary>The list with one more item.</summary>
    public int Add(int list, ValueId item)
    {
        var slot = SlotOf(list, item);
        if (_slots[slot] != 0) return _slots[slot];
        if (_count == _nodes.Length) Array.Resize(ref _nodes, 2 * _count);
        var jump = _nodes[list].Jump;
        var even = _nodes[list].Length - _nodes[jump].Length == _nodes[jump].Length - _nodes[_nodes[jump].Jump].Length;
        _nodes[_count] = new(item, list, even ? _nodes[jump].Jump : list, _nodes[list].Length + 1);
        _slots[slot] = _count++;
        if (2 * _count > _slots.Length) Hash(2 * _slots.Length);
        return _count - 1;
    }

    /// <summary>The list of all items.</summary>
    public int Of(ReadOnlySpan<ValueId> items)
    {
        var list = Empty;
        foreach (var item in items) list = Add(list, item);
        return list;
    }

    /// <summary>The items, first to last.</summary>
    public ValueId[] Items(int list)
    {
        var items = new ValueId[_nodes[list].Length];
        for (var i = items.Length - 1; i >= 0; i--, list = _nodes[list].Shorter) items[i] = _nodes[list].Last;
        return items;
    }

    // The first longer list gets the slot of the shorter one's number, so that a list which only grows fills neighbouring slots; any other slot serves.
    private int SlotOf(int list, ValueId item)
    {
        var near = list & (_slots.Length - 1);
        if (_slots[near] is var first && (first == 0 || (_nodes[first].Shorter == list && _nodes[first].Last == item))) return near;
        var hash = ((ulong)item.Bits + ((ulong)(uint)list << 40)) * 0x9E37_79B9_7F4A_7C15UL;
        var slot = (int)(((hash ^ (hash >> 29)) * 0xBF58_476D_1CE4_E5B9UL) >> 33) & (_slots.Length - 1);
        while (_slots[slot] is > 0 and var number && (_nodes[number].Shorter != list || _nodes[number].Last != item)) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    private void Hash(int slots)
    {
        _slots = new int[slots];
        for (var number = 1; number < _count; number++) _slots[SlotOf(_nodes[number].Shorter, _nodes[number].Last)] = number;
    }

    private readonly record struct Node(ValueId Last, int Shorter, int Jump, int Length);
}
