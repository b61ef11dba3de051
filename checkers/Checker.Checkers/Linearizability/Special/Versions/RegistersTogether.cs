using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Decides registers that are written or read together, where every read can be traced to one write: as values written once can, and others if time leaves one
/// candidate. Bounds of time first, then a search, which is linear where little is left to choose; if it does not come on, a
/// part of the history around the place where it is stuck may refute the whole.
/// </summary>
internal sealed class RegistersTogether : ISpecialAlgorithm
{
    private const int SmallestWindow = 16; // events to each side
    private const int WindowSteps = 20_000;
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
        var versions = VersionReader.Of(history, out var reason, out var baseless);
        if (versions is null) return baseless >= 0 ? Invalid(history, [baseless]) : SpecialVerdict.NotApplicable(reason!);
        var budget = new SearchBudget(options.MaxSteps, options.MaxBytes, options.Cancellation);
        var bounds = new VersionBounds(versions);
        if (!bounds.IsPossible) return Invalid(history, Around(versions, bounds.Impossible, budget) ?? versions.Rows);
        var search = new VersionSearch(versions, bounds, budget);
        for (var patience = 1_000 + (Patience * (long)versions.Count); ; patience *= 2)
        {
            var found = search.Run(patience, out var spent);
            if (found == true) return SpecialVerdict.Valid(options.Certify ? Operations(history, versions, search.Order) : null);
            var around = Around(versions, search.Stuck, budget);
            if (found == false || around is not null) return Invalid(history, around ?? versions.Rows) with { Steps = search.Steps };
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

    // The rows of a part around an operation that has no order; null if none is found.
    private static int[]? Around(VersionHistory versions, int operation, SearchBudget budget)
    {
        for (var size = SmallestWindow; ; size *= 2)
        {
            var part = VersionWindow.Of(versions, versions.First[operation] - size, versions.First[operation] + size);
            if (part.Count == versions.Count) return null;
            var bounds = new VersionBounds(part);
            if (!bounds.IsPossible) return part.Rows;
            var found = new VersionSearch(part, bounds, budget).Run(WindowSteps, out _);
            if (found == false) return part.Rows;
            if (found is null) return null;
        }
    }

    private static int[] Operations(in KeyHistory history, VersionHistory versions, IReadOnlyList<int> order)
    {
        var operations = new int[order.Count];
        for (var i = 0; i < operations.Length; i++) operations[i] = history.Operations[versions.Rows[order[i]]];
        return operations;
    }

    // The words are those that are said of any history without an order.
    private static SpecialVerdict Invalid(in KeyHistory history, int[] rows)
    {
        var evidence = new EvidenceBuilder(history);
        foreach (var row in rows) evidence.Add(row);
        return SpecialVerdict.Invalid(evidence.Build("non-linearizable", ""));
    }
}
