using System.Numerics;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Decides one register, repeated values and unknown outcomes included, exactly: the set of all configurations that matter is carried from
/// event to
/// event (just-in-time linearization, Lowe 2017) and reduced by what only registers allow.
/// </summary>
/// <remarks>
/// <para>A configuration is the value, the operations still due, and the writes that are optional. At a return only those orders are tried
/// that settle the
/// returning operation. Reductions, all exact:</para>
/// <para>R1: reads settle as soon as the value is there. R2: once a blind write is placed, every other open write may be thought to stand
/// immediately before it, so
/// it becomes optional until it returns. R3: of equal operations the one that returns first is placed first. R4: a blind write is placed
/// only for an
/// unsettled read or an open compare-and-set of its value, or because it is the one that returns, its last chance to take effect. R5: a
/// configuration with the
/// same value and compare-and-sets, fewer obligations and more options makes another needless.</para>
/// <para>Cost: events × configurations carried; exponential in the open operations at worst.</para>
/// </remarks>
internal sealed class RegisterFrontier
{
    private const int MostCompared = 64;

    private readonly RegisterOperations _operations;
    private readonly SearchBudget _budget;
    private readonly int _words;
    private readonly int[] _rowAt;
    private readonly ulong[] _scratch;
    private readonly int[] _bestByValue;
    private readonly List<int> _touchedValues = [];
    private readonly bool[] _neededValues;
    private readonly List<int> _needed = [];
    private readonly MoveLog _moves = new();
    private readonly RegisterMasks _masks;
    private readonly RegisterDominance _dominance;
    private RegisterConfigurations _frontier;
    private RegisterConfigurations _next;
    private readonly RegisterConfigurations _seen;
    private long _steps;
    private long _nextPoll;

    public RegisterFrontier(RegisterOperations operations, SearchBudget budget)
    {
        _operations = operations;
        _budget = budget;
        _words = Math.Max(1, (operations.SlotCount + 63) / 64);
        _rowAt = new int[operations.SlotCount];
        _scratch = new ulong[(2 * _words) + 1];
        _bestByValue = new int[operations.Values.Count];
        Array.Fill(_bestByValue, -1);
        _neededValues = new bool[operations.Values.Count];
        _masks = new RegisterMasks(_words, operations.Values.Count);
        _dominance = new RegisterDominance(_masks, _words, MostCompared);
        _frontier = new RegisterConfigurations(_words);
        _next = new RegisterConfigurations(_words);
        _seen = new RegisterConfigurations(_words);
    }

    /// <summary>Carries the frontier through all events.</summary>
    /// <param name="describe">Says a value in words, for the state in which a failed search was stuck.</param>
    public SearchResult Run(Func<Histories.Values.ValueId, string> describe)
    {
        _frontier.Append(_scratch, -1);
        var events = _operations.Events;
        for (var position = 0; position < events.Length; position++)
        {
            if (events[position] >= 0)
            {
                Invoke(events[position]);
            }
            else
            {
                var spent = Return(~events[position], position);
                if (spent is not null || _frontier.Count == 0) return Failed(position, spent, describe);
                if (_moves.WantsCompacting) _moves.Compact(_frontier);
            }
        }

        var order = new MoveReplay(_operations).Order(_moves.Path(_frontier.Trace(0)), events.Length);
        return new() { Kind = VerdictKind.Valid, Order = order, Steps = _steps };
    }

    private void Invoke(int row)
    {
        var slot = _operations.Slots[row];
        _rowAt[slot] = row;
        _masks.Open(_operations, row);
        var (word, bit) = (slot >> 6, 1UL << slot);
        var action = _operations.Actions[row];
        var optional = action == RegisterAction.Write && _operations.Returns[row] == KeyHistory.Never;
        for (var i = 0; i < _frontier.Count; i++)
        {
            if (action <= RegisterAction.Miss && (_frontier.Value(i) == _operations.Operand[row]) == (action == RegisterAction.Read))
                continue;
            (optional ? _frontier.Optional(i) : _frontier.Due(i))[word] |= bit;
        }

        _steps += _frontier.Count;
    }

    // Settles a returning operation in every configuration; says which budget is spent, if one is.
    private string? Return(int row, int position)
    {
        var slot = _operations.Slots[row];
        var (word, bit) = (slot >> 6, 1UL << slot);
        var open = false;
        for (var i = 0; i < _frontier.Count && !open; i++) open = ((_frontier.Due(i)[word] | _frontier.Optional(i)[word]) & bit) != 0;
        if (!open)
        {
            _masks.Close(_operations, row);
            return null;
        }

        _next.Clear();
        _seen.Clear();
        for (var i = 0; i < _frontier.Count; i++)
        {
            var record = _frontier.Record(i);
            var due = (_frontier.Due(i)[word] & bit) != 0;
            if (due || (_frontier.Optional(i)[word] & bit) != 0) _seen.Add(record, _frontier.Trace(i));
            if (due) continue;
            record.CopyTo(_scratch);
            _scratch[1 + _words + word] &= ~bit;
            _next.Add(_scratch, _frontier.Trace(i));
        }

        // What is seen is also the work list: it grows behind the one being expanded.
        for (var i = 0; i < _seen.Count; i++)
        {
            if (Spent() is { } reason) return reason;
            Expand(i, row, position);
        }

        _masks.Close(_operations, row);
        (_frontier, _next) = (_next, _frontier);
        _dominance.Reduce(_frontier);
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
        var returningSlot = _operations.Slots[returning];
        var value = _seen.Value(number);
        var any = Needs(number);
        var returns = _operations.Returns;
        for (var w = 0; w < _words; w++)
        {
            var due = _seen.Due(number)[w];
            for (var left = (due | _seen.Optional(number)[w]) & _masks.Writes[w]; left != 0; left &= left - 1)
            {
                var row = _rowAt[(w << 6) + BitOperations.TrailingZeroCount(left)];
                ref var best = ref _bestByValue[_operations.Result[row]];
                if (best < 0) _touchedValues.Add(_operations.Result[row]);
                if (best < 0 || returns[row] < returns[best]) best = row;
            }
        }

        var returningIsDueWrite = _operations.Actions[returning] == RegisterAction.Write &&
            (_seen.Due(number)[returningSlot >> 6] >> returningSlot & 1) != 0;
        foreach (var result in _touchedValues)
        {
            var row = _bestByValue[result];
            _bestByValue[result] = -1;
            if (returningIsDueWrite || row == returning || any || _neededValues[result])
                Place(number, row, returning, position, blind: true);
        }

        _touchedValues.Clear();
        foreach (var result in _needed) _neededValues[result] = false;
        _needed.Clear();
        PlaceCas(number, value, returning, position);
    }

    // Marks the values that unsettled reads and open compare-and-sets wait for; true if something waits for any other value.
    private bool Needs(int number)
    {
        var any = false;
        for (var w = 0; w < _words; w++)
        {
            for (var left = _seen.Due(number)[w] & ~_masks.Writes[w]; left != 0; left &= left - 1)
            {
                var row = _rowAt[(w << 6) + BitOperations.TrailingZeroCount(left)];
                any |= _operations.Actions[row] == RegisterAction.Miss;
                var operand = _operations.Operand[row];
                if (_neededValues[operand]) continue;
                _neededValues[operand] = true;
                _needed.Add(operand);
            }
        }

        return any;
    }

    private void PlaceCas(int number, int value, int returning, int position)
    {
        var returns = _operations.Returns;
        for (var w = 0; w < _words; w++)
        {
            for (var left = _seen.Due(number)[w] & _masks.Cas[w]; left != 0; left &= left - 1)
            {
                var row = _rowAt[(w << 6) + BitOperations.TrailingZeroCount(left)];
                if (_operations.Operand[row] != value) continue;
                ref var best = ref _bestByValue[_operations.Result[row]];
                if (best < 0) _touchedValues.Add(_operations.Result[row]);
                if (best < 0 || returns[row] < returns[best]) best = row;
            }
        }

        foreach (var result in _touchedValues)
        {
            var row = _bestByValue[result];
            _bestByValue[result] = -1;
            Place(number, row, returning, position, blind: false);
        }

        _touchedValues.Clear();
    }

    private void Place(int number, int row, int returning, int position, bool blind)
    {
        _steps++;
        _seen.Record(number).CopyTo(_scratch);
        var due = _scratch.AsSpan(1, _words);
        var optional = _scratch.AsSpan(1 + _words, _words);
        var slot = _operations.Slots[row];
        var value = _operations.Result[row];
        _scratch[0] = (uint)value;
        for (var w = 0; w < _words; w++)
        {
            if (blind)
            {
                optional[w] |= due[w] & _masks.Writes[w];
                due[w] &= ~_masks.Writes[w];
            }

            // reads of this value settle; misses of any other value do
            due[w] &= ~(_masks.ReadsOf(value)[w] | (_masks.Misses[w] & ~_masks.MissesOf(value)[w]));
        }

        due[slot >> 6] &= ~(1UL << slot);
        optional[slot >> 6] &= ~(1UL << slot);
        var trace = _moves.Add(_seen.Trace(number), row, position);
        var returningSlot = _operations.Slots[returning];
        var (word, bit) = (returningSlot >> 6, 1UL << returningSlot);
        var isDue = (due[word] & bit) != 0;
        var isOptional = (optional[word] & bit) != 0;
        if (isDue || isOptional) _seen.Add(_scratch, trace);
        if (isDue) return;
        optional[word] &= ~bit;
        _next.Add(_scratch, trace);
    }

    private SearchResult Failed(int position, string? spent, Func<Histories.Values.ValueId, string> describe)
    {
        // Of the attempts at the last return, the one that placed most.
        var attempts = _seen.Count > 0 ? _seen : _frontier;
        var path = Enumerable.Range(0, Math.Min(attempts.Count, 1000)).Select(i => (Path: _moves.Path(attempts.Trace(i)),
            Number: i)).MaxBy(a => a.Path.Count);
        return new()
        {
            Kind = spent is null ? VerdictKind.Invalid : VerdictKind.Unknown,
            Order = new MoveReplay(_operations).Order(path.Path, position),
            Stuck = _operations.Operations[~_operations.Events[position]],
            State = describe(_operations.Values[attempts.Value(path.Number)]),
            Reason = spent ?? "",
            Steps = _steps,
        };
    }
}
