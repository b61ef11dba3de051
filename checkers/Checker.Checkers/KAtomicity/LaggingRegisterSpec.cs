using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.KAtomicity;

/// <summary>
/// A register whose reads may return any of the last k values: a history is k-atomic iff it is linearizable with respect to it, so the
/// general search decides k-atomicity as well. A compare-and-set finds the current value.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The value before the first write.</param>
/// <param name="k">How many of the last values a read may return.</param>
internal readonly struct LaggingRegisterSpec(ValueTable values, ValueId initial, int k) : ISequentialSpec<RecentValues>
{
    /// <inheritdoc/>
    public RecentValues Initial => new([initial]);

    /// <inheritdoc/>
    public void Step(RecentValues state, in SpecOperation operation, NextStates<RecentValues> next)
    {
        switch (operation.Function)
        {
            case Function.Read:
                if (operation.IsInfo || state.Contains(operation.Output)) next.Add(state);
                return;
            case Function.Cas:
                var arguments = values.Items(operation.Input);
                if (state.Newest != arguments[0]) return;
                next.Add(arguments[0] == arguments[1] ? state : state.Then(arguments[1], k));
                return;
            default:
                next.Add(state.Then(operation.Function == Function.Delete ? ValueId.Null : operation.Input, k));
                return;
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Read;

    /// <inheritdoc/>
    public string Describe(RecentValues state) => $"the last values are {state.Text(values)}";
}
