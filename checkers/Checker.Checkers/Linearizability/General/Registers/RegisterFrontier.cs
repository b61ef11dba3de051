using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Judges one register, repeated values and unknown outcomes included: the set of all configurations that matter is carried from event to
/// event (just-in-time linearization, Lowe 2017) and reduced by what only registers allow. As a beam it carries only the most promising ones, and
/// where none of them survives it goes back a little and carries more until past that place, farther and more each time: it finds an order of
/// almost every valid history in linear time; it refutes only if nothing was left out.
/// </summary>
/// <remarks>
/// <para>A configuration is the value, the operations still due, the writes that are optional, and how many unfinished operations of each
/// class took effect. At a return only those orders are tried that settle the returning operation. Reductions, all exact:</para>
/// <para>R1: reads settle as soon as the value is there. R2: once a blind write is placed, every other open write may be thought to stand
/// immediately before it, so it becomes optional until it returns. R3: of equal operations the one that returns first is placed first,
/// unfinished ones last. R4: a blind write is placed only for an unsettled read or an open compare-and-set of its value, or because it is the
/// one that returns, its last chance to take effect: a value that nobody waits for can be written later, while its write is open. R5: a
/// configuration with the same value and compare-and-sets, fewer obligations and more options makes another needless. R6, in a beam: what has lost a value
/// that must be held for something later leads nowhere (<see cref="RegisterSupply"/>).</para>
/// <para>Cost: events × configurations carried; exponential in the open operations at worst.</para>
/// </remarks>
/// <typeparam name="TMask">The set of slots; the operations must fit.</typeparam>
internal sealed class RegisterFrontier<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private readonly RegisterOperations _operations;
    private readonly RegisterOpen<TMask> _open;
    private readonly RegisterSupply _supply;
    private readonly RegisterOutlook<TMask> _outlook;
    private readonly MoveLog _moves = new();
    private readonly RegisterDominance<TMask> _dominance;
    private readonly RegisterCheckpoints<TMask> _checkpoints = new();
    private readonly RegisterExpansion<TMask> _expansion;
    private RegisterConfigurations<TMask> _frontier = new();
    private RegisterConfigurations<TMask> _next = new();
    private BeamWidth? _beam;
    private StepMeter _meter = null!;
    private bool _truncated;

    /// <summary>A frontier that can be run for one register after another.</summary>
    /// <param name="operations">The operations; loaded anew for each register.</param>
    public RegisterFrontier(RegisterOperations operations)
    {
        _operations = operations;
        _open = new RegisterOpen<TMask>(operations);
        _supply = new RegisterSupply(operations);
        _outlook = new RegisterOutlook<TMask>(operations, _open, _supply);
        _dominance = new RegisterDominance<TMask>(_open, _outlook);
        _expansion = new RegisterExpansion<TMask>(operations, _open, _outlook, _moves);
    }

    /// <summary>Carries a frontier through all events of the register that was loaded.</summary>
    /// <param name="values">The values, for the state in which a failed search was stuck.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="beam">How many configurations to carry; null for all.</param>
    /// <param name="certify">Whether a valid verdict needs its order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SearchResult Run(ValueTable values, SearchBudget budget, BeamWidth? beam, bool certify)
    {
        Begin(budget, beam);
        for (var position = 0; position < _operations.EventCount; position++)
        {
            if (_beam is not null) _checkpoints.Offer(position, _frontier, _truncated);
            var e = _operations.Events[position];
            if (e >= 0)
            {
                Invoke(e);
                continue;
            }

            var spent = Return(~e, position);
            if (spent is not null) return Failed(position, spent, values);
            if (_frontier.Count == 0)
            {
                if (!_truncated || !_beam!.Widen(position)) return Failed(position, null, values);
                position = GoBack(position) - 1;
                continue;
            }

            for (int ended; (ended = _open.CloseClass(position)) >= 0;) Forget(ended);
            if (_moves.WantsCompacting) Compact();
        }

        int[] order = certify ? new MoveReplay(_operations).Order(_moves.Path(_frontier[0].Trace), _operations.EventCount) : [];
        return new() { Kind = VerdictKind.Valid, Order = order, Steps = _meter.Steps };
    }

    private void Begin(SearchBudget budget, BeamWidth? beam)
    {
        (_beam, _truncated) = (beam, false);
        _meter = new StepMeter(budget, Bytes);
        var counters = _operations.Unfinished.CounterCount;
        _frontier.Begin(counters);
        _next.Begin(counters);
        _checkpoints.Begin(counters);
        _moves.Begin();
        _open.Begin();
        _outlook.Begin();
        if (beam is not null) _supply.Begin();
        _expansion.Begin(_meter);
        _frontier.Append(new RegisterConfiguration<TMask> { Trace = -1 }, new int[counters]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Invoke(int row)
    {
        _open.Invoke(row);
        if (_beam is not null) _supply.Invoke(row);
        if (_operations.Returns[row] == KeyHistory.Never) return;
        var slot = TMask.Of(_operations.Slots[row]);
        var action = _operations.Actions[row];
        var operand = _operations.Operand[row];
        for (var i = 0; i < _frontier.Count; i++)
        {
            ref var configuration = ref _frontier[i];
            var settled = action <= RegisterAction.Miss && (configuration.Value == operand) == (action == RegisterAction.Read);
            if (!settled) configuration.Due |= slot;
        }

        _meter.Steps += _frontier.Count;
    }

    // Settles a returning operation in every configuration; says which budget is spent, if one is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string? Return(int row, int position)
    {
        if (IsSettled(TMask.Of(_operations.Slots[row])))
        {
            _open.Return(row);
            return null;
        }

        _next.Clear();
        if (_beam is not null) _supply.Pass(position);
        var width = _beam?.At(position) ?? int.MaxValue;
        if (_expansion.Settle(row, position, _frontier, _next, width, _beam?.IsDirect ?? false) is { } spent) return spent;
        _open.Return(row);
        (_frontier, _next) = (_next, _frontier);
        _truncated |= _dominance.Reduce(_frontier, width) | _expansion.Truncated;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsSettled(TMask slot)
    {
        for (var i = 0; i < _frontier.Count; i++)
        {
            if (!((_frontier[i].Due | _frontier[i].Optional) & slot).IsEmpty) return false;
        }

        return true;
    }

    // Takes up an earlier frontier, the return of the current event being the last thing that happened; says at which event to go on.
    private int GoBack(int position)
    {
        var checkpoint = _checkpoints.Before(position - _beam!.Back);
        _open.Rewind(position + 1, checkpoint.Position);
        _supply.Rewind(position + 1, checkpoint.Position);
        _frontier.CopyFrom(checkpoint.Configurations);
        _truncated = checkpoint.Truncated;
        return checkpoint.Position;
    }

    // What cannot be found any more need not be counted.
    private void Forget(int unfinished)
    {
        var counter = _operations.Unfinished.Counter(unfinished);
        for (var i = 0; i < _frontier.Count; i++)
        {
            ref var count = ref _frontier.Counts(i)[counter];
            _frontier[i].CountsHash -= (ulong)count * RegisterExpansion<TMask>.CountsHash(counter);
            _frontier[i].Spent -= count;
            count = 0;
        }
    }

    private void Compact()
    {
        List<RegisterConfigurations<TMask>> living = [_frontier];
        _checkpoints.Collect(living);
        _moves.Compact([.. living]);
    }

    private long Bytes() =>
        (2 * (_frontier.Bytes + _next.Bytes + _expansion.Seen.Bytes)) + _checkpoints.Bytes + _moves.Bytes;

    private SearchResult Failed(int position, string? spent, ValueTable values)
    {
        // Of the attempts at the last return, the one that placed most.
        var attempts = _expansion.Seen.Count > 0 ? _expansion.Seen : _frontier;
        var best = Enumerable.Range(0, Math.Min(attempts.Count, 100)).Select(i => (Path: _moves.Path(attempts[i].Trace), Number: i))
            .MaxBy(attempt => attempt.Path.Count);
        var held = _operations.Values[attempts[best.Number].Value];
        return new()
        {
            Kind = spent is null && !_truncated ? VerdictKind.Invalid : VerdictKind.Unknown,
            Order = new MoveReplay(_operations).Order(best.Path, position),
            Stuck = _operations.Operations[~_operations.Events[Math.Max(position, _outlook.LookedAhead)]],
            State = held.IsNull ? "the register is unwritten (null)" : $"the register holds {values.Text(held)}",
            Reason = spent ?? "the most promising orders lead nowhere",
            Steps = _meter.Steps,
        };
    }
}
