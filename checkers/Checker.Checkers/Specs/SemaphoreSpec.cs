using System.Diagnostics;
using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// Permits: <c>acquire n</c> takes n if that many are free, <c>release n</c> gives n back (null: one). Anybody may release. The initial
/// value is the number of
/// permits; null is one. Results are not looked at.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The permits at first.</param>
public readonly struct SemaphoreSpec(ValueTable values, ValueId initial) : ISequentialSpec<long>
{
    /// <inheritdoc/>
    public long Initial => values.TryGetInteger(initial, out var permits) ? permits : 1;

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public void Step(long state, in SpecOperation operation, NextStates<long> next)
    {
        var permits = Permits(operation);
        switch (operation.Function)
        {
            case Function.Acquire:
                if (permits <= state) next.Add(state - permits);
                return;
            case Function.Release:
                next.Add(unchecked(state + permits));
                return;
            default:
                throw new UnreachableException($"a semaphore has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second) => first.Function == second.Function;

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Input.IsNull || (values.TryGetInteger(operation.Input, out var permits) && permits >= 0)
            ? null
            : Malformations.Input(values, operation, "a number of permits from 0 on, or null");

    /// <inheritdoc/>
    public string Describe(long state) => string.Create(CultureInfo.InvariantCulture, $"the semaphore has {state} permits left");

    private long Permits(in SpecOperation operation) => values.TryGetInteger(operation.Input, out var permits) ? permits : 1;
}
