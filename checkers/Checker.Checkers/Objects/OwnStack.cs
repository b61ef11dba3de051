namespace Checker.Checkers.Objects;

/// <summary>
/// A stack under read-your-writes. What another put in comes last, if nothing that its process did at or after it was seen before; else before the own
/// update that this must stand before, and
/// own elements above it are removed by others. Each own removal of what another put in has another insertion right before it, so that it leaves own
/// elements alone: the same one in all views, or one of
/// two of which neither is by who put in what comes before.
/// </summary>
internal sealed class OwnStack(OthersUpdates others, IReadOnlyDictionary<int, int> needed) : OwnContainer
{
    private readonly List<(int Row, int Own)> _stack = []; // own elements, and which own update put them there
    private readonly HashSet<int> _there = [];
    private readonly List<int> _top = []; // before each own update; −1 for none
    private readonly Dictionary<int, int> _own = []; // which own update put an element there
    private readonly bool[] _isBroken = new bool[2]; // with insertions of each part of the others, what is on it is not known any more

    /// <inheritdoc/>
    public override bool Explains(int row, int source)
    {
        if (source >= 0 && !others.IsOwn(source))
        {
            var own = others.Before(source);
            others.See(source);
            if (own == others.Own) return true;

            // What was there at that time must not have been touched since: it stands below what was taken out.
            var part = others.PartOf(source);
            if (own < 0 || !IsGuarded(part)) return false;
            while (_top[own] >= 0 && !_there.Contains(_top[own])) own = _own[_top[own]];
            return (part < 2 || own > others.LastLate(source)) && Clear(row, top => top.Own < own);
        }

        if (!IsGuarded(part: 2)) return false;
        return source == ContainerViews.Nothing ? Clear(row, static _ => false) : Clear(row, top => top.Row == source) && _stack.Count > 0;
    }

    /// <inheritdoc/>
    public override void Add(int row, int source)
    {
        _top.Add(_stack.Count == 0 ? -1 : _stack[^1].Row);
        if (!others.Takes(row)) Push(row);
        else if (source >= 0 && others.IsOwn(source)) Pop();
        else Guard();
        others.Own++;
    }

    // Whether own removals have insertions before them that are not by the given part of the others.
    private bool IsGuarded(int part) => part == 2 ? !(_isBroken[0] && _isBroken[1]) : !_isBroken[1 - part];

    private void Guard()
    {
        for (var part = 0; part < 2; part++) _isBroken[part] = _isBroken[part] || others.Insertion(part, others.Own) < 0;
    }

    private void Push(int row)
    {
        _stack.Add((row, others.Own));
        _there.Add(row);
        _own.Add(row, others.Own);
    }

    private void Pop()
    {
        if (_stack.Count == 0) return;
        _there.Remove(_stack[^1].Row);
        _stack.RemoveAt(_stack.Count - 1);
    }

    // Lets others remove from the top until what is there may stay. What they do comes after what the process did last, so what is put in by one of them
    // before cannot come with it.
    private bool Clear(int row, Func<(int Row, int Own), bool> mayStay)
    {
        while (_stack.Count > 0 && !mayStay(_stack[^1]))
        {
            if (needed.GetValueOrDefault(_stack[^1].Row, -1) > row || others.Removal(beside: -1, others.Own - 1) < 0) return false;
            Pop();
        }

        return true;
    }
}
