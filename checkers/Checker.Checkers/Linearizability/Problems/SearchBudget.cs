namespace Checker.Checkers.Linearizability.Problems;

/// <summary>How far one search may go.</summary>
/// <param name="MaxSteps">The most steps of the specification.</param>
/// <param name="MaxBytes">The most bytes of configurations and states.</param>
/// <param name="Cancellation">Stops the search.</param>
internal readonly record struct SearchBudget(long MaxSteps, long MaxBytes, CancellationToken Cancellation);
