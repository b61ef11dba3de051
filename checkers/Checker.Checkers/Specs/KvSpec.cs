using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>The state of one key: a value, or a text that appends may have made.</summary>
/// <param name="Bits">The bits of the value's id, or a text's number with a tag of its own.</param>
public readonly record struct KvState(long Bits);

/// <summary>
/// One key of a key-value store: <c>read</c>, <c>write v</c>, <c>cas [old,new]</c> as for a register, <c>append s</c> adds a string to the
/// end of the
/// string that is there (null counts as the empty one; after any other value an append cannot happen), <c>delete</c> makes it null.
/// The results of write, append and delete are not looked at.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The value before the first write.</param>
public readonly struct KvSpec(ValueTable values, ValueId initial) : ISequentialSpec<KvState>
{
    private const long TextTag = 7;

    private readonly TextTable _texts = new(values);

    /// <inheritdoc/>
    public KvState Initial => StateOf(initial);

    /// <inheritdoc/>
    public void Step(KvState state, in SpecOperation operation, NextStates<KvState> next)
    {
        switch (operation.Function)
        {
            case Function.Read:
                if (operation.IsInfo || StateOf(operation.Output) == state) next.Add(state);
                return;
            case Function.Write:
                next.Add(StateOf(operation.Input));
                return;
            case Function.Delete:
                next.Add(default);
                return;
            case Function.Append:
                var prefix = state == default ? TextTable.Empty : TextOf(state);
                if (prefix >= 0) next.Add(Text(_texts.Append(prefix, operation.Input)));
                return;
            case Function.Cas:
                var (expected, replacement) = RegisterSpec.Arguments(values, operation.Input);
                var found = StateOf(expected) == state;
                if (operation.Type == OperationType.Fail && !found) next.Add(state);
                if (operation.Type != OperationType.Fail && found) next.Add(StateOf(replacement));
                return;
            default:
                throw new UnreachableException($"a key has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.Read || (operation.Function == Function.Cas && operation.Type == OperationType.Fail);

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Append
            ? values.Kind(operation.Input) == ValueKind.String ? null : $"append {values.Text(operation.Input)}: expected a string"
            : new RegisterSpec(values, initial).Malformed(operation);

    /// <inheritdoc/>
    public string Describe(KvState state)
    {
        if (state == default) return "the key is unwritten (null)";
        var text = TextOf(state);
        return $"the key holds {(text < 0 ? values.Text(new ValueId(state.Bits)) : _texts.Quote(text))}";
    }

    private static KvState Text(int number) => new(((long)number << 3) | TextTag);

    private static int TextOf(KvState state) => (state.Bits & 7) == TextTag ? (int)(state.Bits >> 3) : -1;

    private KvState StateOf(ValueId value) => values.Kind(value) == ValueKind.String ? Text(_texts.Number(value)) : new(value.Bits);
}
