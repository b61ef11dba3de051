using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Decides one object. If each value was written once, a search that lets times be as they are and goes on as long as it comes on; then each register by
/// itself; then bounds of time, which leave most reads one write, and a search, which is linear where little is left to choose; if it does not come on, a
/// part of the history around the place where it is stuck may refute the whole.
/// </summary>
internal sealed class VersionJudge
{
    private const int SmallestWindow = 16; // events to each side
    private const int LargestWindow = 1_024; // beyond that only if the search comes to an end
    private const int WindowSteps = 20_000;
    private const int WholeSteps = 20_000; // for each thousand operations, and that many more
    private const int FirstPatience = 1_000; // steps
    private const int Patience = 4; // steps per operation
    private const int PatienceToComeOn = 20_000; // steps

    private readonly KeyHistory _history;
    private readonly RegisterUses _uses;
    private readonly CheckOptions _options;
    private long _steps;

    /// <summary>Prepares to decide.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    /// <param name="options">Budgets and readings.</param>
    public VersionJudge(in KeyHistory history, RegisterUses uses, CheckOptions options) => (_history, _uses, _options) = (history, uses, options);

    private SearchBudget Budget => new(Math.Max(1, _options.MaxSteps - _steps), _options.MaxBytes, _options.Cancellation);

    /// <summary>Decides.</summary>
    public SpecialVerdict Decide()
    {
        var plain = _uses.Contradiction < 0 ? OnceWritten.Trace(_history, _uses) : null;
        if (plain is not null && Straight(plain) is { } verdict) return verdict;
        if (RegistersOneByOne.Refute(_history, _uses, _options) is { } anomaly) return SpecialVerdict.Invalid(anomaly) with { Steps = _steps };
        return (plain ?? VersionReader.Of(_history, _uses)) is { } traced ? Decide(traced) : SpecialVerdict.NotApplicable("too many reads");
    }

    // With times as they are, where nothing is in doubt; null if the search does not come on, or not fast, and is not stuck at what can be refuted.
    private SpecialVerdict? Straight(VersionHistory versions)
    {
        var search = new VersionSearch(versions, new VersionBounds(versions, narrow: false), Budget);
        var found = search.RunOn(PatienceToComeOn, out var isStuck);
        _steps += search.Steps;
        if (found == true) return Valid(versions, search);
        if (!isStuck) return null;
        var part = Around(versions, versions.First[search.Stuck]);
        return found == false || part is not null ? Invalid(versions, part ?? versions) : null;
    }

    private SpecialVerdict Decide(VersionHistory traced)
    {
        if (traced.Baseless is { } baseless)
        {
            var anomaly = new BaselessRead(_history, _uses, traced.Rows[baseless.Operation], baseless.Register).Build();
            return SpecialVerdict.Invalid(anomaly) with { Steps = _steps };
        }

        var versions = traced;
        var bounds = VersionDoubts.Narrow(ref versions, out var impossible);
        if (impossible >= 0) return Invalid(traced, Around(versions, versions.First[impossible]) ?? versions);
        if (versions.Doubtful.Length == 0) return Search(traced, versions, bounds);
        var unknown = new UnknownWrites(versions.At(bounds.First, bounds.Last), Budget);
        var search = unknown.Find(WholeSteps + (WholeSteps * (long)versions.Count / 1_000), out var considered);
        _steps += unknown.Steps;
        if (search is not null) return Valid(considered, search);
        return unknown.Refuted is { } gap ? Invalid(traced, Around(versions, gap) ?? versions) : Search(traced, versions, bounds);
    }

    private SpecialVerdict Search(VersionHistory traced, VersionHistory versions, VersionBounds bounds)
    {
        var search = new VersionSearch(versions, bounds, Budget);
        for (var patience = FirstPatience + (Patience * (long)versions.Count); ; patience *= 2)
        {
            var before = search.Steps;
            var found = search.Run(patience, out var spent);
            _steps += search.Steps - before;
            if (found == true) return Valid(versions, search);
            var around = Around(versions, versions.First[search.Stuck]);
            if (found == false || around is not null) return Invalid(traced, around ?? versions);
            if (spent is null) continue;
            return SpecialVerdict.Spent(new()
            {
                Kind = VerdictKind.Unknown,
                Order = Operations(versions, search.Order),
                Stuck = _history.Operations[versions.Rows[search.Stuck]],
                Reason = spent,
                Steps = _steps,
            });
        }
    }

    // A part around a gap that has no order; null if none is found.
    private VersionHistory? Around(VersionHistory versions, int gap)
    {
        var end = 0;
        foreach (var first in versions.First) end = Math.Max(end, first + 1);
        for (var size = SmallestWindow; gap - size > 0 || gap + size < end; size *= 2)
        {
            var part = VersionWindow.Of(versions, gap - size, gap + size, withReaders: true);
            var bounds = VersionDoubts.Narrow(ref part, out var impossible);
            if (impossible >= 0) return part;
            var found = new VersionSearch(part, bounds, Budget).Run(WindowSteps, out _);
            if (found == false) return part;
            if (found is null && size >= LargestWindow) return null;
        }

        return null;
    }

    private SpecialVerdict Valid(VersionHistory versions, VersionSearch search) =>
        SpecialVerdict.Valid(_options.Certify ? Operations(versions, search.Order) : null) with { Steps = _steps };

    private int[] Operations(VersionHistory versions, IReadOnlyList<int> order)
    {
        var operations = new int[order.Count];
        for (var i = 0; i < operations.Length; i++) operations[i] = _history.Operations[versions.Rows[order[i]]];
        return operations;
    }

    private SpecialVerdict Invalid(VersionHistory traced, VersionHistory part) =>
        SpecialVerdict.Invalid(new VersionEvidence(_history, _uses, traced, _options).Build(part)) with { Steps = _steps };
}
