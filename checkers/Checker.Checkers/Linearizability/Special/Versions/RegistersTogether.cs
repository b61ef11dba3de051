using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Decides registers that are written or read together. Every read is traced to the write, or the few writes, that can have left its value: bounds of time
/// first, which leave most reads one, then a search, which is linear where little is left to choose; if it does not come on, a part of the history around the
/// place where it is stuck may refute the whole.
/// </summary>
internal sealed class RegistersTogether : ISpecialAlgorithm
{
    private const int SmallestWindow = 16; // events to each side
    private const int LargestWindow = 1_024; // beyond that only if the search comes to an end
    private const int WindowSteps = 20_000;
    private const int WholeSteps = 20_000; // for each thousand operations, and that many more
    private const int FirstPatience = 1_000; // steps
    private const int Patience = 4; // steps per operation

    /// <inheritdoc/>
    public string Name => "registers together (reads traced to writes)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.MultiRegister.Name || type.Name == DataTypes.Snapshot.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var traced = VersionReader.Of(history, out var reason);
        if (traced is null) return SpecialVerdict.NotApplicable(reason!);
        if (traced.Baseless is { } baseless)
            return SpecialVerdict.Invalid(new BaselessRead(history, traced.Rows[baseless.Operation], baseless.Register).Build());
        var budget = new SearchBudget(options.MaxSteps, options.MaxBytes, options.Cancellation);
        var versions = traced;
        var bounds = VersionDoubts.Narrow(ref versions, out var impossible);
        if (impossible >= 0) return Invalid(history, traced, Around(versions, versions.First[impossible], budget) ?? versions, options);
        if (versions.Doubtful.Length == 0) return Decide(history, traced, versions, bounds, options, budget);
        var unknown = new UnknownWrites(versions.At(bounds.First, bounds.Last), budget);
        if (unknown.Find(WholeSteps + (WholeSteps * (long)versions.Count / 1_000), out var considered) is { } search)
            return Valid(history, considered, search, options) with { Steps = unknown.Steps };
        var left = budget with { MaxSteps = Math.Max(1, budget.MaxSteps - unknown.Steps) };
        var verdict = unknown.Refuted is { } gap
            ? Invalid(history, traced, Around(versions, gap, budget) ?? versions, options)
            : Decide(history, traced, versions, bounds, options, left);
        return verdict with { Steps = unknown.Steps + verdict.Steps };
    }

    private SpecialVerdict Decide(
        in KeyHistory history, VersionHistory traced, VersionHistory versions, VersionBounds bounds, CheckOptions options, SearchBudget budget)
    {
        var search = new VersionSearch(versions, bounds, budget);
        for (var patience = FirstPatience + (Patience * (long)versions.Count); ; patience *= 2)
        {
            var found = search.Run(patience, out var spent);
            if (found == true) return Valid(history, versions, search, options);
            var around = Around(versions, versions.First[search.Stuck], budget);
            if (found == false || around is not null) return Invalid(history, traced, around ?? versions, options) with { Steps = search.Steps };
            if (spent is null) continue;
            return SpecialVerdict.Spent(new()
            {
                Kind = VerdictKind.Unknown,
                Order = Operations(history, versions, search.Order),
                Stuck = history.Operations[versions.Rows[search.Stuck]],
                Reason = spent,
                Steps = search.Steps,
            });
        }
    }

    // A part around a gap that has no order; null if none is found.
    private static VersionHistory? Around(VersionHistory versions, int gap, SearchBudget budget)
    {
        for (var size = SmallestWindow; ; size *= 2)
        {
            var part = VersionWindow.Of(versions, gap - size, gap + size);
            if (part.Count == versions.Count) return null;
            var bounds = VersionDoubts.Narrow(ref part, out var impossible);
            if (impossible >= 0) return part;
            var found = new VersionSearch(part, bounds, budget).Run(WindowSteps, out _);
            if (found == false) return part;
            if (found is null && size >= LargestWindow) return null;
        }
    }

    private static SpecialVerdict Valid(in KeyHistory history, VersionHistory versions, VersionSearch search, CheckOptions options) =>
        SpecialVerdict.Valid(options.Certify ? Operations(history, versions, search.Order) : null) with { Steps = search.Steps };

    private static int[] Operations(in KeyHistory history, VersionHistory versions, IReadOnlyList<int> order)
    {
        var operations = new int[order.Count];
        for (var i = 0; i < operations.Length; i++) operations[i] = history.Operations[versions.Rows[order[i]]];
        return operations;
    }

    // The operations of a cycle, if they refute the history by themselves. Otherwise a part of it, and the words are those that are said of any history without
    // an order.
    private SpecialVerdict Invalid(in KeyHistory history, VersionHistory traced, VersionHistory part, CheckOptions options)
    {
        if (options.Certify && VersionCycle.Of(part, out var length) is { } steps)
        {
            var anomaly = new VersionArgument(history, part).Build(steps, length, out var rows);
            var alone = history.Only(WithSources(traced, rows));
            if (TryDecide(alone, options with { Certify = false }).Outcome == SpecialOutcome.Invalid) return SpecialVerdict.Invalid(anomaly);
        }

        var evidence = new EvidenceBuilder(history);
        foreach (var row in part.Rows) evidence.Add(row);
        return SpecialVerdict.Invalid(evidence.Build("non-linearizable", ""));
    }

    // Some rows, those that wrote what they found, and so on.
    private static int[] WithSources(VersionHistory versions, IEnumerable<int> rows)
    {
        var kept = new SortedSet<int>();
        var left = new Stack<int>(rows.Select(row => Array.BinarySearch(versions.Rows, row)));
        while (left.TryPop(out var operation))
        {
            if (!kept.Add(versions.Rows[operation])) continue;
            foreach (var version in versions.Reads[operation]) Want(version);
            foreach (var doubt in versions.Doubts[operation])
            {
                foreach (var version in versions.Candidates[doubt]) Want(version);
            }
        }

        return [.. kept];

        void Want(int version)
        {
            if (versions.Writer[version] is >= 0 and var writer) left.Push(writer);
        }
    }
}
