using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A set: <c>add e</c>, <c>remove e</c>, <c>contains e</c> → <c>[e,found]</c> or <c>found</c>, <c>read</c> → the elements in any order
/// (null: none). Where add or remove
/// returns a boolean (other than the element itself) it says whether the set changed; any other result is not looked at. A read that lists
/// an
/// element twice is impossible. The initial value is null (empty) or a list.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The elements at first.</param>
public readonly struct SetSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly ValueIndexes _elements = new();
    private readonly PersistentMap _sets = new(); // 64 elements per entry
    private readonly Dictionary<ValueId, int> _lists = [];

    /// <inheritdoc/>
    public int Initial
    {
        get
        {
            var set = PersistentMap.Empty;
            foreach (var element in Malformations.ItemsOf(values, initial)) set = With(set, _elements.Of(element), true);
            return set;
        }
    }

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public long Bytes => _sets.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Add:
            case Function.Remove:
                var present = Contains(state, operation.Input);
                var changes = present == (operation.Function == Function.Remove);
                if (Changed(operation) is { } changed && changed != changes) return;
                next.Add(changes ? With(state, _elements.Of(operation.Input), !present) : state);
                return;
            case Function.Contains:
                if (operation.IsInfo || Found(operation.Output) == Contains(state, operation.Input)) next.Add(state);
                return;
            case Function.Read:
                if (operation.IsInfo || SetOf(operation.Output) == state) next.Add(state);
                return;
            default:
                throw new UnreachableException($"a set has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function is Function.Read or Function.Contains || Changed(operation) == false;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second)
    {
        if (IsReadOnly(first) && IsReadOnly(second)) return true;
        if (first.Function == Function.Read || second.Function == Function.Read) return false;
        return first.Input != second.Input || (first.Function == second.Function && Changed(first) is null && Changed(second) is null);
    }

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) => operation.Function switch
    {
        Function.Contains when !operation.IsInfo &&
            Found(operation.Output) is null => Malformations.Output(values, operation, "[e,found] or a boolean"),
        Function.Read when !Malformations.IsListOrNull(values, operation.Output) => Malformations.Output(values, operation, "a list"),
        _ => null,
    };

    /// <inheritdoc/>
    public string Describe(int state)
    {
        var entries = new List<int>();
        _sets.Indexes(state, entries);
        var elements = new List<ValueId>();
        foreach (var entry in entries)
        {
            for (var bits = (ulong)_sets.Get(state, entry); bits != 0; bits &= bits - 1)
            {
                elements.Add(_elements[(entry << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits)]);
            }
        }

        return elements.Count == 0 ? "the set is empty" : $"the set holds {ValueText.Several(values, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(elements))}";
    }

    // Whether it says that the set changed; null if it does not say.
    private static bool? Changed(in SpecOperation operation)
    {
        if (operation.Type != OperationType.Ok || operation.Output == operation.Input) return null;
        if (operation.Output == ValueId.Boolean(true)) return true;
        return operation.Output == ValueId.Boolean(false) ? false : null;
    }

    private bool? Found(ValueId output)
    {
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [_, var found]) output = found;
        if (output == ValueId.Boolean(true)) return true;
        return output == ValueId.Boolean(false) ? false : null;
    }

    private bool Contains(int state, ValueId element)
    {
        var index = _elements.Of(element);
        return (_sets.Get(state, index >> 6) >> index & 1) != 0;
    }

    private int With(int state, int index, bool present)
    {
        var word = _sets.Get(state, index >> 6);
        return _sets.Set(state, index >> 6, present ? word | (1L << index) : word & ~(1L << index));
    }

    // The set that a list holds; −1 if an element occurs twice.
    private int SetOf(ValueId list)
    {
        if (_lists.TryGetValue(list, out var known)) return known;
        var set = PersistentMap.Empty;
        foreach (var element in Malformations.ItemsOf(values, list))
        {
            if (Contains(set, element))
            {
                set = -1;
                break;
            }

            set = With(set, _elements.Of(element), true);
        }

        return _lists[list] = set;
    }
}
