namespace Checker.Checkers.Objects;

/// <summary>
/// A stack under read-your-writes. What another put in comes last, if nothing that its process did at or after it was seen before; else before the own update that this must stand before, and
/// own elements above it are removed by others. Each own removal of what another put in has another insertion right before it, the same one in all views, so that it leaves own elements alone.
/// </summary>
internal sealed class OwnStack(OthersUpdates others, IReadOnlyDictionary<int, int> needed) : OwnContainer
{
    private readonly List<(int Row, int Own)> _stack = []; // own elements, and which own update put them there
    private readonly HashSet<int> _there = [];
    private readonly List<int> _top = []; // before each own update; −1 for none
    private readonly Dictionary<int, int> _own = []; // which own update put an element there
    private bool _isBroken; // what is on it is not known any more

    /// <inheritdoc/>
    public override bool Explains(int row, int source)
    {
        if (source >= 0 && !others.IsOwn(source))
        {
            var own = others.Before(source);
            others.See(source);
            if (own == others.Own) return true;

            // What was there at that time must not have been touched since: it stands below what was taken out.
            if (own < 0 || _isBroken) return false;
            while (_top[own] >= 0 && !_there.Contains(_top[own])) own = _own[_top[own]];
            return own > others.LastLate(source) && Clear(row, top => top.Own < own);
        }

        if (_isBroken) return false;
        return source == ContainerViews.Nothing ? Clear(row, static _ => false) : Clear(row, top => top.Row == source) && _stack.Count > 0;
    }

    /// <inheritdoc/>
    public override void Add(int row, int source)
    {
        _top.Add(_stack.Count == 0 ? -1 : _stack[^1].Row);
        if (!others.Takes(row)) Push(row);
        else if (source >= 0 && others.IsOwn(source)) Pop();
        else _isBroken |= others.Insertion(others.Own) < 0;
        others.Own++;
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

    // Lets others remove from the top until what is there may stay. What they do comes after what the process did last, so what is put in by one of them before cannot come with it.
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
