using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Decides of which doubtful reads it is considered that they may have found what an operation of unknown outcome wrote, though something else may have been
/// found as well. Each of these operations may have left its values to a great many reads, and hardly any did: so none is considered at first, and then, part
/// by part, the few without which the part has no order.
/// </summary>
/// <remarks>
/// An order of what is considered is an order of all. That there is none proves nothing, unless all was considered in a part of the history that has none.
/// </remarks>
internal sealed class UnknownWrites
{
    private const int Stretch = 256; // events of a part, which overlaps the next one by half
    private const int Longest = 1_024;
    private const int MostAlone = 64; // of these operations are tried one by one,
    private const int MostPairs = 12; // and of these two by two
    private const int MostTries = 8; // of the whole

    private static readonly int[] StepsOfPart = [1_000, 20_000]; // for each of these tries, in turn

    private readonly VersionHistory _history;
    private readonly SearchBudget _budget;
    private readonly HashSet<(int Writer, int Doubt)> _considered = [];
    private readonly int _end;

    /// <summary>Considers none.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="budget">What may be spent on searches.</param>
    public UnknownWrites(VersionHistory history, SearchBudget budget)
    {
        _history = history;
        _budget = budget;
        foreach (var first in history.First) _end = Math.Max(_end, first);
    }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>If <see cref="Find"/> found a part that has no order, whatever is considered: that part.</summary>
    public VersionHistory? Refuted { get; private set; }

    /// <summary>Looks for an order; where there is none, part by part for what is missing, and again.</summary>
    /// <param name="patience">The most steps for the first try; the others have more.</param>
    /// <param name="considered">The operations with what is considered.</param>
    /// <returns>The search that found an order; null if none did.</returns>
    public VersionSearch? Find(long patience, out VersionHistory considered)
    {
        var (last, length) = (-1, Stretch);
        for (var tries = 0; ; tries++)
        {
            considered = Considered(_history, null);
            if (ReferenceEquals(considered, _history)) return null;
            if (Search(ref considered, patience << tries, out var place) is { } found) return found;
            if (place < 0 || tries == MostTries || Steps >= _budget.MaxSteps) return null;
            length = place == last ? 2 * length : Stretch;
            last = place;
            if (length > Longest || !(tries == 0 ? RepairAll() : Repair(_history.First[place] - (length / 2), length))) return null;
        }
    }

    private bool RepairAll()
    {
        for (var start = 0; start <= _end; start += Stretch / 2)
        {
            if (!Repair(start, Stretch)) return false;
        }

        return true;
    }

    // Considers what a stretch needs to have an order by itself, if that is found; false if it has none.
    private bool Repair(int start, int length)
    {
        var part = VersionWindow.Of(_history, start, start + length);
        if (part.Doubtful.Length == 0) return true;
        var doubts = Doubts(part);
        var others = Others(part, doubts);
        foreach (var steps in StepsOfPart)
        {
            if (Repair(part, doubts, others, steps)) return true;
        }

        var bounds = VersionDoubts.Narrow(ref part, out var impossible);
        if (impossible >= 0 || new VersionSearch(part, bounds, _budget).Run(StepsOfPart[^1], out _) == false) Refuted = part;
        return Refuted is null;
    }

    private bool Repair(VersionHistory part, int[] doubts, List<(int Writer, int Doubt)[]> others, int steps)
    {
        if (HasOrder(part, doubts, steps)) return true;
        for (var one = 0; one < Math.Min(others.Count, MostAlone) && Steps < _budget.MaxSteps; one++)
        {
            if (Helps(part, doubts, [others[one]], steps)) return true;
        }

        for (var one = 1; one < Math.Min(others.Count, MostPairs); one++)
        {
            for (var other = 0; other < one && Steps < _budget.MaxSteps; other++)
            {
                if (Helps(part, doubts, [others[one], others[other]], steps)) return true;
            }
        }

        for (var count = 3; Steps < _budget.MaxSteps; count *= 2)
        {
            if (Helps(part, doubts, others[..Math.Min(count, others.Count)], steps)) return true;
            if (count >= others.Count) break;
        }

        return false;
    }

    // Whether a part has an order if some more operations are considered; then they are from now on.
    private bool Helps(VersionHistory part, int[] doubts, List<(int Writer, int Doubt)[]> more, int steps)
    {
        var added = more.SelectMany(pairs => pairs).Where(_considered.Add).ToArray();
        if (added.Length > 0 && HasOrder(part, doubts, steps)) return true;
        _considered.ExceptWith(added);
        return false;
    }

    private bool HasOrder(VersionHistory part, int[] doubts, int steps)
    {
        var considered = Considered(part, doubts);
        return Search(ref considered, steps, out _) is not null;
    }

    // The doubts of a part by their number in the whole.
    private int[] Doubts(VersionHistory part)
    {
        var doubts = new int[part.Doubtful.Length];
        for (var i = 0; i < doubts.Length; i++)
        {
            var register = part.Register[part.Candidates[i][0]];
            foreach (var doubt in _history.Doubts[Name(part, part.Doubtful[i])])
            {
                if (_history.Register[_history.Candidates[doubt][0]] == register) doubts[i] = doubt;
            }
        }

        return doubts;
    }

    // What operations of unknown outcome may have left to doubts of a part; those that began last first.
    private List<(int Writer, int Doubt)[]> Others(VersionHistory part, int[] doubts)
    {
        var others = new SortedDictionary<int, List<(int, int)>>();
        for (var i = 0; i < doubts.Length; i++)
        {
            foreach (var version in _history.Candidates[doubts[i]])
            {
                if (_history.Writer[version] is not (>= 0 and var writer) || !_history.IsOptional(writer)) continue;
                if (!others.TryGetValue(-writer, out var pairs)) others.Add(-writer, pairs = []);
                pairs.Add((writer, doubts[i]));
            }
        }

        return [.. others.Values.Select(pairs => pairs.ToArray())];
    }

    private int Name(VersionHistory part, int operation) =>
        ReferenceEquals(part, _history) ? operation : Array.BinarySearch(_history.Rows, part.Rows[operation]);

    // A search that found an order; otherwise null, and an operation near which there is none.
    private VersionSearch? Search(ref VersionHistory considered, long patience, out int place)
    {
        var bounds = VersionDoubts.Narrow(ref considered, out place);
        Steps += considered.Count;
        if (place >= 0) return null;
        var search = new VersionSearch(considered, bounds, _budget with { MaxSteps = Math.Max(1, _budget.MaxSteps - Steps) });
        var found = search.Run(patience, out _);
        Steps += search.Steps;
        place = search.Stuck;
        return found == true ? search : null;
    }

    // Some operations with what is considered of doubts.
    private VersionHistory Considered(VersionHistory part, int[]? doubts)
    {
        var certain = new bool[part.Doubtful.Length];
        for (var doubt = 0; doubt < certain.Length; doubt++)
        {
            foreach (var version in part.Candidates[doubt]) certain[doubt] |= !IsIgnored(doubt, version);
        }

        return part.Without((doubt, version) => certain[doubt] && IsIgnored(doubt, version))!;

        bool IsIgnored(int doubt, int version) =>
            part.Writer[version] is >= 0 and var writer && part.IsOptional(writer) && !_considered.Contains((Name(part, writer), doubts?[doubt] ?? doubt));
    }
}
