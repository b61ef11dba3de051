using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Lists that grow and shrink at one end and share what they have in common; two lists are equal iff their numbers are.</summary>
internal sealed class PersistentList
{
    /// <summary>The list without items.</summary>
    public const int Empty = 0;

    private readonly Dictionary<(int Shorter, ValueId Last), int> _known = [];
    private readonly List<(int Shorter, ValueId Last, int Length)> _nodes = [(-1, default, 0)];

    /// <summary>What all lists together take, roughly.</summary>
    public long Bytes => 48L * _nodes.Count;

    /// <summary>The number of items.</summary>
    public int Length(int list) => _nodes[list].Length;

    /// <summary>The last item of a list that is not empty.</summary>
    public ValueId Last(int list) => _nodes[list].Last;

    /// <summary>The list without its last item.</summary>
    public int Rest(int list) => _nodes[list].Shorter;

    /// <summary>The list with one more item.</summary>
    public int Add(int list, ValueId item)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_known, (list, item), out var known);
        if (known) return number;
        number = _nodes.Count;
        _nodes.Add((list, item, _nodes[list].Length + 1));
        return number;
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
}
