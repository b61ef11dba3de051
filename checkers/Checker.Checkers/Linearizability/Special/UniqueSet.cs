using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides sets of elements that are added and removed at most once each and never read whole: operations on different elements commute,
/// so each
/// element is judged alone. O(n).
/// </summary>
internal sealed class UniqueSet : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "set elements (added and removed once)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Set.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (!history.Initial.IsNull && !(values.Kind(history.Initial) == ValueKind.List && values.Items(history.Initial).IsEmpty))
        {
            return SpecialVerdict.NotApplicable("the set is not empty at first");
        }

        if (history.Functions.Contains(Function.Read)) return SpecialVerdict.NotApplicable("the set is read whole");
        using var numbers = new ValueNumbers(history.Count);
        using var elementOf = new Rented<int>(history.Count);
        for (var row = 0; row < history.Count; row++) elementOf.Span[row] = numbers.NumberOf(history.Inputs[row]);
        using var starts = new Rented<int>(numbers.Count + 1);
        using var grouped = new Rented<int>(history.Count);
        Group(elementOf.Span, starts.Span, grouped.Span);
        var parts = new List<int[]>();
        var element = new SetElement(history);
        string? reason = null;
        for (var i = 0; i < numbers.Count; i++)
        {
            // An element that cannot be judged alone here does not keep another from being wrong.
            if (element.Load(grouped.Span[starts.Span[i]..starts.Span[i + 1]]) is { } why)
            {
                reason = why;
                continue;
            }

            if (element.Order() is not { } order) return SpecialVerdict.Invalid(element.Explain());
            if (options.Certify) parts.Add([.. order]);
        }

        if (reason is not null) return SpecialVerdict.NotApplicable(reason);
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(RealTime.Merge(parts, history), history) : null);
    }

    private static void Group(Span<int> elementOf, Span<int> starts, Span<int> grouped)
    {
        starts.Clear();
        foreach (var element in elementOf) starts[element]++;
        var sum = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            sum += starts[i];
            starts[i] = sum;
        }

        for (var row = elementOf.Length - 1; row >= 0; row--) grouped[--starts[elementOf[row]]] = row;
    }
}
