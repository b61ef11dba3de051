using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Judges candidates for a counterexample, within a budget for all of them together.</summary>
internal sealed class SubhistoryJudge(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
{
    private const long StepsForAll = 5_000_000;

    private readonly SearchRace _race = new(judge);
    private long _left = Math.Min(StepsForAll, options.MaxSteps);

    /// <summary>What is left of the budget.</summary>
    public SearchBudget Budget => new(Math.Max(1, _left), options.MaxBytes, options.Cancellation);

    /// <summary>Whether nothing is left; then every candidate is refused.</summary>
    public bool Spent => _left <= 0 || options.Cancellation.IsCancellationRequested;

    /// <summary>Whether a candidate is certainly not linearizable.</summary>
    public bool IsInvalid(in KeyHistory candidate)
    {
        if (Spent) return false;
        _left -= 16 + candidate.Count;
        foreach (var algorithm in special)
        {
            var answer = algorithm.TryDecide(candidate, algorithm.Searches ? options with { MaxSteps = Math.Max(1, _left) } : options);
            _left -= answer.Steps;
            if (answer.Outcome != SpecialOutcome.NotApplicable) return answer.Outcome == SpecialOutcome.Invalid;
        }

        var (_, result) = _race.Run(candidate, Budget);
        _left -= result.Steps;
        return result.Kind == VerdictKind.Invalid;
    }
}
