using System.Diagnostics;
using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>A log's state.</summary>
/// <param name="Content">The content by offset.</param>
/// <param name="Length">The number of entries.</param>
public readonly record struct LogState(int Content, int Length);

/// <summary>
/// An append-only log with offsets from 0 on, without gaps: <c>send v</c> → <c>[offset,v]</c> or <c>offset</c> (any other result says
/// nothing), <c>poll</c> →
/// <c>[[offset,v],…]</c>.
/// </summary>
/// <remarks>
/// Every entry that a poll lists must be in the log with that value. If its argument is a list of offsets, those that are not in the
/// result must be beyond the end of
/// the log; with any other argument what is missing says nothing, as brokers may answer short. The initial value is null (empty) or a list
/// of values.
/// </remarks>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The entries at first.</param>
public readonly struct LogSpec(ValueTable values, ValueId initial) : ISequentialSpec<LogState>
{
    private readonly PersistentList _contents = new();

    /// <inheritdoc/>
    public LogState Initial
    {
        get
        {
            var state = default(LogState);
            foreach (var entry in Malformations.ItemsOf(values, initial)) state = Append(state, entry);
            return state;
        }
    }

    /// <inheritdoc/>
    public void Prepare(IReadOnlyList<SpecOperation> operations)
    {
        var count = 0;
        for (var i = 0; i < operations.Count; i++) count += operations[i].Function == Function.Send ? 1 : 0;
        _contents.Reserve(count);
    }

    /// <inheritdoc/>
    public long Bytes => _contents.Bytes;

    /// <inheritdoc/>
    public void Step(LogState state, in SpecOperation operation, NextStates<LogState> next)
    {
        switch (operation.Function)
        {
            case Function.Send:
                if (Offset(operation) is not { } offset || offset == state.Length) next.Add(Append(state, operation.Input));
                return;
            case Function.Poll:
                if (operation.IsInfo || Explains(state, operation)) next.Add(state);
                return;
            default:
                throw new UnreachableException($"a log has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function == Function.Poll;

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation)
    {
        if (operation.Function != Function.Poll || operation.IsInfo) return null;
        if (!Malformations.IsListOrNull(values, operation.Output)) return Malformations.Output(values, operation, "a list of [offset,v]");
        foreach (var pair in Malformations.ItemsOf(values, operation.Output))
        {
            if (values.Kind(pair) != ValueKind.List || values.Items(pair) is not [var offset, _] || !values.TryGetInteger(offset, out _))
            {
                return Malformations.Output(values, operation, "a list of [offset,v]");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public string Describe(LogState state) => string.Create(CultureInfo.InvariantCulture, $"the log has {state.Length} entries");

    private long? Offset(in SpecOperation operation)
    {
        if (operation.Type != OperationType.Ok || operation.Output == operation.Input) return null;
        var output = operation.Output;
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [var first, var sent] && sent == operation.Input)
            output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }

    private bool Explains(LogState state, in SpecOperation operation)
    {
        var listed = Malformations.ItemsOf(values, operation.Output);
        foreach (var pair in listed)
        {
            var items = values.Items(pair);
            if (!values.TryGetInteger(items[0], out var offset) || offset < 0 || offset >= state.Length) return false;
            if (_contents.At(state.Content, (int)offset) != items[1]) return false;
        }

        if (values.Kind(operation.Input) != ValueKind.List) return true;
        foreach (var asked in values.Items(operation.Input))
        {
            if (!values.TryGetInteger(asked, out var offset) || offset < 0 || offset >= state.Length) continue;
            var found = false;
            foreach (var pair in listed) found |= values.Items(pair)[0] == asked;
            if (!found) return false;
        }

        return true;
    }

    private LogState Append(LogState state, ValueId entry) => new(_contents.Add(state.Content, entry), state.Length + 1);
}
