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
        if (InitialElements(history) is not { } initial) return SpecialVerdict.NotApplicable("an element is there twice at first");
        if (ElementColumns.Of(history, initial, options.Parallelism) is not { } elements) return SpecialVerdict.NotApplicable("a result without form");
        using var held = elements;
        var wrong = elements.FirstWithoutOrder();
        var end = wrong < 0 ? elements.Count : wrong;
        var orders = wrong < 0 && options.Certify ? new int[elements.Count][] : null;
        string? reason = null;
        if ((elements.HasOpen || orders is not null) && EachAlone(history, elements, initial, end, orders, out reason) is { } verdict) return verdict;
        if (wrong >= 0) return SpecialVerdict.Invalid(Explain(history, elements, wrong, initial.Contains(elements[wrong])));
        if (reason is not null) return SpecialVerdict.NotApplicable(reason);
        return SpecialVerdict.Valid(orders is null ? null : RealTime.ToOperations(RealTime.Merge(orders, history), history));
    }

    // The elements up to one, row by row: those that are open, and where orders are wanted the others too. Null if none of them is wrong.
    private static SpecialVerdict? EachAlone(
        in KeyHistory history, ElementColumns elements, HashSet<ValueId> initial, int end, int[][]? orders, out string? reason)
    {
        using var starts = new Rented<int>(elements.Count + 1);
        using var grouped = elements.Group(all: orders is not null, starts.Span);
        var once = new OnceAdded(history);
        ElementOrder? again = null;
        reason = null;
        for (var i = 0; i < end; i++)
        {
            var rows = grouped.Span[starts.Span[i]..starts.Span[i + 1]];
            if (rows.IsEmpty) continue;
            if (!elements.IsRepeated(i))
            {
                if (orders is not null && once.Load(rows)) orders[i] = [.. once.Order()!];
                continue;
            }

            var present = initial.Contains(elements[i]);
            again ??= new ElementOrder(history, orders is not null);
            switch (again.Exists(rows, present))
            {
                case false: return SpecialVerdict.Invalid(new ElementEvidence(history, again).Explain(rows, present, elements[i], again.Stuck));
                case true when orders is not null: orders[i] = again.Of(rows, present); break;
                case null: reason = "too many operations on one element at once"; break; // another one may still be wrong
            }
        }

        return null;
    }

    private static Anomaly Explain(in KeyHistory history, ElementColumns elements, int element, bool present)
    {
        var rows = elements.RowsOf(element);
        var once = new OnceAdded(history);
        if (!present && once.Load(rows)) return once.Explain();
        var again = new ElementOrder(history, record: false);
        again.Exists(rows, present);
        return new ElementEvidence(history, again).Explain(rows, present, elements[element], again.Stuck);
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
}
