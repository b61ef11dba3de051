using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides priority queues whose elements are inserted once each. In descending priority each element leaves in the first gap of its
/// extraction in
/// which nothing greater is there for certain; leaving earlier never hurts the lesser ones. O(n log n).
/// </summary>
/// <remarks>Extractions of unknown outcome: without them valid means valid; with all elements that are left away, invalid means invalid;
/// in between they are given to the elements that are left by deadlines (<see cref="UnknownRemovals"/>): too few of them means invalid, an
/// order that comes of it valid, and otherwise another algorithm decides.</remarks>
internal sealed class UniquePriorityQueue : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "priority gaps (unique elements)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.PriorityQueue.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var elements = Removals.Of(history, Function.Insert, Function.ExtractMax, out var answer);
        if (elements is null) return answer;
        var time = new LocalTime(history);
        var problem = new PriorityGaps(history, elements, time);
        var mayHaveLeft = elements.Unknown.Count > 0 && elements.Removes.Contains(-1);
        if (mayHaveLeft && UnknownRemovals.Share(elements, time, problem.Deadlines(), out _) is { } taken)
        {
            // Most often the extractions of unknown outcome took what is left.
            var first = problem.With(taken);
            if (first.TryPlace(ignoreLeft: false)) return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(first.Order(), history) : null);
        }

        if (problem.TryPlace(ignoreLeft: false))
        {
            return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(problem.Order(), history) : null);
        }

        if (mayHaveLeft && problem.TryPlace(ignoreLeft: true))
        {
            var deadlines = problem.Deadlines();
            return UnknownRemovals.Share(elements, time, deadlines, out var missed) is null
                ? SpecialVerdict.Invalid(UnknownRemovals.Refute(history, elements, time, deadlines[..missed]))
                : SpecialVerdict.NotApplicable("extractions of unknown outcome");
        }

        return SpecialVerdict.Invalid(problem.Explain());
    }
}
