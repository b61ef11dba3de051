using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Passes the events of a bag once, settling what happened as late as possible: an enqueue when it returns or a dequeue needs it, a dequeue
/// when it returns. Every choice is the operation that returns first, as all that are open serve equally well.
/// </summary>
/// <remarks>
/// Whoever found nothing needs a gap in which the bag was empty. Where nothing is inside for certain, that costs nothing. Otherwise
/// what is inside has to be taken out there by dequeues that are open or of unknown outcome, which then cannot serve later: a choice of gap, taken as late as possible,
/// and taken back if it leads nowhere.
/// </remarks>
internal sealed class BagSweep
{
    private const int MostChoices = 1 << 12; // while somebody waits
    private const int KeptChoices = 1 << 8;
    private const int Rounds = 16; // how many times the length of the history is spent before giving up

    private readonly KeyHistory _history;
    private readonly LocalTime _time;
    private readonly int[] _events; // row, or ~row for its return
    private readonly int[] _values; // by row; −1 where it has none
    private readonly int[] _initial; // how many elements of a value there are at first
    private readonly List<(int Gap, int Log)> _choices = [];
    private readonly List<int> _unknown = []; // dequeues of unknown outcome that have begun

    private BagState _state;

    public BagSweep(in KeyHistory history, LocalTime time, int[] values, int[] initial)
    {
        (_history, _time, _values, _initial) = (history, time, values, initial);
        _events = new int[time.Events];
        for (var row = 0; row < values.Length; row++)
        {
            _events[time.Invoke[row]] = row;
            if (time.Return[row] < time.Events) _events[time.Return[row]] = ~row;
        }

        _state = Fresh();
    }

    /// <summary>
    /// What no order can explain even if every one who found nothing is looked at alone: the row, and the values that matter; −1 if there is
    /// nothing of the kind. <paramref name="settled"/> says that an order was found on the way.
    /// </summary>
    public int Contradiction(out HashSet<int> values, out bool settled)
    {
        values = [];
        settled = true;
        var feasible = -1; // the last gap in which the bag may have been empty
        for (var at = 0; at < _events.Length; at++)
        {
            var row = _events[at] < 0 ? ~_events[at] : _events[at];
            if (IsEmpty(row))
            {
                if (_events[at] < 0 && feasible < _time.Invoke[row])
                {
                    values = Blocking(row);
                    return row;
                }

                if (_events[at] < 0 && _state.LastEmpty < _time.Invoke[row]) settled = false;
                if (_events[at] < 0) _state.Place(row, _state.LastEmpty, 1);
            }
            else if (!Pass(at))
            {
                values = [_values[row]];
                return row;
            }

            if (_state.Excess <= _unknown.Count) feasible = at;
            if (_state.Inside == 0) _state.LastEmpty = at;
        }

        return -1;
    }

    /// <summary>Chooses the gaps in which the bag was empty; false if no choice was found in time, which proves nothing.</summary>
    public bool TryChoose()
    {
        _state = Fresh();
        _state.Logs = true;
        _unknown.Clear();
        var (pending, chosen, left) = (-1, false, (long)Rounds * _events.Length); // pending: the last invocation of one who found nothing
        for (var at = 0; at < _events.Length; at++)
        {
            if (--left < 0) return false;
            var row = _events[at] < 0 ? ~_events[at] : _events[at];
            bool passes;
            if (!IsEmpty(row))
            {
                passes = Pass(at);
            }
            else
            {
                passes = _events[at] >= 0 || _state.LastEmpty >= _time.Invoke[row];
                if (_events[at] >= 0) pending = at;
                else if (passes) _state.Place(row, _state.LastEmpty, 1);
            }

            if (!passes)
            {
                if (_choices.Count == 0) return false;
                (at, var length) = _choices[^1];
                _choices.RemoveAt(_choices.Count - 1);
                _state.Undo(length);
                while (_unknown.Count > 0 && _time.Invoke[_unknown[^1]] > at) _unknown.RemoveAt(_unknown.Count - 1);
                pending = at; // whoever began later begins again
                Empty(at);
                chosen = true;
            }
            else if (_state.Inside == 0)
            {
                _state.LastEmpty = at;
                if (!chosen) _choices.Clear(); // nothing was given up so far
            }
            else if (pending > _state.LastEmpty && _state.Excess <= _unknown.Count - _state.UsedUnknown)
            {
                if (_choices.Count == MostChoices) return false;
                _choices.Add((at, _state.LogLength));
            }

            if (pending <= _state.LastEmpty && _choices.Count > KeptChoices) _choices.Clear();
            if (_choices.Count == 0) _state.Forget();
        }

        return true;
    }

    /// <summary>The order that was found.</summary>
    public int[] Order()
    {
        var order = new PointOrder(_values.Length);
        for (var row = 0; row < _values.Length; row++)
        {
            if (_state.Placed(row) is >= 0 and var at) order.Add(at / 4, at % 4, row);
        }

        return order.Rows();
    }

    private BagState Fresh()
    {
        var state = new BagState(_initial.Length, _time.Return);
        for (var value = 0; value < _initial.Length; value++)
        {
            if (_initial[value] > 0) state.Add(value, _initial[value]);
        }

        return state;
    }

    private bool IsEmpty(int row) => _values[row] < 0 && _history.Types[row] == OperationType.Ok;

    // Passes an event of an enqueue or a dequeue; false if a dequeue returns what cannot be there.
    private bool Pass(int at)
    {
        var (row, ends) = _events[at] < 0 ? (~_events[at], true) : (_events[at], false);
        var value = _values[row];
        if (value < 0)
        {
            _unknown.Add(row);
            return true;
        }

        var enqueues = _history.Functions[row] == Function.Enqueue;
        if (!ends)
        {
            if (enqueues) _state.OpenEnqueue(value, row);
            else _state.OpenDequeue(value, row);
            return true;
        }

        if (_state.Placed(row) >= 0) return true;
        if (enqueues)
        {
            _state.Place(_state.TakeEnqueue(value), at - 1, 2);
            _state.Add(value, 1);
            return true;
        }

        _state.Place(_state.TakeDequeue(value), at - 1, 3);
        if (_state.Count(value) > 0)
        {
            _state.Add(value, -1);
            return true;
        }

        var needed = _state.TakeEnqueue(value);
        if (needed >= 0) _state.Place(needed, at - 1, 2);
        return needed >= 0;
    }

    // Takes everything out in a gap.
    private void Empty(int gap)
    {
        while (_state.Inside > 0)
        {
            var value = _state.Present(0);
            var dequeue = _state.TakeDequeue(value);
            if (dequeue < 0) dequeue = _unknown[_state.UsedUnknown++];
            _state.Place(dequeue, gap, 0);
            _state.Add(value, -1);
        }

        _state.LastEmpty = gap;
    }

    // The values that kept the bag from being empty in some gap of an operation.
    private HashSet<int> Blocking(int row)
    {
        _state = Fresh();
        _unknown.Clear();
        var values = new HashSet<int>();
        for (var at = 0; at < _time.Return[row]; at++)
        {
            if (!IsEmpty(_events[at] < 0 ? ~_events[at] : _events[at])) Pass(at);
            if (at < _time.Invoke[row]) continue;
            for (var i = 0; i < _state.Inside; i++)
            {
                if (_state.ExcessOf(_state.Present(i)) > 0) values.Add(_state.Present(i));
            }
        }

        return values;
    }
}
