using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>The turns of several engines at one object: what they spent together, and the best of what they found.</summary>
internal sealed class Turns(SearchBudget budget)
{
    private long _spent;
    private int _placed;
    private (string Name, SearchResult Result) _best =
        (SearchRace.GeneralSearch, new SearchResult { Kind = VerdictKind.Unknown, Order = [], Reason = "the step budget is spent" });

    /// <summary>Whether nothing is left.</summary>
    public bool Spent => Left == 0;

    /// <summary>The steps that are left.</summary>
    public long Left => Math.Max(0, budget.MaxSteps - _spent);

    /// <summary>What decided, or else came furthest.</summary>
    public (string Name, SearchResult Result) Outcome => (_best.Name, _best.Result with { Steps = _spent, Placed = _placed });

    /// <summary>The budget of the next turn.</summary>
    public SearchBudget Next(long steps) => budget with { MaxSteps = Math.Min(steps, budget.MaxSteps - _spent) };

    /// <summary>The budgets of two turns that may be taken at once; the second has what the first leaves if it spends all of its own.</summary>
    public (SearchBudget First, SearchBudget Second) Pair(long steps)
    {
        var first = Next(steps) with { MaxBytes = budget.MaxBytes / 2 };
        return (first, first with { MaxSteps = Math.Clamp(budget.MaxSteps - _spent - first.MaxSteps, 0, steps) });
    }

    /// <summary>Whether a result ends the search.</summary>
    public bool Ends(SearchResult result) =>
        result.Kind != VerdictKind.Unknown || result.Malformed || budget.Cancellation.IsCancellationRequested;

    /// <summary>Counts what was spent on a part.</summary>
    public void Count(SearchResult part) => _spent += Math.Max(1, part.Steps);

    /// <summary>Counts a turn; true if it ends the search.</summary>
    public bool Add(string name, SearchResult result)
    {
        _spent += Math.Max(1, result.Steps);
        _placed = Math.Max(_placed, result.Placed);
        if (result.Kind != VerdictKind.Unknown || result.Order.Length >= _best.Result.Order.Length) _best = (name, result);
        return Ends(result);
    }
}
