using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>A set of few elements that is asked about many: most are told apart by six bits.</summary>
internal sealed class FewElements
{
    private readonly HashSet<ValueId> _elements = [];
    private ulong _filter; // of each element a bit

    /// <summary>Adds an element.</summary>
    public void Add(ValueId element)
    {
        _elements.Add(element);
        _filter |= Bit(element);
    }

    /// <summary>Whether it has an element.</summary>
    public bool Contains(ValueId element) => (_filter & Bit(element)) != 0 && _elements.Contains(element);

    private static ulong Bit(ValueId element) => 1UL << (int)(((ulong)element.Bits * 0x9E37_79B9_7F4A_7C15UL) >> 58);
}
