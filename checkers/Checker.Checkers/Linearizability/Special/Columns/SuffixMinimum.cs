namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>Entries at places, each with a key and a name; finds the one with the least key from a place on. O(log n) each way.</summary>
internal sealed class SuffixMinimum
{
    private readonly (int Key, int Name)[] _best; // a Fenwick tree over the places from the last to the first

    public SuffixMinimum(int places)
    {
        _best = new (int, int)[places + 1];
        Array.Fill(_best, (int.MaxValue, -1));
    }

    /// <summary>Adds an entry.</summary>
    public void Add(int place, int key, int name)
    {
        for (var at = _best.Length - 1 - place; at < _best.Length; at += at & -at)
        {
            if (key >= _best[at].Key) return; // what is above has more entries
            _best[at] = (key, name);
        }
    }

    /// <summary>The least key at a place or after it, and its name; the greatest integer and −1 if there is none.</summary>
    public (int Key, int Name) From(int place)
    {
        var best = (Key: int.MaxValue, Name: -1);
        for (var at = _best.Length - 1 - place; at > 0; at -= at & -at)
        {
            if (_best[at].Key < best.Key) best = _best[at];
        }

        return best;
    }
}
