using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A list that grows at its end: <c>append v</c>, <c>read</c> → all items, first to last (null: none). The initial value is null (empty)
/// or a list.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The items at first.</param>
public readonly struct AppendListSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly PersistentList _lists = new();
    private readonly Dictionary<ValueId, int> _read = [];

    /// <inheritdoc/>
    public int Initial => ListOf(initial);

    /// <inheritdoc/>
    public void Prepare(IReadOnlyList<SpecOperation> operations)
    {
        var count = 0;
        for (var i = 0; i < operations.Count; i++) count += operations[i].Function == Function.Append ? 1 : 0;
        _lists.Reserve(count);
    }

    /// <inheritdoc/>
    public long Bytes => _lists.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Append:
                next.Add(_lists.Add(state, operation.Input));
                return;
            case Function.Read:
                if (operation.IsInfo || (LengthOf(operation.Output) == _lists.Length(state) && ListOf(operation.Output) == state)) next.Add(state);
                return;
            default:
                throw new UnreachableException($"a list has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Read;

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Read && !Malformations.IsListOrNull(values, operation.Output)
            ? Malformations.Output(values, operation, "a list")
            : null;

    /// <inheritdoc/>
    public string Describe(int state) => $"the list is {ValueText.OfList(values, _lists.Items(state))}";

    private int LengthOf(ValueId list) => Malformations.ItemsOf(values, list).Length;

    private int ListOf(ValueId list)
    {
        if (!_read.TryGetValue(list, out var known)) _read.Add(list, known = _lists.Of(Malformations.ItemsOf(values, list)));
        return known;
    }
}
