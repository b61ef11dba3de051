using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Looks for an order in which every operation finds the versions that it found: just in time, depth first, with memory, as the general search does, but
/// a version that somebody still has to find is never replaced, and whatever can be placed without a choice is placed at once.
/// </summary>
/// <remarks>
/// A configuration is an event and the open operations that were placed; the contents of the registers follow from that, as far as they matter. None is
/// explored twice. Where only one order of writes is possible nothing is left to choose, and the search is linear.
/// </remarks>
internal sealed class VersionSearch
{
    private readonly VersionHistory _history;
    private readonly VersionBounds _bounds;
    private readonly VersionState _state;
    private readonly StepMeter _meter;
    private readonly int[] _events; // by gap; operation ≥ 0 is open from there on, ~operation no longer
    private readonly int[] _slots;
    private readonly OpenList _open;
    private readonly ConfigurationSet _seen;
    private readonly ulong[] _record;
    private readonly Stack<Frame> _frames = [];
    private readonly List<int> _branches = []; // of all frames
    private readonly List<int> _needed = [];
    private readonly int[] _stamps; // by operation: the frame that needs it
    private int _stamp;
    private int _event;
    private int _deepest = -1;

    public VersionSearch(VersionHistory history, VersionBounds bounds, SearchBudget budget)
    {
        _history = history;
        _bounds = bounds;
        _state = new VersionState(history, bounds);
        _events = Events(bounds);
        _slots = Slots(_events, history.Count, out var slots);
        _open = new OpenList(history.Count);
        _record = new ulong[1 + ((slots + 63) / 64)];
        _seen = new ConfigurationSet(_record.Length);
        _stamps = new int[history.Count];
        _meter = new StepMeter(budget, () => _seen.NextBytes);
    }

    /// <summary>The steps taken.</summary>
    public long Steps => _meter.Steps;

    /// <summary>The operation that could not be placed in time where the search came furthest; −1 if there is none.</summary>
    public int Stuck => _deepest < 0 ? -1 : ~_events[_deepest];

    /// <summary>If an order was found: the operations. Otherwise some beginning of one.</summary>
    public IReadOnlyList<int> Order => _state.Order;

    /// <summary>Searches until an order is found (true), there is none (false), or a budget is spent (null).</summary>
    /// <param name="patience">The most steps.</param>
    /// <param name="spent">Which budget was spent; null if it was patience.</param>
    public bool? Run(long patience, out string? spent)
    {
        spent = null;
        var end = _meter.Steps + patience;
        while (true)
        {
            if (Advance()) return true;
            _deepest = Math.Max(_deepest, _event);
            if (Remember()) Branch();
            if ((spent = _meter.Spent()) is not null || _meter.Steps > end) return null;
            if (!NextBranch()) return false;
        }
    }

    // Passes events until an operation has to be placed that was not.
    private bool Advance()
    {
        for (; _event < _events.Length; _event++)
        {
            var operation = _events[_event];
            if (operation >= 0)
            {
                _open.Add(operation);
                if (!_state.IsPossible(operation) || !_state.IsFree(operation)) continue;
                Place(operation);
            }
            else if (_state.IsPlaced(~operation))
            {
                _open.Remove(~operation);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    // Places an operation, and then whatever can be placed without a choice.
    private void Place(int operation)
    {
        _state.Place(operation);
        _meter.Steps++;
        for (var again = true; again;)
        {
            again = false;
            for (var other = _open.First; other >= 0; other = _open.Next(other))
            {
                if (_state.IsPlaced(other) || !_state.IsPossible(other) || !_state.IsFree(other)) continue;
                _state.Place(other);
                _meter.Steps++;
                again = true;
            }
        }
    }

    private bool Remember()
    {
        Array.Clear(_record);
        _record[0] = (ulong)_event;
        for (var operation = _open.First; operation >= 0; operation = _open.Next(operation))
        {
            if (_state.IsPlaced(operation)) _record[1 + (_slots[operation] >> 6)] |= 1UL << _slots[operation];
        }

        return _seen.Add(_record);
    }

    // The operations that may come next, the most promising last: what the operation that is due needs, and what is due early.
    private void Branch()
    {
        var gap = Due() - 1;
        if (!Needs(~_events[_event], gap)) return;
        var start = _branches.Count;
        for (var operation = _open.First; operation >= 0; operation = _open.Next(operation))
        {
            if (_state.IsPlaced(operation) || !_state.IsPossible(operation)) continue;
            _meter.Steps++;
            _needed.Clear();
            if (_state.AddNeeded(operation, gap, _needed) && _needed.Count == 0) _branches.Add(operation);
        }

        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_branches)[start..].Sort((one, other) =>
            _stamps[one] == _stamp != (_stamps[other] == _stamp)
                ? (_stamps[one] == _stamp).CompareTo(_stamps[other] == _stamp)
                : Urgency(other).CompareTo(Urgency(one)));
        _frames.Push(new(_event, _state.Order.Count, start));
    }

    private int Due() => _bounds.Last[~_events[_event]];

    private int Urgency(int operation)
    {
        var end = _bounds.Last[operation];
        foreach (var version in _history.Writes[operation]) end = Math.Min(end, _bounds.EndOf(_bounds.ChainOf(version)));
        return end;
    }

    // Marks what has to be placed before an operation; false if something of that cannot be.
    private bool Needs(int due, int gap)
    {
        _stamp++;
        _stamps[due] = _stamp;
        _needed.Clear();
        _needed.Add(due);
        for (var i = 0; i < _needed.Count; i++)
        {
            _meter.Steps++;
            var before = _needed.Count;
            if (!_state.AddNeeded(_needed[i], gap, _needed)) return false;
            var kept = before;
            for (var j = before; j < _needed.Count; j++)
            {
                if (_stamps[_needed[j]] == _stamp) continue;
                _stamps[_needed[j]] = _stamp;
                _needed[kept++] = _needed[j];
            }

            _needed.RemoveRange(kept, _needed.Count - kept);
        }

        return true;
    }

    // Goes back to where there is a branch left, and takes it; false if there is none.
    private bool NextBranch()
    {
        while (_frames.TryPeek(out var frame))
        {
            _state.TakeBack(frame.Placed);
            for (; _event > frame.Event; _event--)
            {
                var operation = _events[_event - 1];
                if (operation >= 0) _open.TakeBackAdd(operation);
                else _open.TakeBackRemove(~operation);
            }

            if (_branches.Count > frame.Branches)
            {
                var operation = _branches[^1];
                _branches.RemoveAt(_branches.Count - 1);
                Place(operation);
                return true;
            }

            _frames.Pop();
        }

        return false;
    }

    private static int[] Events(VersionBounds bounds)
    {
        var entries = new long[2 * bounds.First.Length];
        for (var operation = 0; operation < bounds.First.Length; operation++)
        {
            // In a gap operations end before others begin.
            entries[2 * operation] = PositionSort.Entry((2 * bounds.First[operation]) + 1, operation);
            entries[(2 * operation) + 1] = PositionSort.Entry(2 * bounds.Last[operation], ~operation);
        }

        PositionSort.Sort(entries);
        return Array.ConvertAll(entries, PositionSort.NumberOf);
    }

    // A slot for each operation that no other has while it is open.
    private static int[] Slots(int[] events, int count, out int most)
    {
        var slots = new int[count];
        var free = new Stack<int>();
        most = 0;
        foreach (var operation in events)
        {
            if (operation < 0) free.Push(slots[~operation]);
            else slots[operation] = free.TryPop(out var slot) ? slot : most++;
        }

        return slots;
    }

    /// <summary>A configuration with branches.</summary>
    /// <param name="Event">The event that cannot be passed.</param>
    /// <param name="Placed">How many operations were placed.</param>
    /// <param name="Branches">Where its branches begin.</param>
    private readonly record struct Frame(int Event, int Placed, int Branches);
}
