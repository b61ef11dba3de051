namespace Checker.Checkers.Registers;

/// <summary>
/// Finds the last write of a key by a session below a bound that only grows: one cursor for each entry of
/// <see cref="RegisterHistory.SessionWrites"/>, which moves forward by doubling steps, O(log of the distance).
/// </summary>
internal sealed class WriteCursors(RegisterHistory history)
{
    private readonly int[] _at = new int[history.SessionWrites.Length];
    private readonly int[] _pass = new int[history.SessionWrites.Length];
    private int _current = 1;

    /// <summary>Begins anew: bounds may be smaller than before.</summary>
    public void Reset() => _current++;

    /// <summary>The last write of an entry whose number is at most the bound; −1 if there is none.</summary>
    /// <param name="entry">The number of the entry.</param>
    /// <param name="bound">Not less than any bound given for this entry since the last reset.</param>
    public int LastWrite(int entry, int bound)
    {
        var writes = history.SessionWrites[entry];
        ref var at = ref _at[entry];
        if (_pass[entry] != _current)
        {
            _pass[entry] = _current;
            at = writes.First;
        }

        // at: the first write not yet known to be within the bound.
        var writers = history.Writers;
        if (at < writes.End && writers[at] <= bound)
        {
            var step = 1;
            while (at + step < writes.End && writers[at + step] <= bound)
            {
                at += step;
                step <<= 1;
            }

            for (; step > 0; step >>= 1)
            {
                if (at + step < writes.End && writers[at + step] <= bound) at += step;
            }

            at++;
        }

        return at > writes.First ? writers[at - 1] : -1;
    }
}
