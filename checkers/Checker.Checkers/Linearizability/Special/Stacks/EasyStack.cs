using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// Decides stacks whose values repeat where few operations are open at once: there the search by sets of contents (<see cref="StackSearch"/>) needs a few
/// steps for each operation. Where it needs more, it is left for later.
/// </summary>
internal sealed class EasyStack : ISpecialAlgorithm
{
    private const int StepsPerRow = 64;

    /// <inheritdoc/>
    public string Name => StackSearch.Name;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Stack.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (StackProblem.Of(history) is not { } problem) return SpecialVerdict.NotApplicable("not of pushes and pops alone");
        var steps = Math.Min(options.MaxSteps, (long)StepsPerRow * history.Count);
        var result = new StackSearch(problem, new SearchBudget(steps, options.MaxBytes, options.Cancellation)).Run(history);
        return result.Kind switch
        {
            VerdictKind.Valid => SpecialVerdict.Valid(options.Certify ? result.Order : null) with { Steps = result.Steps },
            VerdictKind.Invalid => SpecialVerdict.Refuted(result),
            _ => SpecialVerdict.NotApplicable("many operations are open at once") with { Steps = result.Steps },
        };
    }
}
