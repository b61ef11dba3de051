using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Judges candidates for a counterexample, within a budget for all of them together.</summary>
internal sealed class SubhistoryJudge(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
{
    private const long LeastSteps = 3_000_000; // about a second
    private const long StepsForOne = 300_000;
    private const int Passes = 8;

    private readonly SearchRace _race = new(judge);
    private readonly ISpecialAlgorithm[] _special = [.. special.Where(algorithm => algorithm.Refutes)];
    private readonly CheckOptions _ofSpecial = options with { MaxSteps = Math.Min(StepsForOne, options.MaxSteps), Certify = false };
    private long _left = Math.Min(LeastSteps, options.MaxSteps);

    /// <summary>The steps for all candidates together; the rows of a candidate count as well.</summary>
    public long StepsForAll { get; private set; } = Math.Min(LeastSteps, options.MaxSteps);

    /// <summary>The budget of one candidate.</summary>
    public SearchBudget Budget => new(Math.Clamp(_left, 1, StepsForOne), options.MaxBytes, options.Cancellation);

    /// <summary>Whether nothing is left; then every candidate is refused.</summary>
    public bool Spent => _left <= 0 || options.Cancellation.IsCancellationRequested;

    /// <summary>Whether some candidate could not be judged within the budget, so that what was found may not be minimal.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>What a special algorithm said about the last candidate that was invalid; null if none decided it.</summary>
    public Anomaly? Said { get; private set; }

    /// <summary>Lets candidates of a history be judged a few times at least, however long it is.</summary>
    public void Allow(in KeyHistory history)
    {
        var more = Math.Min(Passes * Size(history), options.MaxSteps) - StepsForAll;
        if (more <= 0) return;
        _left += more;
        StepsForAll += more;
    }

    // The rows, and what their results list.
    private static long Size(in KeyHistory candidate)
    {
        long size = candidate.Count;
        var values = candidate.History.Values;
        foreach (var output in candidate.Outputs)
        {
            if (values.Kind(output) is ValueKind.List or ValueKind.Map) size += values.Items(output).Length;
        }

        return size;
    }

    /// <summary>Whether a candidate is certainly not linearizable.</summary>
    public bool IsInvalid(in KeyHistory candidate) => IsInvalid(candidate, ordered: false, out _);

    /// <summary>Whether a candidate is certainly not linearizable; if it is, an order of it, as numbers of operations, where one is at hand.</summary>
    public bool IsInvalid(in KeyHistory candidate, out int[]? order) => IsInvalid(candidate, ordered: true, out order);

    private bool IsInvalid(in KeyHistory candidate, bool ordered, out int[]? order)
    {
        order = null;
        if (Spent)
        {
            GaveUp = true;
            return false;
        }

        if (RowLinks.OnlyLook(candidate.Type) is { } look && !candidate.Functions.Contains(look))
        {
            if (ordered) order = candidate.Operations.ToArray(); // nothing shows anything
            return false;
        }

        _left -= 16 + Size(candidate);
        foreach (var algorithm in _special)
        {
            var limits = algorithm.Searches ? _ofSpecial with { MaxSteps = Budget.MaxSteps } : _ofSpecial;
            var answer = algorithm.TryDecide(candidate, ordered ? limits with { Certify = true } : limits);
            _left -= answer.Steps;
            GaveUp |= answer.Outcome == SpecialOutcome.Spent;
            if (answer.Outcome == SpecialOutcome.NotApplicable) continue;
            order = answer.Order;
            if (answer.Outcome == SpecialOutcome.Invalid) Said = answer.Anomaly;
            return answer.Outcome == SpecialOutcome.Invalid;
        }

        var (_, result) = _race.Run(candidate, Budget);
        _left -= result.Steps;
        GaveUp |= result.Kind == VerdictKind.Unknown;
        if (result.Kind == VerdictKind.Valid) order = result.Order;
        if (result.Kind == VerdictKind.Invalid) Said = null;
        return result.Kind == VerdictKind.Invalid;
    }
}
