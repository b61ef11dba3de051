using System.Diagnostics;
using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>The identifiers given so far, and the sum.</summary>
/// <param name="Given">The identifiers.</param>
/// <param name="Sum">The sum of everything added.</param>
public readonly record struct UniqueIdsState(int Given, long Sum);

/// <summary>
/// <c>generate</c> → a value that it never gave before; <c>fetch-and-add n</c> (null: one) → the sum before it. The initial value is the
/// sum at first; null is zero. An
/// identifier that nobody received (a generate whose result is unknown) collides with nothing.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The sum at first.</param>
public readonly struct UniqueIdsSpec(ValueTable values, ValueId initial) : ISequentialSpec<UniqueIdsState>
{
    private readonly ValueIndexes _identifiers = new();
    private readonly PersistentMap _given = new();

    /// <inheritdoc/>
    public UniqueIdsState Initial => new(PersistentMap.Empty, values.TryGetInteger(initial, out var sum) ? sum : 0);

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public long Bytes => _given.Bytes;

    /// <inheritdoc/>
    public void Step(UniqueIdsState state, in SpecOperation operation, NextStates<UniqueIdsState> next)
    {
        switch (operation.Function)
        {
            case Function.Generate when operation.IsInfo:
                next.Add(state);
                return;
            case Function.Generate:
                var index = _identifiers.Of(operation.Output);
                if (_given.Get(state.Given, index) == 0) next.Add(state with { Given = _given.Set(state.Given, index, 1) });
                return;
            case Function.FetchAndAdd:
                if (!operation.IsInfo && !(values.TryGetInteger(operation.Output, out var before) && before == state.Sum)) return;
                next.Add(state with { Sum = unchecked(state.Sum + (values.TryGetInteger(operation.Input, out var n) ? n : 1)) });
                return;
            default:
                throw new UnreachableException($"unique ids have no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Generate && operation.IsInfo;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second) =>
        first.Function == Function.Generate || second.Function == Function.Generate;

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation)
    {
        if (operation.Function != Function.FetchAndAdd) return null;
        if (!operation.Input.IsNull && !values.TryGetInteger(operation.Input, out _))
            return Malformations.Input(values, operation, "an integer or null");
        return operation.IsInfo || values.TryGetInteger(operation.Output, out _)
            ? null
            : Malformations.Output(values, operation, "an integer");
    }

    /// <inheritdoc/>
    public string Describe(UniqueIdsState state)
    {
        var given = new List<int>();
        _given.Indexes(state.Given, given);
        return string.Create(CultureInfo.InvariantCulture, $"{given.Count} identifiers have been given and the sum is {state.Sum}");
    }
}
