using System.Diagnostics;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Who holds a lock, and the greatest fencing token given so far.</summary>
/// <param name="Held">Whether somebody does.</param>
/// <param name="Owner">Who.</param>
/// <param name="Leased">Whether the hold may lapse.</param>
/// <param name="Lessees">The number of the set of owners who have had a lease.</param>
/// <param name="Token">The token; <see cref="long.MinValue"/> before the first.</param>
public readonly record struct LockState(bool Held, ValueId Owner, bool Leased, int Lessees, long Token);

/// <summary>
/// A mutex with an owner: <c>acquire</c> takes it if it is free, <c>release</c> frees it if the owner asks. It is not reentrant.
/// </summary>
/// <remarks>
/// <para>The argument is the owner; null means the process. An acquire that returns an integer (other than its argument) got a fencing
/// token, which must be greater than all before. An acquire that returns <c>false</c> found the lock taken. The initial value is null
/// (free) or the owner.</para>
/// <para>A map <c>{"owner": o, "lease": n}</c> as the argument of an acquire, or <c>{"token": t, "lease": n}</c> as its result (the
/// result counts if both name a lease), makes the hold a lease: it lasts until it is released, but at least n milliseconds from the
/// acquire on; then it may lapse, at any moment or never. <c>true</c> instead of n: it may lapse at once. The late release of an owner
/// who has had a lease and does not hold the lock does nothing.</para>
/// <para>Choices. Event order decides, and a lease is the one thing that needs clocks, so it is read such that a verdict never rests on
/// a reading that may be wrong in the store's disfavour. The n milliseconds begin at the acquire's invocation, before which the
/// store cannot have begun to count, not at its return; they are over as soon as any event up to there shows a clock that far on. A clock that
/// runs back only makes leases shorter, and where times are missing a lease may lapse at once. One clock, that of the recorder, is
/// meant: who allows for drift between it and the store writes a shorter lease. A lease that the store keeps longer is not judged.
/// This specification knows no time: by itself it lets every lease lapse at once, and whoever uses it judges the milliseconds.</para>
/// </remarks>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The owner at first.</param>
public readonly struct LockSpec(ValueTable values, ValueId initial) : ISequentialSpec<LockState>
{
    private readonly ValueIndexes _owners = new();
    private readonly PersistentMap _lessees = new();

    /// <inheritdoc/>
    public LockState Initial => new(!initial.IsNull, initial, false, PersistentMap.Empty, long.MinValue);

    /// <inheritdoc/>
    public bool UsesProcess => true;

    /// <inheritdoc/>
    public long Bytes => _lessees.Bytes;

    /// <inheritdoc/>
    public void Step(LockState state, in SpecOperation operation, NextStates<LockState> next)
    {
        var (owner, lease, token) = LockArgument.Of(values, operation.Type, operation.Input, operation.Output, operation.Process);
        switch (operation.Function)
        {
            case Function.Acquire when IsReadOnly(operation):
                if (state.Held) next.Add(state);
                return;
            case Function.Acquire:
                if (state.Held && !state.Leased) return;
                if (token <= state.Token) return;
                var lessees = lease is null ? state.Lessees : _lessees.Set(state.Lessees, _owners.Of(owner), 1);
                next.Add(new(true, owner, lease is not null, lessees, token ?? state.Token));
                return;
            case Function.Release:
                if (state.Held && state.Owner == owner) next.Add(state with { Held = false, Owner = default, Leased = false });
                else if (_lessees.Get(state.Lessees, _owners.Of(owner)) != 0) next.Add(state);
                return;
            default:
                throw new UnreachableException($"a lock has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) => LockArgument.IsRefusal(operation.Function, operation.Type, operation.Output);

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation)
    {
        if (LockArgument.Malformed(values, operation) is { } malformed) return malformed;
        var argument = LockArgument.Of(values, operation.Type, operation.Input, operation.Output, operation.Process);
        return operation.Function == Function.Acquire && argument.Lease > 0
            ? $"a lease of {argument.Lease} ms ends by the clock: only the search for an order that keeps the leases can judge it, and that decided nothing here"
            : null;
    }

    /// <inheritdoc/>
    public string Describe(LockState state) => !state.Held
        ? "the lock is free"
        : $"the lock is held by {(LockArgument.ProcessOf(state.Owner) is { } process ? $"process {process}" : values.Text(state.Owner))}{(state.Leased ? " on a lease" : "")}";
}
