using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// What decides about one element of a set in most cases, in 36 bytes whatever was asked of it. If no two of its rows overlap, each finds what the one before
/// it left. If it was added at most once and removed at most once, it is decided by when the add and the remove began and ended, between which moments it
/// must have been there, and until when it was missed: in any order the rows that say it is absent come before the add or after the remove, those that say
/// it is present in between; a remove may also come before the add and do nothing.
/// </summary>
internal struct ElementBounds
{
    private int _addInvoke;
    private int _addReturn;
    private int _removeInvoke;
    private int _removeReturn;
    private int _firstSeen; // the earliest return of a row that found it
    private int _lastSeen; // the latest invocation of one
    private int _lastMissed; // the latest invocation of a row that found it absent
    private int _lastReturn; // of all rows
    private ElementUses _uses;

    /// <summary>An element of which nothing is known yet.</summary>
    public static ElementBounds None { get; } = new() { _firstSeen = KeyHistory.Never, _lastSeen = -1, _lastMissed = -1, _lastReturn = -1 };

    /// <summary>Whether it was there at first, or added or removed more than once.</summary>
    public readonly bool IsRepeated => Is(ElementUses.Repeated);

    /// <summary>Whether it takes more than this to decide: rows overlap, and it is repeated.</summary>
    public readonly bool IsOpen => IsRepeated && Is(ElementUses.Overlaps) && !Is(ElementUses.Wrong);

    /// <summary>It was there at first.</summary>
    public void Begin() => _uses |= ElementUses.Repeated | ElementUses.Present;

    /// <summary>Takes the next row of the element, in the order of invocation.</summary>
    /// <param name="changes">Whether the row is an add or a remove.</param>
    /// <param name="step">What it does.</param>
    /// <param name="invoke">When it began.</param>
    /// <param name="returns">When it ended.</param>
    public void Add(bool changes, ElementStep step, int invoke, int returns)
    {
        if (invoke < _lastReturn) _uses |= ElementUses.Overlaps;
        else if (!Is(ElementUses.Overlaps)) Follow(step);
        _lastReturn = Math.Max(_lastReturn, returns);
        if (changes)
        {
            Change(step, invoke, returns);
        }
        else if (step.Present)
        {
            _firstSeen = Math.Min(_firstSeen, returns);
            _lastSeen = invoke;
        }
        else
        {
            _lastMissed = invoke;
        }
    }

    /// <summary>
    /// Whether the rows have an order, unless it <see cref="IsOpen"/>; null if that depends on the rows that found it absent: they have one unless such a row
    /// began at <paramref name="earliest"/> or later and ended before <paramref name="latest"/>.
    /// </summary>
    public readonly bool? HasOrder(out int earliest, out int latest)
    {
        (earliest, latest) = (KeyHistory.Never, -1);
        if (Is(ElementUses.Wrong)) return false;
        if (!Is(ElementUses.Overlaps)) return !Is(ElementUses.Doubted);
        if (Is(ElementUses.AddFoundIt)) return false;
        var (removes, seen, found) = (Is(ElementUses.Removed), _lastSeen >= 0, Is(ElementUses.RemoveFoundIt));
        if (!Is(ElementUses.Added) || (_addReturn == KeyHistory.Never && !seen && !found)) return !seen && !found; // it was never there
        if (_firstSeen < _addInvoke) return false;
        if (!found)
        {
            // The remove comes first and does nothing, or never happened.
            var last = removes && _removeReturn != KeyHistory.Never ? Math.Max(_lastMissed, _removeInvoke) : _lastMissed;
            if (Math.Min(_addReturn, _firstSeen) >= last) return true;
        }

        if (!removes || Is(ElementUses.RemoveMissedIt) || _removeReturn < Math.Max(_addInvoke, _lastSeen)) return false;
        earliest = Math.Min(Math.Min(_addReturn, _firstSeen), _removeReturn);
        latest = Math.Max(Math.Max(_addInvoke, _lastSeen), _removeInvoke);
        return _lastMissed < earliest ? true : null;
    }

    // Everything before it has ended, and nothing of that overlapped. What does not fit may still be explained by what overlaps with it.
    private void Follow(ElementStep step)
    {
        if (Is(ElementUses.Doubted)) _uses |= ElementUses.Wrong;
        var fits = step.Role == ElementRole.Free || Is(ElementUses.Present) == (step.Role == ElementRole.Look == step.Present);
        _uses &= ~(ElementUses.Present | ElementUses.Doubted);
        _uses |= (step.Present ? ElementUses.Present : 0) | (fits ? 0 : ElementUses.Doubted);
    }

    private void Change(ElementStep step, int invoke, int returns)
    {
        var use = step.Present ? ElementUses.Added : ElementUses.Removed;
        if (Is(use)) use = ElementUses.Repeated;
        else if (step.Present) (_addInvoke, _addReturn) = (invoke, returns);
        else (_removeInvoke, _removeReturn) = (invoke, returns);
        if (step.Role == ElementRole.Look) use |= step.Present ? ElementUses.AddFoundIt : ElementUses.RemoveMissedIt;
        if (step.Role == ElementRole.Change && !step.Present) use |= ElementUses.RemoveFoundIt;
        _uses |= use;
    }

    private readonly bool Is(ElementUses uses) => (_uses & uses) != 0;
}
