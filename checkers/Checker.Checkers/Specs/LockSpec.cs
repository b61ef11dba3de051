using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Who holds a lock, and the greatest fencing token given so far.</summary>
/// <param name="Held">Whether somebody does.</param>
/// <param name="Owner">Who.</param>
/// <param name="Leased">Whether the hold may expire.</param>
/// <param name="AnyLease">Whether there has been a hold that may have expired.</param>
/// <param name="Token">The token; <see cref="long.MinValue"/> before the first.</param>
public readonly record struct LockState(bool Held, ValueId Owner, bool Leased, bool AnyLease, long Token);

/// <summary>
/// A mutex with an owner: <c>acquire</c> takes it if it is free, <c>release</c> frees it if the owner asks. It is not reentrant.
/// </summary>
/// <remarks>
/// The argument is the owner; null means the process. A map <c>{"owner": o, "lease": n}</c> as the argument of an acquire makes the hold a
/// lease: it may expire at
/// any later moment, after which anybody may take the lock, and a late release by somebody who does not hold it does nothing.
/// Specifications know no
/// time, so how long a lease lasts is not judged. An acquire that returns an integer (other than its argument) got a fencing token, which
/// must be greater than
/// all before. An acquire that returns <c>false</c> found the lock taken. The initial value is null (free) or the owner.
/// </remarks>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The owner at first.</param>
public readonly struct LockSpec(ValueTable values, ValueId initial) : ISequentialSpec<LockState>
{
    /// <inheritdoc/>
    public LockState Initial => new(!initial.IsNull, initial, false, false, long.MinValue);

    /// <inheritdoc/>
    public bool UsesProcess => true;

    /// <inheritdoc/>
    public void Step(LockState state, in SpecOperation operation, NextStates<LockState> next)
    {
        var owner = Owner(operation, out var leased);
        switch (operation.Function)
        {
            case Function.Acquire when IsRefusal(operation):
                if (state.Held) next.Add(state);
                return;
            case Function.Acquire:
                var token = Token(operation) ?? state.Token;
                if (state.Held && !state.Leased) return;
                if (Token(operation) is not null && token <= state.Token) return;
                next.Add(new(true, owner, leased, state.AnyLease || leased, token));
                return;
            case Function.Release:
                if (state.Held && state.Owner == owner) next.Add(state with { Held = false, Owner = default, Leased = false });
                else if (state.AnyLease) next.Add(state);
                return;
            default:
                throw new UnreachableException($"a lock has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => IsRefusal(operation);

    /// <inheritdoc/>
    public string Describe(LockState state) => !state.Held
        ? "the lock is free"
        : $"the lock is held by {(ProcessOf(state.Owner) is { } process ? $"process {process}" : values.Text(state.Owner))}{(state.Leased ? " on a lease" : "")}";

    private static bool IsRefusal(in SpecOperation operation) =>
        operation.Function == Function.Acquire && operation.Type == OperationType.Ok && operation.Output == ValueId.Boolean(false);

    // A process is an owner of its own kind, so that process 1 is not the owner named 1.
    private static ValueId OfProcess(int process) => new(((long)process << 3) | 7);

    private static long? ProcessOf(ValueId owner) => (owner.Bits & 7) == 7 ? owner.Bits >> 3 : null;

    private long? Token(in SpecOperation operation) =>
        operation.Type == OperationType.Ok && operation.Output != operation.Input && values.TryGetInteger(operation.Output, out var token)
            ? token
            : null;

    private ValueId Owner(in SpecOperation operation, out bool leased)
    {
        leased = false;
        var owner = operation.Input;
        if (values.Kind(owner) == ValueKind.Map)
        {
            var entries = values.Items(owner);
            owner = ValueId.Null;
            for (var i = 0; i < entries.Length; i += 2)
            {
                if (values.Kind(entries[i]) != ValueKind.String) continue;
                if (values.Utf8(entries[i]).SequenceEqual("owner"u8)) owner = entries[i + 1];
                if (values.Utf8(entries[i]).SequenceEqual("lease"u8)) leased = !entries[i + 1].IsNull;
            }
        }

        return owner.IsNull ? OfProcess(operation.Process) : owner;
    }
}
