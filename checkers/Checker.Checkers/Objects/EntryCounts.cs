namespace Checker.Checkers.Objects;

/// <summary>
/// What one process sees of one log whose entries have one known order, under read-your-writes or monotonic writes, where an answer tells of one entry: then
/// only numbers count, as that entry needs so many before it, of whatever kind.
/// </summary>
/// <remarks>
/// An entry of another stands behind the first entries of others in the log, without those that its process sent later, and before them the process's
/// own ones that may stand there: those that it made before it had seen that entry, or a later one of the same process, as own entries stand after all
/// that was seen by then. Nothing else ties down the order for one answer: what was seen of others stands in front, in the order of the log, own
/// entries behind it or, those made later, behind the entry. An own entry stands behind the own ones before it and any others. What is seen is whole
/// prefixes of all processes (of the own one for monotonic writes; all of it for read-your-writes). O(processes · log entries) for each answer that
/// sees more than was seen before.
/// </remarks>
internal sealed class EntryCounts
{
    private readonly bool _seesAllOwn;
    private readonly Dictionary<int, int> _number = []; // of own entries
    private readonly Dictionary<int, List<int>> _ofProcess = []; // the places of its entries among those of others
    private readonly Dictionary<int, List<(int Place, int Own)>> _seen = []; // how far a process was seen before which own entry: both ascending
    private readonly Dictionary<int, int> _place = []; // of others' entries among them
    private readonly Dictionary<int, int> _owner = [];
    private int _bound;

    /// <summary>Prepares the views of a process.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="entries">The entries that have a place in the log, in its order.</param>
    /// <param name="process">The process.</param>
    /// <param name="seesAllOwn">Whether it sees all its entries.</param>
    public EntryCounts(ObjectHistory rows, IEnumerable<int> entries, int process, bool seesAllOwn)
    {
        _seesAllOwn = seesAllOwn;
        foreach (var entry in entries)
        {
            if (rows.Process[entry] == process) continue;
            if (!_ofProcess.TryGetValue(rows.Process[entry], out var places))
            {
                _ofProcess.Add(rows.Process[entry], places = []);
                _seen.Add(rows.Process[entry], []);
            }

            _owner.Add(entry, rows.Process[entry]);
            places.Add(_place.Count);
            _place.Add(entry, _place.Count);
        }
    }

    /// <summary>Adds an entry of the process, which so many entries were seen to precede; null if it does not tell. Whether that is explained.</summary>
    public bool Add(int row, long? before)
    {
        var own = before is { } count ? Math.Min(count, _number.Count) : 0;
        var explained = before is null || ((own == _number.Count || !_seesAllOwn) && See(before.Value - own, owner: -1, beyond: 0));
        _number.Add(row, _number.Count);
        return explained;
    }

    /// <summary>Whether an answer is explained that shows nothing.</summary>
    /// <param name="most">How many entries there may be.</param>
    public bool ExplainsNothing(long most) => !_seesAllOwn || _number.Count <= most;

    /// <summary>Whether an answer is explained that shows one entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="before">How many entries precede it.</param>
    /// <param name="most">How many entries there may be.</param>
    public bool Explains(int entry, long before, long most)
    {
        if (_number.TryGetValue(entry, out var number))
            return before >= number && before - number + (_seesAllOwn ? _number.Count : number + 1) <= most && See(before - number, owner: -1, beyond: 0);
        if (!_place.TryGetValue(entry, out var place)) return false;

        // No more than precede it in the log, so that all others do that precede it there.
        var own = Math.Min(before - place, OwnBefore(_seen[_owner[entry]], place));
        return own >= 0 && before - own + 1 + (_seesAllOwn ? _number.Count : own) <= most && See(before - own, _owner[entry], place);
    }

    // How many own entries were made before a process was seen so far.
    private int OwnBefore(List<(int Place, int Own)> seen, int place)
    {
        var (low, high) = (0, seen.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (seen[middle].Place >= place) high = middle;
            else low = middle + 1;
        }

        return low < seen.Count ? seen[low].Own : _number.Count;
    }

    // Sees so many of the others' first entries, of one process only those before a place; and the one at that place.
    private bool See(long count, int owner, int beyond)
    {
        var end = count;
        if (owner >= 0)
        {
            var places = _ofProcess[owner];
            var (at, skipped) = (places.BinarySearch(beyond), 0);
            while (at + skipped < places.Count && places[at + skipped] < count + skipped) skipped++;
            end = count + skipped;
        }

        if (count < 0 || end > _place.Count) return false;
        if (owner >= 0) Note(owner, beyond);
        if (end <= _bound) return true;
        _bound = (int)end;
        foreach (var (process, places) in _ofProcess)
        {
            var at = places.BinarySearch(_bound);
            if ((at < 0 ? ~at : at) is > 0 and var next) Note(process, places[next - 1]);
        }

        return true;
    }

    private void Note(int process, int place)
    {
        var seen = _seen[process];
        if (seen.Count == 0 || seen[^1].Place < place) seen.Add((place, _number.Count));
    }
}
