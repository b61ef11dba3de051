namespace Checker.Checkers.Linearizability.Problems;

/// <summary>Counts what a search spends, and says when its budget is.</summary>
/// <param name="budget">What it may spend.</param>
/// <param name="bytes">What its configurations take; asked now and then.</param>
internal sealed class StepMeter(SearchBudget budget, Func<long> bytes)
{
    private const int Interval = 1024;

    private long _next;
    private string? _spent;

    /// <summary>The steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Which part of the budget is spent; null while none is. What was spent once remains so.</summary>
    public string? Spent()
    {
        if (_spent is not null) return _spent;
        if (Steps >= budget.MaxSteps) return _spent = "the step budget is spent";
        if (Steps < _next) return null;
        _next = Steps + Interval;
        if (budget.Cancellation.IsCancellationRequested) return _spent = "the check was cancelled";
        return _spent = bytes() > budget.MaxBytes ? "the memory budget is spent" : null;
    }
}
