namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Of which doubtful reads it is considered that they found what an operation of unknown outcome wrote, though something else may have been found as well. What
/// is not considered is left out, and who wrote what is considered did so shortly before: a write that may come at any time before its reader would be a choice
/// at every event until then.
/// </summary>
/// <remarks>A restriction: an order of what is considered is an order of all, but not the other way round.</remarks>
internal sealed class ConsideredWrites(VersionHistory history)
{
    private const int Before = 64; // events between a write of unknown outcome and the begin of those who found it, at most
    private const int Near = 256; // events between those who found what an operation of unknown outcome wrote, mostly

    private readonly HashSet<(int Writer, int Doubt)> _considered = [];
    private readonly Dictionary<int, List<int>> _uses = []; // when what each writer wrote is considered to have been found
    private readonly Dictionary<(int Writer, int Doubt), int> _released = []; // how often

    /// <summary>How much is considered.</summary>
    public int Count => _considered.Count;

    /// <summary>Considers more.</summary>
    /// <returns>What was not considered before.</returns>
    public (int Writer, int Doubt)[] Add(IEnumerable<(int Writer, int Doubt)> pairs)
    {
        var added = pairs.Where(_considered.Add).ToArray();
        foreach (var (writer, doubt) in added)
        {
            if (!_uses.TryGetValue(writer, out var gaps)) _uses.Add(writer, gaps = []);
            gaps.Add(history.First[history.Doubtful[doubt]]);
        }

        return added;
    }

    /// <summary>No longer considers what was added.</summary>
    public void Remove(IEnumerable<(int Writer, int Doubt)> pairs)
    {
        foreach (var pair in pairs)
        {
            _considered.Remove(pair);
            var gaps = _uses[pair.Writer];
            gaps.Remove(history.First[history.Doubtful[pair.Doubt]]);
            if (gaps.Count == 0) _uses.Remove(pair.Writer);
        }
    }

    /// <summary>An operation happens once: if something of it is needed in a part, it was not found outside of it.</summary>
    /// <param name="writer">The operation, in the whole.</param>
    /// <param name="part">The part.</param>
    /// <returns>The gaps around which something is now missing.</returns>
    public IReadOnlyList<int> Release(int writer, VersionHistory part)
    {
        var gaps = new List<int>();
        var elsewhere = _considered.Where(pair => pair.Writer == writer && !IsInside(pair.Doubt, part)).ToArray();
        Remove(elsewhere);
        foreach (var pair in elsewhere)
        {
            _released[pair] = _released.GetValueOrDefault(pair) + 1;
            gaps.Add(history.First[history.Doubtful[pair.Doubt]]);
        }

        return gaps;
    }

    /// <summary>The whole, with nothing but what is considered.</summary>
    /// <returns>The history itself if that leaves nothing out.</returns>
    public VersionHistory Restrict() => Restrict(history, null);

    /// <summary>A part, with nothing but what is considered.</summary>
    /// <param name="part">The part.</param>
    /// <param name="doubts">The number in the whole of each of its doubts; null if it is the whole.</param>
    public VersionHistory Restrict(VersionHistory part, int[]? doubts)
    {
        var certain = new bool[part.Doubtful.Length]; // whether something is left that a doubt can have found
        for (var doubt = 0; doubt < certain.Length; doubt++)
        {
            foreach (var version in part.Candidates[doubt]) certain[doubt] |= !IsIgnored(doubt, version);
        }

        var free = new bool[part.Doubtful.Length]; // whether somebody who wrote what another doubt can have found is not needed elsewhere
        for (var doubt = 0; doubt < certain.Length; doubt++)
        {
            if (certain[doubt]) continue;
            foreach (var version in part.Candidates[doubt]) free[doubt] |= !IsTaken(doubt, version);
        }

        var left = part.Without((doubt, version) => certain[doubt] ? IsIgnored(doubt, version) : free[doubt] && IsTaken(doubt, version))!;
        return ReferenceEquals(left, part) ? part : left.At(FirstOf(left), left.Last);

        bool IsIgnored(int doubt, int version) => part.Writer[version] is >= 0 and var writer && part.IsOptional(writer)
            && !_considered.Contains((Name(part, writer), doubts?[doubt] ?? doubt));

        bool IsTaken(int doubt, int version) => part.Writer[version] is >= 0 and var writer && _uses.TryGetValue(Name(part, writer), out var gaps)
            && gaps.TrueForAll(gap => Math.Abs(gap - part.First[part.Doubtful[doubt]]) > Near);
    }

    /// <summary>Considers what doubts found in an order of a part that can have found nothing but what operations of unknown outcome wrote.</summary>
    /// <param name="part">The part.</param>
    /// <param name="doubts">The number in the whole of each of its doubts.</param>
    /// <param name="order">The order.</param>
    public void Keep(VersionHistory part, int[] doubts, IReadOnlyList<int> order)
    {
        var open = new HashSet<int>();
        foreach (var doubt in doubts)
        {
            var isOpen = true;
            foreach (var version in history.Candidates[doubt])
                isOpen &= history.Writer[version] is >= 0 and var writer && history.IsOptional(writer) && !_considered.Contains((writer, doubt));
            if (isOpen) open.Add(doubt);
        }

        if (open.Count > 0) Add(Found(part, doubts, order).Where(pair => open.Contains(pair.Doubt)));
    }

    /// <summary>What operations of unknown outcome may have left to doubts of a part; those that are needed nowhere else first, and those that began last.</summary>
    /// <param name="part">The part.</param>
    /// <param name="doubts">The number in the whole of each of its doubts.</param>
    public List<(int Writer, int Doubt)[]> Others(VersionHistory part, int[] doubts)
    {
        var others = new SortedDictionary<int, List<(int Writer, int Doubt)>>();
        foreach (var doubt in doubts)
        {
            foreach (var version in history.Candidates[doubt])
            {
                if (history.Writer[version] is not (>= 0 and var writer) || !history.IsOptional(writer)) continue;
                if (!others.TryGetValue(-writer, out var pairs)) others.Add(-writer, pairs = []);
                pairs.Add((writer, doubt));
            }
        }

        var elsewhere = _considered.Where(pair => !IsInside(pair.Doubt, part)).Select(pair => pair.Writer).ToHashSet();
        return
        [
            .. others.Values.Select(pairs => pairs.ToArray())
                .OrderBy(pairs => pairs.Max(pair => _released.GetValueOrDefault(pair)))
                .ThenBy(pairs => elsewhere.Contains(pairs[0].Writer)),
        ];
    }

    /// <summary>The doubts of a part by their number in the whole.</summary>
    public int[] Doubts(VersionHistory part)
    {
        var doubts = new int[part.Doubtful.Length];
        for (var i = 0; i < doubts.Length; i++)
        {
            var register = part.Register[part.Candidates[i][0]];
            foreach (var doubt in history.Doubts[Name(part, part.Doubtful[i])])
            {
                if (history.Register[history.Candidates[doubt][0]] == register) doubts[i] = doubt;
            }
        }

        return doubts;
    }

    /// <summary>What doubts of a part found in an order of it.</summary>
    public HashSet<(int Writer, int Doubt)> Found(VersionHistory part, int[] doubts, IReadOnlyList<int> order)
    {
        var found = new HashSet<(int, int)>();
        int[] current = [.. Enumerable.Range(0, part.Registers)];
        foreach (var operation in order)
        {
            foreach (var doubt in part.Doubts[operation])
            {
                if (part.Writer[current[part.Register[part.Candidates[doubt][0]]]] is >= 0 and var writer) found.Add((Name(part, writer), doubts[doubt]));
            }

            foreach (var version in part.Writes[operation]) current[part.Register[version]] = version;
        }

        return found;
    }

    private static int[] FirstOf(VersionHistory part)
    {
        int[] first = [.. part.First];
        for (var operation = 0; operation < first.Length; operation++)
        {
            if (!part.Unknown[operation] || !part.IsOptional(operation)) continue;
            var earliest = int.MaxValue;
            foreach (var version in part.Writes[operation])
            {
                foreach (var doubt in part.Claims[version]) earliest = Math.Min(earliest, part.First[part.Doubtful[doubt]]);
            }

            if (earliest < int.MaxValue) first[operation] = Math.Max(first[operation], earliest - Before);
        }

        return first;
    }

    private bool IsInside(int doubt, VersionHistory part) => Array.BinarySearch(part.Rows, history.Rows[history.Doubtful[doubt]]) >= 0;

    private int Name(VersionHistory part, int operation) =>
        ReferenceEquals(part, history) ? operation : Array.BinarySearch(history.Rows, part.Rows[operation]);
}
