using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A stack: <c>push v</c>, <c>pop</c> → the newest element, <c>peek</c> → the same without taking it; null if there was none. A pop whose
/// result is unknown takes
/// the newest element if there is one. The initial value is null (empty) or a list, oldest first. Elements may be equal, but not null.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The elements at first.</param>
public readonly struct StackSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly PersistentList _stacks = new();

    /// <inheritdoc/>
    public int Initial => _stacks.Of(Malformations.ItemsOf(values, initial));

    /// <inheritdoc/>
    public long Bytes => _stacks.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Push:
                next.Add(_stacks.Add(state, operation.Input));
                return;
            case Function.Pop:
                if (state == PersistentList.Empty)
                {
                    if (operation.IsInfo || operation.Output.IsNull) next.Add(state);
                    return;
                }

                if (operation.IsInfo || operation.Output == _stacks.Last(state)) next.Add(_stacks.Rest(state));
                return;
            case Function.Peek:
                if (operation.IsInfo || operation.Output == (state == PersistentList.Empty ? ValueId.Null : _stacks.Last(state)))
                    next.Add(state);
                return;
            default:
                throw new UnreachableException($"a stack has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.Peek || (operation.Function == Function.Pop && !operation.IsInfo && operation.Output.IsNull);

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Push && operation.Input.IsNull
            ? Malformations.Input(values, operation, "an element that is not null")
            : null;

    /// <inheritdoc/>
    public string Describe(int state) => state == PersistentList.Empty
        ? "the stack is empty"
        : "the stack holds, newest last, " + ValueText.Several(values, _stacks.Items(state));
}
