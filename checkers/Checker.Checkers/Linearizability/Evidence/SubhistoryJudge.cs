using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Judges candidates for a counterexample, within a budget for all of them together.</summary>
internal sealed class SubhistoryJudge(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
{
    /// <summary>The steps for all candidates together; the rows of a candidate count as well. About a second.</summary>
    public const long StepsForAll = 3_000_000;

    private const long StepsForOne = 300_000;

    private readonly SearchRace _race = new(judge);
    private readonly ISpecialAlgorithm[] _special = [.. special.Where(algorithm => algorithm.Refutes)];
    private readonly CheckOptions _ofSpecial = options with { MaxSteps = Math.Min(StepsForOne, options.MaxSteps), Certify = false };
    private long _left = Math.Min(StepsForAll, options.MaxSteps);

    /// <summary>The budget of one candidate.</summary>
    public SearchBudget Budget => new(Math.Clamp(_left, 1, StepsForOne), options.MaxBytes, options.Cancellation);

    /// <summary>Whether nothing is left; then every candidate is refused.</summary>
    public bool Spent => _left <= 0 || options.Cancellation.IsCancellationRequested;

    /// <summary>Whether some candidate could not be judged within the budget, so that what was found may not be minimal.</summary>
    public bool GaveUp { get; private set; }

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
    public bool IsInvalid(in KeyHistory candidate)
    {
        if (Spent)
        {
            GaveUp = true;
            return false;
        }

        _left -= 16 + Size(candidate);
        foreach (var algorithm in _special)
        {
            var answer = algorithm.TryDecide(candidate, algorithm.Searches ? _ofSpecial with { MaxSteps = Budget.MaxSteps } : _ofSpecial);
            _left -= answer.Steps;
            GaveUp |= answer.Outcome == SpecialOutcome.Spent;
            if (answer.Outcome != SpecialOutcome.NotApplicable) return answer.Outcome == SpecialOutcome.Invalid;
        }

        var (_, result) = _race.Run(candidate, Budget);
        _left -= result.Steps;
        GaveUp |= result.Kind == VerdictKind.Unknown;
        return result.Kind == VerdictKind.Invalid;
    }
}
