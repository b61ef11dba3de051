using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// Finds an order for stacks whose values repeat. Once it is settled which pop takes which push, the elements are unique, and whether they can be
/// nested is decided as for <see cref="UniqueStack"/>; so pairs are guessed (<see cref="StackSweep"/>) and repaired where they conflict
/// (<see cref="StackRepair"/>). An order is a proof; that none was found proves nothing. Operations of unknown outcome take part where that helps.
/// </summary>
/// <param name="fewest">Shorter histories are left to the general search, which is faster there.</param>
internal sealed class RepeatedStack(int fewest = 100) : ISpecialAlgorithm
{
    private const int Attempts = 3;
    private const int StepsPerRow = 1500;

    /// <inheritdoc/>
    public string Name => "stack pairs (repeated values)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Refutes => false;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Stack.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (history.Count < fewest) return SpecialVerdict.NotApplicable("a short history");
        if (StackRows.Of(history) is not { } rows) return SpecialVerdict.NotApplicable("not of pushes and pops alone");
        var steps = 0L;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var most = Math.Min(options.MaxSteps / (2 * Attempts), (long)StepsPerRow * history.Count);
            var meter = new StepMeter(new SearchBudget(most, options.MaxBytes, options.Cancellation), () => 0);
            var order = Attempt(rows, attempt, meter);
            steps += meter.Steps;
            if (order is not null) return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null) with { Steps = steps };
        }

        return SpecialVerdict.NotApplicable("no pairs without conflict were found") with { Steps = steps };
    }

    // An order of rows; null if none was found.
    private static int[]? Attempt(StackRows rows, int attempt, StepMeter meter)
    {
        if (new StackSweep(rows, meter, lasting: attempt != 1).Run() is not { } partners) return null;
        var pairs = new StackPairs(rows, partners);
        if (!new StackRepair(pairs, rows.Time.Events, meter, attempt).Run()) return null;
        var elements = pairs.ToRemovals();
        return StackNest.Of(elements, rows.Time, elements.Empties, ordered: true).Order;
    }
}
