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
    private const int StepsPerRow = 2000;

    /// <inheritdoc/>
    public string Name => "stack pairs (repeated values)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Stack.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (history.Count < fewest) return SpecialVerdict.NotApplicable("a short history");
        if (StackRows.Of(history) is not { } rows) return SpecialVerdict.NotApplicable("not of pushes and pops alone");
        var budget = new SearchBudget(Math.Min(options.MaxSteps / 2, (long)StepsPerRow * history.Count), options.MaxBytes, options.Cancellation);
        var meter = new StepMeter(budget, () => 0);
        if (new StackSweep(rows, meter).Run() is not { } partners) return SpecialVerdict.NotApplicable("no pairs were found");
        var pairs = new StackPairs(rows, partners);
        if (!new StackRepair(pairs, rows.Time.Events, meter).Run()) return SpecialVerdict.NotApplicable("conflicts are left");
        var elements = pairs.ToRemovals();
        if (StackNest.Of(elements, rows.Time, elements.Empties).Order is not { } order) return SpecialVerdict.NotApplicable("no moment was found at which it was empty");
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null) with { Steps = meter.Steps };
    }
}
