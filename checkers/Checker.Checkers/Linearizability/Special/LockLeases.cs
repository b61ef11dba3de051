using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides locks with leases of so many milliseconds where <see cref="LockHolds"/> does not: by a search in which each lease lapses by a step
/// of its own. Within the budget exact; beyond it the verdict is unknown, because a search without times would let every lease lapse at once.
/// </summary>
internal sealed class LockLeases : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "lock leases (search)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Lock.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (!HasTimes(history)) return SpecialVerdict.NotApplicable("no lease has a time");
        var steps = new LeaseSteps(history);
        var judge = new SearchJudge<LeaseSteps.Spec, LeaseState>((_, _) => new LeaseSteps.Spec(steps), bundled: false);
        var result = judge.Judge(steps.History, new SearchBudget(options.MaxSteps, options.MaxBytes, options.Cancellation));
        return result.Kind switch
        {
            VerdictKind.Valid => SpecialVerdict.Valid(options.Certify ? [.. result.Order.Distinct()] : null) with { Steps = result.Steps },
            VerdictKind.Invalid => SpecialVerdict.Invalid(Explain(history, result.Stuck)) with { Steps = result.Steps },
            _ => SpecialVerdict.Spent(result with { Order = [.. result.Order.Distinct()] }),
        };
    }

    private static bool HasTimes(in KeyHistory history)
    {
        var values = history.History.Values;
        var any = false;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] is not (Function.Acquire or Function.Release)) return false;
            if (!LockArgument.IsFormed(values, history.Types[row], history.Inputs[row], history.Outputs[row])) return false;
            any |= LockArgument.Of(values, history.Types[row], history.Inputs[row], history.Outputs[row], 0).Lease > 0;
        }

        return any;
    }

    private static Anomaly Explain(in KeyHistory history, int stuck)
    {
        const int Most = 8;
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var end = stuck < 0 ? KeyHistory.Never : history.History.Complete[stuck];
        var said = new List<string>();
        for (var row = 0; row < history.Count && history.Invokes[row] < end; row++)
        {
            evidence.Add(row);
            said.Add(prose.Did(row) + Lease(history, row));
        }

        var more = said.Count > Most ? $"; and {said.Count - Most} more before" : "";
        return evidence.Build(
            "lease-violation", $"no order of these operations leaves every lease its time: {string.Join("; ", said.TakeLast(Most))}{more}.");
    }

    private static string Lease(in KeyHistory history, int row)
    {
        var argument = LockArgument.Of(history.History.Values, history.Types[row], history.Inputs[row], history.Outputs[row], 0);
        return history.Functions[row] != Function.Acquire || argument.Lease is not { } lease ? ""
            : lease == 0 ? " on a lease" : $" on a lease of {lease} ms";
    }
}
