using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A bag: <c>enqueue v</c>, <c>dequeue</c> → any element, or null if there was none. A dequeue whose result is unknown takes any element
/// if there is one.
/// The initial value is null (empty) or a list. Elements may be equal, but not null.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The elements at first.</param>
public readonly struct UnorderedQueueSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly ValueIndexes _elements = new();
    private readonly PersistentMap _bags = new();

    /// <inheritdoc/>
    public int Initial
    {
        get
        {
            var state = PersistentMap.Empty;
            foreach (var element in Malformations.ItemsOf(values, initial)) state = Change(state, _elements.Of(element), 1);
            return state;
        }
    }

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public long Bytes => _bags.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Enqueue:
                next.Add(Change(state, _elements.Of(operation.Input), 1));
                return;
            case Function.Dequeue when operation.IsInfo && next.OneIsEnough:
                if (state != PersistentMap.Empty) next.Add(Change(state, _bags.First(state), -1));
                return;
            case Function.Dequeue when operation.IsInfo:
                var present = new List<int>();
                _bags.Indexes(state, present);
                foreach (var index in present) next.Add(Change(state, index, -1));
                return;
            case Function.Dequeue:
                if (operation.Output.IsNull)
                {
                    if (state == PersistentMap.Empty) next.Add(state);
                }
                else if (_bags.Get(state, _elements.Of(operation.Output)) > 0)
                {
                    next.Add(Change(state, _elements.Of(operation.Output), -1));
                }

                return;
            default:
                throw new UnreachableException($"a queue has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.Dequeue && !operation.IsInfo && operation.Output.IsNull;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second)
    {
        if (first.Function == Function.Enqueue && second.Function == Function.Enqueue) return true;
        if (!(Names(first) is { } a && Names(second) is { } b)) return false;
        return first.Function == second.Function || a != b;
    }

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Enqueue && operation.Input.IsNull
            ? Malformations.Input(values, operation, "an element that is not null")
            : null;

    /// <inheritdoc/>
    public string Describe(int state)
    {
        var present = new List<int>();
        _bags.Indexes(state, present);
        var elements = _elements;
        return present.Count == 0
            ? "the queue is empty"
            : "the queue holds " + ValueText.Several(values, [.. present.Select(i => elements[i])]);
    }

    // The one element that an operation adds or removes; null if it may be any.
    private static ValueId? Names(in SpecOperation operation)
    {
        if (operation.Function == Function.Enqueue) return operation.Input;
        return operation.IsInfo || operation.Output.IsNull ? null : operation.Output;
    }

    private int Change(int state, int index, long by) => _bags.Set(state, index, _bags.Get(state, index) + by);
}
