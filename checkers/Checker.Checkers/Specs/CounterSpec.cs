using System.Diagnostics;
using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A sum: <c>add n</c>, <c>increment</c> and <c>decrement</c> (by one, or by the integer given), <c>read</c> returns it. The initial value
/// is an integer; null
/// is zero. The results of everything but reads are not looked at. A <c>counter</c> only grows; a <c>pn-counter</c> may shrink. Sums wrap
/// at 64 bits.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The sum at first.</param>
/// <param name="mayShrink">Whether negative changes are allowed.</param>
public readonly struct CounterSpec(ValueTable values, ValueId initial, bool mayShrink) : ISequentialSpec<long>
{
    /// <inheritdoc/>
    public long Initial => values.TryGetInteger(initial, out var sum) ? sum : 0;

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public void Step(long state, in SpecOperation operation, NextStates<long> next)
    {
        if (operation.Function == Function.Read)
        {
            if (operation.IsInfo || (values.TryGetInteger(operation.Output, out var sum) && sum == state)) next.Add(state);
            return;
        }

        next.Add(unchecked(state + Change(operation)));
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Read;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second) => IsReadOnly(first) == IsReadOnly(second);

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation)
    {
        if (operation.Function == Function.Read)
        {
            return operation.IsInfo || values.TryGetInteger(operation.Output, out _)
                ? null
                : Malformations.Output(values, operation, "an integer");
        }

        var isInteger = values.TryGetInteger(operation.Input, out _);
        if (!isInteger && !(operation.Input.IsNull && operation.Function != Function.Add))
            return Malformations.Input(values, operation, "an integer");
        return mayShrink || Change(operation) >= 0
            ? null
            : Malformations.Input(values, operation, "no negative change, or the type pn-counter");
    }

    /// <inheritdoc/>
    public string Describe(long state) => string.Create(CultureInfo.InvariantCulture, $"the counter stands at {state}");

    private long Change(in SpecOperation operation)
    {
        var amount = values.TryGetInteger(operation.Input, out var given) ? given : 1;
        return operation.Function switch
        {
            Function.Add or Function.Increment => amount,
            Function.Decrement => unchecked(-amount),
            _ => throw new UnreachableException($"a counter has no {operation.Function}"),
        };
    }
}
