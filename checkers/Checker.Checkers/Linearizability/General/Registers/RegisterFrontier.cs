using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Judges one register, repeated values and unknown outcomes included: the set of all configurations that matter is carried from event to
/// event (just-in-time linearization, Lowe 2017) and reduced by what only registers allow. With a width it carries only the most promising
/// ones: then it may find an order, and may not, in linear time; it refutes only if nothing was left out.
/// </summary>
/// <remarks>
/// <para>A configuration is the value, the operations still due, the writes that are optional, and how many unfinished operations of each
/// class took effect. At a return only those orders are tried that settle the returning operation. Reductions, all exact:</para>
/// <para>R1: reads settle as soon as the value is there. R2: once a blind write is placed, every other open write may be thought to stand
/// immediately before it, so it becomes optional until it returns. R3: of equal operations the one that returns first is placed first,
/// unfinished ones last. R4: a blind write is placed only for an unsettled read or an open compare-and-set of its value, or because it is the
/// one that returns, its last chance to take effect: a value that nobody waits for can be written later, while its write is open. R5: a
/// configuration with the same value and compare-and-sets, fewer obligations and more options makes another needless.</para>
/// <para>Cost: events × configurations carried; exponential in the open operations at worst.</para>
/// </remarks>
/// <typeparam name="TMask">The set of slots; the operations must fit.</typeparam>
internal sealed class RegisterFrontier<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private const int SeenPerKept = 16; // with a width: how many configurations one return may lead through, for each that is kept

    private readonly RegisterOperations _operations;
    private readonly SearchBudget _budget;
    private readonly int _width;
    private readonly RegisterOpen<TMask> _open;
    private readonly MoveLog _moves;
    private readonly RegisterDominance<TMask> _dominance = new();
    private readonly RegisterConfigurations<TMask> _seen;
    private readonly bool[] _needed; // by value; only where there are unfinished compare-and-sets
    private readonly int[] _counts;
    private RegisterConfigurations<TMask> _frontier;
    private RegisterConfigurations<TMask> _next;
    private int _most; // configurations that the current return may lead through
    private bool _truncated;
    private long _steps;
    private long _nextPoll;

    /// <summary>A frontier at the beginning.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="width">The most configurations to carry; <see cref="int.MaxValue"/> for all.</param>
    public RegisterFrontier(RegisterOperations operations, SearchBudget budget, int width)
    {
        _operations = operations;
        _budget = budget;
        _width = width;
        _open = new RegisterOpen<TMask>(operations);
        _moves = new MoveLog();
        var counters = operations.Unfinished.CounterCount;
        _counts = new int[counters];
        _needed = counters > 0 ? new bool[operations.Values.Count] : [];
        _frontier = new RegisterConfigurations<TMask>(counters);
        _next = new RegisterConfigurations<TMask>(counters);
        _seen = new RegisterConfigurations<TMask>(counters);
    }

    /// <summary>Carries the frontier through all events.</summary>
    /// <param name="values">The values, for the state in which a failed search was stuck.</param>
    public SearchResult Run(ValueTable values)
    {
        _frontier.Append(new RegisterConfiguration<TMask> { Trace = -1 }, _counts);
        for (var position = 0; position < _operations.EventCount; position++)
        {
            var e = _operations.Events[position];
            if (e >= 0)
            {
                Invoke(e);
                continue;
            }

            var spent = Return(~e, position);
            if (spent is not null || _frontier.Count == 0) return Failed(position, spent, values);
            for (int ended; (ended = _open.CloseClass(position)) >= 0;) Forget(ended);
            if (_moves.WantsCompacting) _moves.Compact(_frontier);
        }

        var order = new MoveReplay(_operations).Order(_moves.Path(_frontier[0].Trace), _operations.EventCount);
        return new() { Kind = VerdictKind.Valid, Order = order, Steps = _steps };
    }

    private void Invoke(int row)
    {
        _open.Invoke(row);
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

        _steps += _frontier.Count;
    }

    // Settles a returning operation in every configuration; says which budget is spent, if one is.
    private string? Return(int row, int position)
    {
        var slot = TMask.Of(_operations.Slots[row]);
        _next.Clear();
        _seen.Clear();
        var settled = 0;
        for (var i = 0; i < _frontier.Count; i++)
        {
            ref var configuration = ref _frontier[i];
            if (!(configuration.Due & slot).IsEmpty)
            {
                _seen.Append(configuration, _frontier.Counts(i));
            }
            else if (!(configuration.Optional & slot).IsEmpty)
            {
                _seen.Append(configuration, _frontier.Counts(i));
                var without = configuration;
                without.Optional -= slot;
                _next.Add(without, _frontier.Counts(i));
            }
            else
            {
                settled++;
                _next.Add(configuration, _frontier.Counts(i));
            }
        }

        if (settled == _frontier.Count)
        {
            _open.Return(row);
            return null;
        }

        // What is seen is also the work list: it grows behind the one being expanded.
        _most = _width == int.MaxValue ? int.MaxValue : _seen.Count + (SeenPerKept * _width);
        for (var i = 0; i < _seen.Count; i++)
        {
            if (Spent() is { } reason) return reason;
            Expand(i, row, position);
        }

        _open.Return(row);
        (_frontier, _next) = (_next, _frontier);
        _truncated |= _dominance.Reduce(_frontier, _open.Writes, _open.Swaps, _width);
        return null;
    }

    private string? Spent()
    {
        if (_steps >= _budget.MaxSteps) return "the step budget is spent";
        if (_steps < _nextPoll) return null;
        _nextPoll = _steps + 1024;
        if (_budget.Cancellation.IsCancellationRequested) return "the check was cancelled";
        var bytes = (2 * (_frontier.Bytes + _next.Bytes + _seen.Bytes)) + _moves.Bytes;
        return bytes > _budget.MaxBytes ? "the memory budget is spent" : null;
    }

    private void Expand(int number, int returning, int position)
    {
        _steps++;
        var from = _seen[number];
        var missing = !(from.Due & _open.Misses).IsEmpty;
        if (_open.SwapClasses.Count > 0) FindNeeded(from, number);
        foreach (var value in _open.Written)
        {
            var available = (from.Due | from.Optional) & _open.WritesOf(value);
            var wanted = missing || IsNeeded(from, value);
            if (!wanted && _operations.Result[returning] != value) continue;
            if (!available.IsEmpty)
            {
                var row = _open.First(available);
                if (wanted || row == returning) Place(from, number, row, returning, position, blind: true);
            }
            else if (wanted && _open.WriteClass(value) is >= 0 and var unfinished)
            {
                PlaceUnfinished(from, number, unfinished, returning, position, blind: true);
            }
        }

        PlaceSwaps(from, number, returning, position);
        foreach (var unfinished in _open.SwapClasses)
        {
            if (_operations.Unfinished.Operand(unfinished) == from.Value && _needed[_operations.Unfinished.Result(unfinished)])
                PlaceUnfinished(from, number, unfinished, returning, position, blind: false);
        }
    }

    private bool IsNeeded(in RegisterConfiguration<TMask> from, int value) => _open.SwapClasses.Count > 0
        ? _needed[value]
        : !(from.Due & (_open.ReadsOf(value) | _open.SwapsFrom(value))).IsEmpty;

    // What is due needs its values; and what leaves a value that is needed needs its own.
    private void FindNeeded(in RegisterConfiguration<TMask> from, int number)
    {
        Array.Clear(_needed);
        var missing = !(from.Due & _open.Misses).IsEmpty;
        for (var left = from.Due - _open.Writes - _open.Misses; !left.IsEmpty; left -= TMask.Of(left.Lowest))
            _needed[_operations.Operand[_open.RowAt(left.Lowest)]] = true;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var unfinished in _open.SwapClasses)
            {
                var operand = _operations.Unfinished.Operand(unfinished);
                if (_needed[operand] || (!missing && !_needed[_operations.Unfinished.Result(unfinished)]) || Left(number, unfinished) == 0) continue;
                _needed[operand] = changed = true;
                if (missing) _needed[_operations.Unfinished.Result(unfinished)] = true;
            }
        }
    }

    private int Left(int number, int unfinished) =>
        _open.Invoked(unfinished) - _seen.Counts(number)[_operations.Unfinished.Counter(unfinished)];

    private void PlaceSwaps(in RegisterConfiguration<TMask> from, int number, int returning, int position)
    {
        for (var left = from.Due & _open.SwapsFrom(from.Value); !left.IsEmpty;)
        {
            // Of equal ones the first to return.
            var result = _operations.Result[_open.RowAt(left.Lowest)];
            var equal = default(TMask);
            for (var others = left; !others.IsEmpty; others -= TMask.Of(others.Lowest))
            {
                if (_operations.Result[_open.RowAt(others.Lowest)] == result) equal |= TMask.Of(others.Lowest);
            }

            Place(from, number, _open.First(equal), returning, position, blind: false);
            left -= equal;
        }
    }

    private void PlaceUnfinished(in RegisterConfiguration<TMask> from, int number, int unfinished, int returning, int position, bool blind)
    {
        if (Left(number, unfinished) == 0) return;
        var counter = _operations.Unfinished.Counter(unfinished);
        _seen.Counts(number).CopyTo(_counts);
        var row = _operations.Unfinished.Row(unfinished, _counts[counter]++);
        var to = from;
        to.CountsHash += Mixed(counter);
        to.Spent++;
        Place(to, _counts, row, returning, position, blind);
    }

    private void Place(in RegisterConfiguration<TMask> from, int number, int row, int returning, int position, bool blind)
    {
        _seen.Counts(number).CopyTo(_counts);
        var slot = TMask.Of(_operations.Slots[row]);
        var to = from;
        to.Due -= slot;
        to.Optional -= slot;
        Place(to, _counts, row, returning, position, blind);
    }

    private void Place(RegisterConfiguration<TMask> to, int[] counts, int row, int returning, int position, bool blind)
    {
        _steps++;
        var value = _operations.Result[row];
        var wasDue = !(to.Due & TMask.Of(_operations.Slots[returning])).IsEmpty;
        to.Value = value;
        if (blind)
        {
            var idle = to.Due & _open.Writes;
            to.Optional |= idle;
            to.Due -= idle;
        }

        // Reads of this value settle; misses of any other value do.
        to.Due -= _open.ReadsOf(value);
        if (!_open.Misses.IsEmpty) to.Due -= _open.Misses - _open.MissesOf(value);
        to.Trace = _moves.Add(to.Trace, row, position);
        var slot = TMask.Of(_operations.Slots[returning]);
        var due = !(to.Due & slot).IsEmpty;
        var optional = !(to.Optional & slot).IsEmpty;
        if ((due || optional) && _seen.Count < _most) _seen.Add(to, counts);
        else _truncated |= due || optional;

        // What was placed without settling the returning operation can be placed later just as well.
        if (due || (optional && !wasDue)) return;
        to.Optional -= slot;
        _next.Add(to, counts);
    }

    // What cannot be found any more need not be counted.
    private void Forget(int unfinished)
    {
        var counter = _operations.Unfinished.Counter(unfinished);
        for (var i = 0; i < _frontier.Count; i++)
        {
            ref var count = ref _frontier.Counts(i)[counter];
            _frontier[i].CountsHash -= (ulong)count * Mixed(counter);
            _frontier[i].Spent -= count;
            count = 0;
        }
    }

    private static ulong Mixed(int counter) => (((ulong)counter * 2) + 1) * 0x9E3779B97F4A7C15UL;

    private SearchResult Failed(int position, string? spent, ValueTable values)
    {
        // Of the attempts at the last return, the one that placed most.
        var attempts = _seen.Count > 0 ? _seen : _frontier;
        var best = Enumerable.Range(0, Math.Min(attempts.Count, 100)).Select(i => (Path: _moves.Path(attempts[i].Trace), Number: i))
            .MaxBy(attempt => attempt.Path.Count);
        var held = _operations.Values[attempts[best.Number].Value];
        return new()
        {
            Kind = spent is null && !_truncated ? VerdictKind.Invalid : VerdictKind.Unknown,
            Order = new MoveReplay(_operations).Order(best.Path, position),
            Stuck = _operations.Operations[~_operations.Events[position]],
            State = held.IsNull ? "the register is unwritten (null)" : $"the register holds {values.Text(held)}",
            Reason = spent ?? "the most promising orders lead nowhere",
            Steps = _steps,
        };
    }
}
