using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Looks for an order in which every operation finds the versions that it found: just in time, depth first, with memory, as the general search does, but
/// a version that somebody still has to find is never replaced, and whatever can be placed without a choice is placed at once.
/// </summary>
/// <remarks>
/// A configuration is an event, the open operations that were placed, and what doubts may find in registers; the other contents follow from that, as far as
/// they matter. None is explored twice. Where only one order of writes is possible nothing is left to choose, and the search is linear.
/// </remarks>
internal sealed class VersionSearch
{
    private const int ClaimBytes = 48;
    private const int LooksPerStep = 16;
    private const int MostStepsToBeFast = 2; // for each operation that is placed

    private readonly VersionHistory _history;
    private readonly VersionBounds _bounds;
    private readonly VersionState _state;
    private readonly StepMeter _meter;
    private readonly int[] _events; // by gap; operation ≥ 0 is open from there on, ~operation no longer
    private readonly int[] _slots;
    private readonly OpenList _open; // of those to be placed
    private readonly ConfigurationSet _seen;
    private readonly ulong[] _record;
    private readonly Dictionary<(int Before, int Version), ulong> _claims = []; // lists of versions by number, item by item
    private readonly List<int> _claimed = [];
    private readonly Stack<Frame> _frames = [];
    private readonly List<bool> _trail; // what was done: placed an operation, or passed an event
    private readonly List<int> _branches = []; // of all frames
    private readonly List<int> _needed = [];
    private readonly List<int> _helpful = [];
    private readonly int[] _stamps; // by operation: the frame that needs it
    private int _stamp;
    private int _event;
    private int _deepest = -1;

    public VersionSearch(VersionHistory history, VersionBounds bounds, SearchBudget budget)
    {
        _history = history;
        _bounds = bounds;
        _state = new VersionState(history, bounds);
        _events = VersionEvents.Of(history, bounds);
        _slots = VersionEvents.Slots(_events, history.Count, out var slots);
        _trail = new List<bool>(history.Count + _events.Length);
        _open = new OpenList(history.Count);
        _record = new ulong[2 + ((slots + 63) / 64)];
        _seen = new ConfigurationSet(_record.Length);
        _stamps = new int[history.Count];
        _meter = new StepMeter(budget, () => _seen.NextBytes + (ClaimBytes * _claims.Count));
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

    /// <summary>The same, as long as the search comes further within some steps, and fast.</summary>
    /// <param name="patience">The most steps in which it does not.</param>
    /// <param name="isStuck">Whether it did not.</param>
    public bool? RunOn(long patience, out bool isStuck)
    {
        while (true)
        {
            var deepest = _deepest;
            var found = Run(patience, out var spent);
            isStuck = found == false || _deepest == deepest;
            if (found is not null || isStuck || spent is not null || Steps > patience + (MostStepsToBeFast * (long)Order.Count)) return found;
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
                _trail.Add(false);
                if (!_state.IsPossible(operation) || !_state.IsFree(operation) || _state.IsUseless(operation)) continue;
                Place(operation);
            }
            else if (_state.IsPlaced(~operation))
            {
                Flip(~operation);
                _trail.Add(false);
            }
            else if (_bounds.IsOptional(~operation))
            {
                _open.Remove(~operation);
                _trail.Add(false);
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
        var looked = 0;
        for (var again = Take(operation); again;)
        {
            again = false;
            for (var other = _open.First; other >= 0; other = _open.Next(other))
            {
                looked++;
                if (!_state.IsPossible(other) || !_state.IsFree(other) || _state.IsUseless(other)) continue;
                again |= Take(other);
            }
        }

        _meter.Steps += looked / LooksPerStep;
    }

    private bool Take(int operation)
    {
        _open.Remove(operation);
        Flip(operation);
        _trail.Add(true);
        _meter.Steps++;
        return _state.Place(operation);
    }

    private void Flip(int operation) => _record[2 + (_slots[operation] >> 6)] ^= 1UL << _slots[operation];

    private bool Remember()
    {
        _record[0] = (ulong)_event;
        _record[1] = 0;
        _claimed.Clear();
        _state.AddClaimed(_claimed);
        foreach (var version in _claimed)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_claims, ((int)_record[1], version), out var known);
            if (!known) number = (ulong)_claims.Count;
            _record[1] = number;
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
            _meter.Steps++;
            if (!_state.IsPossible(operation) || _state.IsUseless(operation)) continue;
            _needed.Clear();
            if (_state.AddNeeded(operation, gap, _needed) && _needed.Count == 0) _branches.Add(operation);
        }

        CollectionsMarshal.AsSpan(_branches)[start..].Sort((one, other) =>
            _stamps[one] == _stamp != (_stamps[other] == _stamp)
                ? (_stamps[one] == _stamp).CompareTo(_stamps[other] == _stamp)
                : Urgency(other).CompareTo(Urgency(one)));
        _frames.Push(new(_trail.Count, start));
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

        _helpful.Clear();
        foreach (var operation in _needed) _state.AddHelpful(operation, _helpful);
        foreach (var operation in _helpful) _stamps[operation] = _stamp;
        return true;
    }

    // Goes back to where there is a branch left, and takes it; false if there is none.
    private bool NextBranch()
    {
        while (_frames.TryPeek(out var frame))
        {
            TakeBack(frame.Done);
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

    private void TakeBack(int done)
    {
        for (; _trail.Count > done; _trail.RemoveAt(_trail.Count - 1))
        {
            if (_trail[^1])
            {
                var placed = _state.TakeBack();
                _open.TakeBackRemove(placed);
                Flip(placed);
                continue;
            }

            var operation = _events[--_event];
            if (operation >= 0) _open.TakeBackAdd(operation);
            else if (_state.IsPlaced(~operation)) Flip(~operation);
            else _open.TakeBackRemove(~operation);
        }
    }

    /// <summary>A configuration with branches.</summary>
    /// <param name="Done">How long the trail was.</param>
    /// <param name="Branches">Where its branches begin.</param>
    private readonly record struct Frame(int Done, int Branches);
}
