using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Finds which operations of unknown outcome must have been seen by doubtful reads. Each of them may have left its values to a great many reads, and hardly any
/// did: so none is considered at first, and then, part by part, the few without which the part has no order.
/// </summary>
/// <remarks>
/// An order of what is considered is an order of all. That there is none proves nothing, unless all was considered in a part of the history that has none.
/// </remarks>
internal sealed class UnknownWrites
{
    private const int Stretch = 256; // events of a part, which overlaps the next one by half
    private const int MostAlone = 64; // of these operations are tried one by one,
    private const int MostPairs = 12; // and of these two by two
    private const int MostTries = 32; // of the whole
    private const int MostAgain = 256; // parts from which something was taken that is needed elsewhere

    private static readonly int[] StepsOfStretch = [1_000, 20_000]; // for each of these tries, in turn

    private readonly VersionHistory _history;
    private readonly SearchBudget _budget;
    private readonly ConsideredWrites _considered;
    private readonly Queue<int> _again = []; // gaps around which something is missing
    private readonly int _end;

    /// <summary>Considers none.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="budget">What may be spent on searches.</param>
    public UnknownWrites(VersionHistory history, SearchBudget budget)
    {
        _history = history;
        _budget = budget;
        _considered = new ConsideredWrites(history);
        foreach (var first in history.First) _end = Math.Max(_end, first);
    }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>If <see cref="Find"/> found a part that has no order, whatever is considered: a gap in its middle.</summary>
    public int? Refuted { get; private set; }

    private bool IsSpent => Steps >= _budget.MaxSteps || _budget.Cancellation.IsCancellationRequested;

    /// <summary>Looks for an order; where there is none, part by part for what is missing, and again.</summary>
    /// <param name="patience">The most steps for each try.</param>
    /// <param name="considered">The operations with what is considered.</param>
    /// <returns>The search that found an order; null if none did.</returns>
    public VersionSearch? Find(long patience, out VersionHistory considered)
    {
        for (var tries = 0; ; tries++)
        {
            considered = _considered.Restrict();
            if (ReferenceEquals(considered, _history)) return null;
            if (Search(ref considered, patience, out var place) is { } found) return found;
            if (place < 0 || tries == MostTries || IsSpent) return null;
            if (!(tries == 0 ? RepairAll() : RepairAround(_history.First[place])) || !RepairAgain()) return null;
        }
    }

    private bool RepairAll()
    {
        for (var start = 0; start <= _end && !IsSpent; start += Stretch / 2)
        {
            if (!Repair(start, Stretch)) return false;
        }

        return true;
    }

    // Looks further and further around a gap until something is considered that was not; false if that does not help.
    private bool RepairAround(int gap)
    {
        var known = _considered.Count;
        for (var length = Stretch; length <= 4 * _end && !IsSpent; length *= 2)
        {
            if (!Repair(gap - (length / 2), length)) return false;
            if (_considered.Count > known) return true;
        }

        return false;
    }

    private bool RepairAgain()
    {
        for (var times = 0; times < MostAgain && !IsSpent && _again.TryDequeue(out var gap); times++)
        {
            if (!Repair(gap - (Stretch / 2), Stretch)) return false;
        }

        _again.Clear();
        return true;
    }

    // Considers what a stretch needs to have an order by itself, if that is found; false if it has none whatever is considered.
    private bool Repair(int start, int length)
    {
        var part = VersionWindow.Of(_history, start, start + length);
        if (part.Doubtful.Length == 0) return true;
        var doubts = _considered.Doubts(part);
        var others = _considered.Others(part, doubts);
        foreach (var each in StepsOfStretch)
        {
            var steps = each * (long)Math.Max(length, Stretch) / Stretch;
            if (OrderOf(part, doubts, steps) is { } order)
            {
                _considered.Keep(part, doubts, order);
                return true;
            }

            if (HasNoOrder(part, steps))
            {
                Refuted = Math.Max(0, start) + (length / 2);
                return false;
            }

            if (SomeHelp(part, doubts, others, steps)) return true;
        }

        return true;
    }

    private bool HasNoOrder(VersionHistory part, long steps)
    {
        var bounds = VersionDoubts.Narrow(ref part, out var impossible);
        if (impossible >= 0) return true;
        var search = new VersionSearch(part, bounds, _budget);
        var found = search.Run(steps, out _);
        Steps += search.Steps;
        return found == false;
    }

    private bool SomeHelp(VersionHistory part, int[] doubts, List<(int Writer, int Doubt)[]> others, long steps)
    {
        for (var one = 0; one < Math.Min(others.Count, MostAlone) && !IsSpent; one++)
        {
            if (!Helps(part, doubts, [others[one]], steps)) continue;
            foreach (var gap in _considered.Release(others[one][0].Writer, part)) _again.Enqueue(gap);
            return true;
        }

        for (var one = 1; one < Math.Min(others.Count, MostPairs); one++)
        {
            for (var other = 0; other < one && !IsSpent; other++)
            {
                if (Helps(part, doubts, [others[one], others[other]], steps)) return true;
            }
        }

        for (var count = 3; !IsSpent; count *= 2)
        {
            if (Helps(part, doubts, others[..Math.Min(count, others.Count)], steps)) return true;
            if (count >= others.Count) break;
        }

        return false;
    }

    // Whether a part has an order if some more operations are considered; then what is needed of them is from now on.
    private bool Helps(VersionHistory part, int[] doubts, List<(int Writer, int Doubt)[]> more, long steps)
    {
        var added = _considered.Add(more.SelectMany(pairs => pairs));
        var order = added.Length == 0 ? null : OrderOf(part, doubts, steps);
        _considered.Remove(order is null ? added : added.Except(_considered.Found(part, doubts, order)));
        return order is not null;
    }

    private IReadOnlyList<int>? OrderOf(VersionHistory part, int[] doubts, long steps)
    {
        var considered = _considered.Restrict(part, doubts);
        return Search(ref considered, steps, out _)?.Order;
    }

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
}
