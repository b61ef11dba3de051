using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// Searches one object with every strategy there is for it, in turns that grow: the depth-first search finds an order of a valid history
/// quickly, the frontier of
/// registers refutes an invalid one quickly, and neither waits for the other. The turns depend on steps only, so the outcome is repeatable.
/// </summary>
internal static class SearchRace
{
    /// <summary>The name of the depth-first search in verdicts.</summary>
    public const string GeneralSearch = "general search";

    private const int Growth = 4;

    /// <summary>Searches within a budget that all turns share.</summary>
    public static (string Name, SearchResult Result) Run(in KeyHistory history, IObjectJudge judge, SearchBudget budget)
    {
        var operations = judge.IsBundled ? RegisterJudge.Prepare(history) : null;
        if (operations is null) return (GeneralSearch, judge.Judge(history, budget));
        var spent = 0L;
        var none = new SearchResult { Kind = VerdictKind.Unknown, Order = [], Reason = "the step budget is spent" };
        var best = (Name: GeneralSearch, Result: none);
        for (var turn = 1_000L + (16L * history.Count); spent < budget.MaxSteps; turn *= Growth)
        {
            if (Turn(GeneralSearch, judge.Judge(history, Next(turn)))) break;
            if (spent >= budget.MaxSteps || Turn(RegisterJudge.Name, RegisterJudge.Judge(history, operations, Next(turn)))) break;
        }

        return (best.Name, best.Result with { Steps = spent });

        SearchBudget Next(long turn) => budget with { MaxSteps = Math.Min(turn, budget.MaxSteps - spent) };

        bool Turn(string name, SearchResult result)
        {
            spent += Math.Max(1, result.Steps);
            if (result.Kind != VerdictKind.Unknown || result.Order.Length >= best.Result.Order.Length) best = (name, result);
            return result.Kind != VerdictKind.Unknown || result.Malformed || budget.Cancellation.IsCancellationRequested;
        }
    }
}
