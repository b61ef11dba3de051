using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// Registers by key of which several are read at once: <c>write v</c> and <c>read</c> of one key, <c>snapshot</c> → <c>{k: v,…}</c>. Every
/// key in the result must
/// have that value; if the argument is null, all keys were asked for, and those not in the result must have their initial values. The
/// initial value
/// is a map from keys to values, or one value for all of them.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The values at first.</param>
public readonly struct SnapshotSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly Registers _registers = new(values, initial);
    private readonly Dictionary<ValueId, int> _whole = [];

    /// <inheritdoc/>
    public int Initial => PersistentMap.Empty;

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public long Bytes => _registers.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Write:
                next.Add(_registers.Write(state, _registers.IndexOf(operation.Key), operation.Input));
                return;
            case Function.Read:
                if (operation.IsInfo || _registers.Read(state, _registers.IndexOf(operation.Key)) == operation.Output) next.Add(state);
                return;
            case Function.Snapshot:
                if (operation.IsInfo || (operation.Input.IsNull ? Whole(operation.Output) == state : Explains(state, operation.Output)))
                    next.Add(state);
                return;
            default:
                throw new UnreachableException($"a snapshot object has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => operation.Function != Function.Write;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second)
    {
        if (IsReadOnly(first) && IsReadOnly(second)) return true;
        return first.Function != Function.Snapshot && second.Function != Function.Snapshot && first.Key != second.Key;
    }

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Snapshot && !operation.IsInfo && values.Kind(operation.Output) != ValueKind.Map
            ? Malformations.Output(values, operation, "a map from keys to values")
            : null;

    /// <inheritdoc/>
    public string Describe(int state) => _registers.Describe(state);

    private bool Explains(int state, ValueId map)
    {
        var entries = values.Items(map);
        for (var i = 0; i < entries.Length; i += 2)
        {
            if (_registers.Read(state, _registers.IndexOf(entries[i])) != entries[i + 1]) return false;
        }

        return true;
    }

    private int Whole(ValueId map)
    {
        if (_whole.TryGetValue(map, out var state)) return state;
        var entries = values.Items(map);
        for (var i = 0; i < entries.Length; i += 2) state = _registers.Write(state, _registers.IndexOf(entries[i]), entries[i + 1]);
        return _whole[map] = state;
    }
}
