using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides stacks whose elements are pushed once each, pops and peeks that found nothing included. O(n log n).
/// </summary>
/// <remarks>
/// Pops of unknown outcome: without them valid means valid; with all elements that are left away, invalid means invalid; in between they
/// are given to
/// the elements that are left in two orders, and if neither works another algorithm decides.
/// </remarks>
internal sealed class UniqueStack : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "stack nesting (unique elements)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Stack.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var elements = Removals.Of(history, Function.Push, Function.Pop, out var answer);
        if (elements is null) return answer;
        var time = new LocalTime(history);
        var popped = new List<StackElement>();
        var left = new List<int>();
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] >= 0) popped.Add(Element(time, elements.Inserts[i], elements.Removes[i]));
            else left.Add(elements.Inserts[i]);
        }

        var order = Nest(elements, time, [.. popped, .. left.Select(push => Element(time, push, -1))], out var stuck, out var empty);
        if (order is null && elements.Unknown.Count > 0 && left.Count > 0)
        {
            if (Nest(elements, time, popped, out stuck, out empty) is not null)
            {
                order = Nest(elements, time, [.. popped, .. Share(left)], out _, out _);
                left.Reverse();
                order ??= Nest(elements, time, [.. popped, .. Share(left)], out _, out _);
                if (order is null) return SpecialVerdict.NotApplicable("pops of unknown outcome");
            }
            else
            {
                // Without what is left there is a contradiction already.
                elements = elements.WithoutLeft();
            }
        }

        if (order is not null) return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
        return SpecialVerdict.Invalid(empty >= 0 ? Emptiness.Refute(empty, history, time, elements) : Explain(history, stuck));

        IEnumerable<StackElement> Share(List<int> pushes) => pushes.Select((push, i) => Element(time, push, i < elements.Unknown.Count ? elements.Unknown[i] : -1));
    }

    private static StackElement Element(LocalTime time, int push, int pop) => new(
        push,
        pop,
        time.Invoke[push],
        time.Return[push],
        pop < 0 ? time.Events + 1 : time.Invoke[pop],
        pop < 0 ? time.Events + 2 : time.Return[pop]);

    private static int[]? Nest(Removals elements, LocalTime time, IEnumerable<StackElement> all, out IReadOnlyList<StackElement> stuck, out int empty)
    {
        var nesting = new StackNesting(all, time.Events);
        var order = new PointOrder(2 * elements.Inserts.Count);
        (stuck, empty) = ([], -1);
        foreach (var row in elements.Empties)
        {
            var gap = nesting.FirstEmpty(time.Invoke[row], time.Return[row]);
            if (gap < 0)
            {
                empty = row;
                return null;
            }

            order.Add(gap, 1, row);
        }

        if (!nesting.TryNest())
        {
            stuck = nesting.Stuck;
            return null;
        }

        nesting.AddTo(order);
        return order.Rows();
    }

    // A stretch that is never empty, and nothing in it can be at the bottom. Elements are left out one by one as long as that stays so.
    private static Anomaly Explain(in KeyHistory history, IReadOnlyList<StackElement> stuck)
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        var needed = Shrink(stuck);
        var named = new List<string>();
        foreach (var element in needed)
        {
            evidence.Add(element.Push);
            if (element.Pop >= 0) evidence.Add(element.Pop);
            if (named.Count < 6) named.Add(prose.Did(element.Push) + (element.Pop < 0 ? " and nobody popped it" : ", and " + prose.Did(element.Pop)));
        }

        return evidence.Build(
            "out-of-order",
            $"From {prose.Ended(needed.MinBy(e => e.PushReturn).Push)} on the stack was not empty for a while, so one element lay at " +
            $"the bottom: it was pushed before and popped after the others. But none of these can have been: {string.Join("; ", named)}.");
    }

    private static List<StackElement> Shrink(IReadOnlyList<StackElement> stuck)
    {
        const int Most = 400;
        var needed = stuck.ToList();
        if (needed.Count > Most) return needed;
        for (var i = needed.Count - 1; i >= 0; i--)
        {
            var candidate = needed.ToList();
            candidate.RemoveAt(i);
            var events = candidate.Count == 0 ? 0 : candidate.Max(e => e.Pop < 0 ? e.PushReturn + 1 : Math.Max(e.PopReturn, e.PopInvoke + 1));
            if (!new StackNesting(candidate, Math.Max(events, 1)).TryNest()) needed = candidate;
        }

        return needed;
    }
}
