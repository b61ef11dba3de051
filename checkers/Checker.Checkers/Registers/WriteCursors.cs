namespace Checker.Checkers.Registers;

/// <summary>
/// Finds the last write of a key by a session below a bound that only grows: one cursor for each entry of
/// <see cref="RegisterHistory.SessionWrites"/>, which moves forward by doubling steps, O(log of the distance).
/// </summary>
internal sealed class WriteCursors(RegisterHistory history)
{
    private readonly int[] _at = new int[history.SessionWrites.Length];
    private readonly int[] _next = new int[history.SessionWrites.Length];
    private readonly int[] _pass = new int[history.SessionWrites.Length];
    private int _current = 1;

    /// <summary>Begins anew: bounds may be smaller than before.</summary>
    public void Reset() => _current++;

    /// <summary>The last write of an entry whose number is at most the bound; −1 if there is none.</summary>
    /// <param name="entry">The number of the entry.</param>
    /// <param name="bound">Not less than any bound given for this entry since the last reset.</param>
    public int LastWrite(int entry, int bound)
    {
        Advance(entry, bound);
        return Last(entry);
    }

    /// <summary>The last write of an entry as of the last call; −1 if there is none.</summary>
    public int Last(int entry) =>
        _pass[entry] == _current && _at[entry] > history.SessionWrites[entry].First ? history.Writers[_at[entry] - 1] : -1;

    /// <summary>Moves an entry's cursor to the bound.</summary>
    /// <returns>Whether its last write is another one than as of the last call.</returns>
    public bool Advance(int entry, int bound)
    {
        if (_pass[entry] == _current)
        {
            if (_next[entry] > bound) return false;
        }
        else
        {
            _pass[entry] = _current;
            _at[entry] = history.SessionWrites[entry].First;
            _next[entry] = history.Writers[_at[entry]];
            if (_next[entry] > bound) return false;
        }

        // at: the first write not yet known to be within the bound.
        var writers = history.Writers;
        var end = history.SessionWrites[entry].End;
        ref var at = ref _at[entry];
        var step = 1;
        while (at + step < end && writers[at + step] <= bound)
        {
            at += step;
            step <<= 1;
        }

        for (; step > 0; step >>= 1)
        {
            if (at + step < end && writers[at + step] <= bound) at += step;
        }

        at++;
        _next[entry] = at < end ? writers[at] : int.MaxValue;
        return true;
    }
}
