using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// A specification of a user's own: a window stream of size two (Perrin, Mostéfaoui and Jard 2016). <c>write v</c>; <c>read</c> → the last
/// two values written, older first, 0 where there is none.
/// </summary>
internal readonly struct WindowStreamSpec(ValueTable values, ValueId initial) : ISequentialSpec<(ValueId Older, ValueId Newer)>
{
    public (ValueId Older, ValueId Newer) Initial => (initial, initial);

    public void Step((ValueId Older, ValueId Newer) state, in SpecOperation operation, NextStates<(ValueId Older, ValueId Newer)> next)
    {
        if (operation.Function == Function.Write) next.Add((state.Newer, operation.Input));
        else if (operation.IsInfo || (values.Items(operation.Output) is [var older, var newer] && (older, newer) == state)) next.Add(state);
    }

    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Read;
}
