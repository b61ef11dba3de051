namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// All the ways in which things may stand with one element of a set, event by event: exact, whatever is added and removed again. Changes are put
/// off until an operation is about to return that needs one (Lowe, "Testing for linearizability", 2017, section 5), and then:
/// </summary>
/// <remarks>
/// <para>An operation that only needs a state is served by the first change to that state. One that changes the state itself comes first
/// among those that change it alike, or second after one opposite change. Of changes without condition the one that returns first is
/// taken, of those that must find the opposite as well: the others can stand in for it later. An add that found its element there has
/// had its effect if need be, but until it returns it may still bring the element back; so at its return there are both ways.</para>
/// <para>Ways that are covered by others are dropped; mostly one or two are left, so that an event costs O(1) and the open operations.</para>
/// </remarks>
/// <param name="record">Whether the changes are recorded, for a witness.</param>
internal sealed class ElementFrontier(bool record)
{
    /// <summary>The most operations that may be open at once, those of unknown outcome apart.</summary>
    public const int MostOpen = 128;

    private const int MostWays = 512;
    private const int CommitAfter = 256;

    private readonly List<int>[] _unknown = [[], []]; // rows of unknown outcome that leave the element absent, present; by invocation
    private readonly UInt128[] _looks = new UInt128[2];
    private readonly UInt128[] _free = new UInt128[2];
    private readonly UInt128[] _changes = new UInt128[2];
    private readonly List<(int Before, int Row, int Stamp)> _log = [];
    private readonly List<(int Row, int Stamp)> _certain = [];
    private List<ElementConfiguration> _ways = [];
    private List<ElementConfiguration> _next = [];
    private (int Row, int Return, ElementStep Step)[] _slots = new (int, int, ElementStep)[4];
    private UInt128 _open;

    /// <summary>Whether there were more ways or open operations than can be followed: then nothing is known.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether the element may be there now, without a further change.</summary>
    public bool MayBePresent { get; private set; }

    /// <summary>Whether the element may be absent now, without a further change.</summary>
    public bool MayBeAbsent { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Reset(bool present)
    {
        _ways.Clear();
        _ways.Add(new ElementConfiguration { Present = present, Last = -1 });
        foreach (var rows in _unknown) rows.Clear();
        foreach (var masks in (UInt128[][])[_looks, _free, _changes]) masks.AsSpan().Clear();
        _log.Clear();
        _certain.Clear();
        _open = 0;
        IsLost = false;
        Note();
    }

    /// <summary>An operation that returns begins. Returns its slot, which is free again after <see cref="Close"/>.</summary>
    public int Open(int row, int returns, ElementStep step)
    {
        var slot = (int)UInt128.TrailingZeroCount(~_open);
        if (slot == MostOpen)
        {
            IsLost = true;
            return 0;
        }

        if (slot == _slots.Length) Array.Resize(ref _slots, 2 * slot);
        _slots[slot] = (row, returns, step);
        var bit = UInt128.One << slot;
        _open |= bit;
        Masks(step.Role)[step.Present ? 1 : 0] |= bit;
        foreach (ref var way in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ways))
        {
            if (step.Role == ElementRole.Change) way.Owed |= bit;
            else if (way.Present != step.Present) way.Pending |= bit;
        }

        return slot;
    }

    /// <summary>An add or remove of unknown outcome begins.</summary>
    public void OpenUnknown(int row, bool present) => _unknown[present ? 1 : 0].Add(row);

    /// <summary>The operation in a slot returns. False if no way is left.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="stamp">Stands by the changes that have to come before the return.</param>
    public bool Close(int slot, int stamp)
    {
        var (role, present) = _slots[slot].Step;
        var bit = UInt128.One << slot;
        _next.Clear();
        foreach (var way in _ways)
        {
            var pending = ((way.Pending | way.Owed) & bit) != 0;
            switch (role)
            {
                case ElementRole.Change when pending && way.Present == present:
                    Each(way, !present, stamp, then: slot, bit);
                    break;
                case ElementRole.Change when pending:
                    Keep(Changed(way, present, slot, stamp), bit);
                    break;
                case ElementRole.Look or ElementRole.Free when pending:
                    Each(way, present, stamp, then: -1, bit);
                    break;
                case ElementRole.Free when (way.Used & bit) == 0:
                    Keep(way, bit);
                    if (way.Present != present) Keep(Changed(way, present, slot, stamp), bit);
                    else if (((way.Pending | way.Owed) & Wanting(!present)) != 0) Each(way, !present, stamp, then: slot, bit);
                    break;
                default:
                    Keep(way, bit);
                    break;
            }
        }

        _open &= ~bit;
        Masks(role)[present ? 1 : 0] &= ~bit;
        return Settle();
    }

    /// <summary>Whether the operation in a slot cannot return without a change.</summary>
    public bool NeedsChange(int slot)
    {
        foreach (var way in _ways)
        {
            if (((way.Pending | way.Owed) >> slot & 1) == 0) return false;
        }

        return true;
    }

    /// <summary>Whether the element can be there, or not, at this moment, perhaps after a change.</summary>
    public bool CanBe(bool present)
    {
        if (present ? MayBePresent : MayBeAbsent) return true;
        foreach (var way in _ways)
        {
            if (Chosen(way, present, out var change, out var free) && (change >= 0 || free >= -1)) return true;
        }

        return false;
    }

    /// <summary>Somebody sees at this moment that the element is there, or not. False if no way is left.</summary>
    public bool Require(bool present, int stamp)
    {
        _next.Clear();
        foreach (var way in _ways)
        {
            if (way.Present == present) Keep(way, 0);
            else Each(way, present, stamp, then: -1, 0);
        }

        return Settle();
    }

    /// <summary>The changes in one way that is left: the rows that brought them about, in order, with their stamps.</summary>
    public List<(int Row, int Stamp)> Changes()
    {
        Commit(_ways[0].Last);
        return _certain;
    }

    private UInt128[] Masks(ElementRole role) => role == ElementRole.Look ? _looks : role == ElementRole.Free ? _free : _changes;

    // The open operations that a state would serve, and those that would bring it about.
    private UInt128 Wanting(bool present) => _looks[present ? 1 : 0] | _free[present ? 1 : 0] | _changes[present ? 1 : 0];

    // Every change to a state that is worth trying, and then perhaps the opposite one by the operation of a slot.
    private void Each(in ElementConfiguration way, bool present, int stamp, int then, UInt128 gone)
    {
        if (!Chosen(way, present, out var change, out var free)) return;
        if (change >= 0) Try(Changed(way, present, change, stamp));
        if (free >= -1) Try(Changed(way, present, free, stamp));

        void Try(in ElementConfiguration changed) => Keep(then < 0 ? changed : Changed(changed, !present, then, stamp), gone);
    }

    // Of those that must find the opposite, and of those without condition, the one that returns first: -1 is one of unknown outcome, -2 none.
    private bool Chosen(in ElementConfiguration way, bool present, out int change, out int free)
    {
        var to = present ? 1 : 0;
        change = First(_changes[to] & way.Owed);
        free = First(_free[to] & ~way.Used);
        if (free == -2 && (present ? way.Adds : way.Removes) < _unknown[to].Count) free = -1;
        return change >= 0 || free >= -1;
    }

    private int First(UInt128 slots)
    {
        var (best, earliest) = (-2, int.MaxValue);
        for (; slots != 0; slots &= slots - 1)
        {
            var slot = (int)UInt128.TrailingZeroCount(slots);
            if (_slots[slot].Return < earliest) (best, earliest) = (slot, _slots[slot].Return);
        }

        return best;
    }

    private ElementConfiguration Changed(ElementConfiguration way, bool present, int slot, int stamp)
    {
        var to = present ? 1 : 0;
        var row = slot >= 0 ? _slots[slot].Row : _unknown[to][present ? way.Adds++ : way.Removes++];
        if (record)
        {
            _log.Add((way.Last, row, stamp));
            way.Last = _log.Count - 1;
        }

        way.Present = present;
        way.Pending &= ~(_looks[to] | _free[to]);
        if (slot < 0) return way;
        var bit = UInt128.One << slot;
        if (_slots[slot].Step.Role == ElementRole.Free) way.Used |= bit;
        way.Owed &= ~bit;
        return way;
    }

    private void Keep(ElementConfiguration way, UInt128 gone)
    {
        way.Pending &= ~gone;
        way.Owed &= ~gone;
        way.Used &= ~gone;
        for (var i = 0; i < _next.Count; i++)
        {
            if (way.IsCoveredBy(_next[i])) return;
            if (!_next[i].IsCoveredBy(way)) continue;
            _next[i--] = _next[^1];
            _next.RemoveAt(_next.Count - 1);
        }

        if (_next.Count < MostWays) _next.Add(way);
        else IsLost = true;
    }

    private bool Settle()
    {
        (_ways, _next) = (_next, _ways);
        if (_ways.Count == 1 && _log.Count > CommitAfter)
        {
            Commit(_ways[0].Last);
            _ways[0] = _ways[0] with { Last = -1 };
        }

        Note();
        return _ways.Count > 0;
    }

    private void Note()
    {
        (MayBePresent, MayBeAbsent) = (false, false);
        foreach (var way in _ways)
        {
            MayBePresent |= way.Present;
            MayBeAbsent |= !way.Present;
        }
    }

    private void Commit(int last)
    {
        var from = _certain.Count;
        for (var at = last; at >= 0; at = _log[at].Before) _certain.Add((_log[at].Row, _log[at].Stamp));
        _certain.Reverse(from, _certain.Count - from);
        _log.Clear();
    }
}
