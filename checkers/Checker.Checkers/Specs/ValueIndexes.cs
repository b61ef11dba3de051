using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Numbers the values that one object's operations mention, from 0 on in the order of first mention.</summary>
internal sealed class ValueIndexes
{
    private readonly Dictionary<ValueId, int> _known = [];
    private readonly List<ValueId> _values = [];

    public int Count => _values.Count;

    public ValueId this[int index] => _values[index];

    public int Of(ValueId value)
    {
        ref var index = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_known, value, out var known);
        if (known) return index;
        index = _values.Count;
        _values.Add(value);
        return index;
    }
}
