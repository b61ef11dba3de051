using System.Diagnostics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>What one row of a lock whose leases are steps does: the argument of every operation is the number of its row.</summary>
/// <param name="Function">Acquire, release, or <see cref="Function.Delete"/> for a lapse.</param>
/// <param name="Refused">Whether an acquire found the lock taken.</param>
/// <param name="Owner">The owner's number.</param>
/// <param name="Hold">The acquire's row: of a lapse, the hold that it ends.</param>
/// <param name="Lease">Whether the hold is a lease.</param>
/// <param name="AtOnce">Whether it may lapse at any moment, without a step of its own.</param>
/// <param name="Token">The fencing token, or null.</param>
internal readonly record struct LeaseStep(Function Function, bool Refused, int Owner, int Hold, bool Lease, bool AtOnce, long? Token);

/// <summary>A lock in a search in which leases lapse by steps of their own.</summary>
/// <param name="Owner">The holder's number; −1 if it is free.</param>
/// <param name="Hold">The row of its acquire, if its lease has a time.</param>
/// <param name="AtOnce">Whether its lease may lapse at once.</param>
/// <param name="Lessees">The set of owners who have had a lease.</param>
/// <param name="Token">The greatest token.</param>
internal readonly record struct LeaseState(int Owner, int Hold, bool AtOnce, int Lessees, long Token);

/// <summary>
/// A lock whose leases have times, as a history for the general search: each lease that may lapse gets an operation of unknown outcome that is
/// invoked when its time is over and ends just that hold.
/// </summary>
internal sealed class LeaseSteps
{
    private readonly List<LeaseStep> _steps = [];
    private readonly List<(long At, int Row)> _lapses = [];

    /// <summary>Prepares the history.</summary>
    public LeaseSteps(in KeyHistory history)
    {
        var values = history.History.Values;
        var owners = new ValueIndexes();
        InitialOwner = history.Initial.IsNull ? -1 : owners.Of(history.Initial);
        for (var row = 0; row < history.Count; row++)
        {
            var (owner, lease, token) = LockArgument.Of(
                values, history.Types[row], history.Inputs[row], history.Outputs[row], history.History.Process[history.Operations[row]]);
            var refused = LockArgument.IsRefusal(history.Functions[row], history.Types[row], history.Outputs[row]);
            _steps.Add(new(history.Functions[row], refused, owners.Of(owner), row, lease is not null, lease == 0, token));
            if (history.Functions[row] != Function.Acquire || refused || lease is not > 0) continue;
            var lapse = LeaseEnds.Of(history.History).After(history.Invokes[row], lease.Value);
            if (lapse != LeaseEnds.Never) _lapses.Add((lapse, row));
        }

        _lapses.Sort();
        History = Merge(history);
    }

    /// <summary>The number of the initial owner; −1 if the lock is free at first.</summary>
    public int InitialOwner { get; }

    /// <summary>The history to search. Lapses carry the number of their acquire's operation.</summary>
    public KeyHistory History { get; }

    /// <summary>What a row does.</summary>
    public LeaseStep this[int number] => _steps[number];

    // Positions are places here: twice the positions of events.
    private KeyHistory Merge(in KeyHistory history)
    {
        var columns = new KeyColumns(history.Count + _lapses.Count);
        var (to, lapse) = (0, 0);
        for (var row = 0; row <= history.Count; row++)
        {
            for (; lapse < _lapses.Count && (row == history.Count || _lapses[lapse].At < 2L * history.Invokes[row]); lapse++)
            {
                var (at, acquire) = _lapses[lapse];
                Add(history.Operations[acquire], Function.Delete, OperationType.Info, _steps.Count, checked((int)at), KeyHistory.Never);
                _steps.Add(_steps[acquire] with { Function = Function.Delete });
            }

            if (row == history.Count) break;
            var returns = history.Returns[row];
            Add(
                history.Operations[row], history.Functions[row], history.Types[row], row, checked(2 * history.Invokes[row]),
                returns == KeyHistory.Never ? returns : checked(2 * returns));
        }

        return new KeyHistory(history.History, history.Type, history.Initial, history.Key, columns, 0, to);

        void Add(int operation, Function function, OperationType type, int number, int invoke, int returns)
        {
            columns.Operations[to] = operation;
            columns.Functions[to] = function;
            columns.Types[to] = type;
            columns.Inputs[to] = new ValueId(((long)number << 3) | 2);
            columns.Outputs[to] = ValueId.Null;
            columns.Invokes[to] = invoke;
            columns.Returns[to++] = returns;
        }
    }

    /// <summary>The specification of the search.</summary>
    internal readonly struct Spec(LeaseSteps steps) : ISequentialSpec<LeaseState>
    {
        private readonly PersistentMap _lessees = new();

        public LeaseState Initial => new(steps.InitialOwner, -1, false, PersistentMap.Empty, long.MinValue);

        public void Step(LeaseState state, in SpecOperation operation, NextStates<LeaseState> next)
        {
            var step = steps[(int)operation.Input.InlineInteger];
            switch (step.Function)
            {
                case Function.Acquire when step.Refused:
                    if (state.Owner >= 0) next.Add(state);
                    return;
                case Function.Acquire:
                    if ((state.Owner >= 0 && !state.AtOnce) || step.Token <= state.Token) return;
                    var lessees = step.Lease ? _lessees.Set(state.Lessees, step.Owner, 1) : state.Lessees;
                    next.Add(new(step.Owner, step.Lease && !step.AtOnce ? step.Hold : -1, step.AtOnce, lessees, step.Token ?? state.Token));
                    return;
                case Function.Release:
                    if (state.Owner == step.Owner) next.Add(state with { Owner = -1, Hold = -1, AtOnce = false });
                    else if (_lessees.Get(state.Lessees, step.Owner) != 0) next.Add(state);
                    return;
                case Function.Delete:
                    next.Add(state.Owner >= 0 && state.Hold == step.Hold ? state with { Owner = -1, Hold = -1 } : state);
                    return;
                default:
                    throw new UnreachableException($"a lock has no {step.Function}");
            }
        }

        public bool IsReadOnly(in SpecOperation operation) => steps[(int)operation.Input.InlineInteger].Refused;
    }
}
