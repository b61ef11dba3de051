using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// One value: <c>read</c> returns it, <c>write v</c> replaces it, <c>cas [old,new]</c> replaces it if it is old, <c>delete</c> makes it
/// null.
/// The value before the first write is the one given; a read of null must find null. An observed failed <c>cas</c> found another value
/// than old.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The value before the first write.</param>
public readonly struct RegisterSpec(ValueTable values, ValueId initial) : ISequentialSpec<ValueId>
{
    /// <inheritdoc/>
    public ValueId Initial => initial;

    /// <inheritdoc/>
    public void Step(ValueId state, in SpecOperation operation, NextStates<ValueId> next)
    {
        switch (operation.Function)
        {
            case Function.Read:
                if (operation.IsInfo || operation.Output == state) next.Add(state);
                return;
            case Function.Write:
                next.Add(operation.Input);
                return;
            case Function.Delete:
                next.Add(ValueId.Null);
                return;
            case Function.Cas:
                var (expected, replacement) = Arguments(values, operation.Input);
                if (operation.Type == OperationType.Fail)
                {
                    if (state != expected) next.Add(state);
                }
                else if (state == expected)
                {
                    next.Add(replacement);
                }

                return;
            default:
                throw new UnreachableException($"a register has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.Read || (operation.Function == Function.Cas && operation.Type == OperationType.Fail);

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Cas && !(values.Kind(operation.Input) == ValueKind.List && values.Items(operation.Input).Length == 2)
            ? $"cas {values.Text(operation.Input)}: expected [old,new]"
            : null;

    /// <inheritdoc/>
    public string Describe(ValueId state) => state.IsNull ? "the register is unwritten (null)" : $"the register holds {values.Text(state)}";

    /// <summary>The arguments of a compare-and-set that is not malformed.</summary>
    internal static (ValueId Expected, ValueId Replacement) Arguments(ValueTable values, ValueId input)
    {
        var items = values.Items(input);
        return (items[0], items[1]);
    }
}
