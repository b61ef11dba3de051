using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// Decides sets that are never read whole: operations on different elements have nothing to do with each other, so each element is an object
/// of its own (Herlihy and Wing 1990, theorem 1). One that is added and removed at most once is judged by the layers of <see cref="OnceAdded"/>,
/// any other by an <see cref="ElementFrontier"/>. O(n) but for sorting, and the operations open at once on one element.
/// </summary>
internal sealed class SetElements : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "set elements";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Set.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (history.Functions.Contains(Function.Read)) return SpecialVerdict.NotApplicable("the set is read whole");
        for (var row = 0; row < history.Count; row++)
        {
            if (ElementStep.Of(history, row) is null) return SpecialVerdict.NotApplicable("a result without form");
        }

        if (InitialElements(history) is not { } initial) return SpecialVerdict.NotApplicable("an element is there twice at first");
        using var numbers = new ValueNumbers(Math.Max(16, history.Count / 4), history.Inputs);
        using var elementOf = new Rented<int>(history.Count);
        for (var row = 0; row < history.Count; row++) elementOf.Span[row] = numbers.NumberOf(history.Inputs[row]);
        using var starts = new Rented<int>(numbers.Count + 1);
        using var grouped = new Rented<int>(history.Count);
        Group(elementOf.Span, starts.Span, grouped.Span);
        var parts = new List<int[]>();
        var once = new OnceAdded(history);
        ElementOrder? again = null;
        string? reason = null;
        for (var i = 0; i < numbers.Count; i++)
        {
            var rows = grouped.Span[starts.Span[i]..starts.Span[i + 1]];
            var present = initial.Contains(numbers[i]);
            if (!present && once.Load(rows))
            {
                if (once.Order() is not { } order) return SpecialVerdict.Invalid(once.Explain());
                if (options.Certify) parts.Add([.. order]);
                continue;
            }

            again ??= new ElementOrder(history, options.Certify);
            switch (again.Exists(rows, present))
            {
                case false: return SpecialVerdict.Invalid(new ElementEvidence(history, again).Explain(rows, present, numbers[i], again.Stuck));
                case true when options.Certify: parts.Add(again.Of(rows, present)); break;
                case null: reason = "too many operations on one element at once"; break; // another one may still be wrong
                default: break;
            }
        }

        if (reason is not null) return SpecialVerdict.NotApplicable(reason);
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(RealTime.Merge(parts, history), history) : null);
    }

    /// <summary>The elements at first; null if one is there twice, which no set is.</summary>
    public static HashSet<ValueId>? InitialElements(in KeyHistory history)
    {
        var values = history.History.Values;
        var elements = new HashSet<ValueId>();
        if (values.Kind(history.Initial) != ValueKind.List) return elements;
        foreach (var element in values.Items(history.Initial))
        {
            if (!elements.Add(element)) return null;
        }

        return elements;
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
