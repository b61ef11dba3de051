using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides stacks whose elements are pushed once each, pops and peeks that found nothing included. O(n log n).
/// </summary>
/// <remarks>
/// Pops of unknown outcome: without them valid means valid; with all elements that are left away, invalid means invalid; in between
/// they are given to the elements that are left by deadlines (<see cref="UnknownRemovals"/>): too few of them means invalid, an order that
/// comes of it valid, and otherwise another algorithm decides.
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
        var order = Nest(elements, time, All(elements, time), out var stuck, out var empty);
        if (order is null && elements.Unknown.Count > 0 && elements.Removes.Contains(-1))
        {
            if (Nest(elements, time, All(elements, time).Where(element => element.Pop >= 0), out stuck, out empty) is null)
            {
                // Without what is left there is a contradiction already.
                elements = elements.WithoutLeft();
            }
            else
            {
                var deadlines = Deadlines(elements, time);
                if (UnknownRemovals.Share(elements, time, deadlines, out var missed) is not { } shared)
                    return SpecialVerdict.Invalid(UnknownRemovals.Refute(history, elements, time, deadlines[..missed]));
                order = Nest(shared, time, All(shared, time), out _, out _);
                if (order is null) return SpecialVerdict.NotApplicable("pops of unknown outcome");
            }
        }

        if (order is not null) return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
        return SpecialVerdict.Invalid(empty >= 0 ? Emptiness.Refute(empty, history, time, elements) : Explain(history, stuck));
    }

    private static IEnumerable<StackElement> All(Removals elements, LocalTime time) =>
        Enumerable.Range(0, elements.Inserts.Count).Select(i => Element(time, elements.Inserts[i], elements.Removes[i]));

    // What is left was popped before anything that lay below it for certain was, and before the stack was found empty.
    private static List<Deadline> Deadlines(Removals elements, LocalTime time)
    {
        var byReturn = new long[elements.Inserts.Count];
        for (var i = 0; i < byReturn.Length; i++) byReturn[i] = PositionSort.Entry(time.Return[elements.Inserts[i]], i);
        PositionSort.Sort(byReturn);
        var below = new SuffixMinimum(time.Events + 1); // by the invocation of the pop
        var empties = new SuffixMinimum(time.Events + 1);
        foreach (var row in elements.Empties) empties.Add(time.Invoke[row], time.Return[row], row);
        var deadlines = new List<Deadline>();
        var next = 0;

        // The elements are in the order of the invocation of their pushes.
        for (var element = 0; element < elements.Inserts.Count; element++)
        {
            var push = elements.Inserts[element];
            for (; next < byReturn.Length && PositionSort.PositionOf(byReturn[next]) < time.Invoke[push]; next++)
            {
                var pop = elements.Removes[PositionSort.NumberOf(byReturn[next])];
                if (pop >= 0) below.Add(time.Invoke[pop], time.Return[pop], pop);
            }

            if (elements.Removes[element] >= 0 || time.Return[push] >= time.Events) continue;
            var (one, other) = (below.From(time.Return[push]), empties.From(time.Return[push]));
            var (before, witness) = one.Key <= other.Key ? one : other;
            if (witness >= 0) deadlines.Add(new(element, before, witness));
        }

        return deadlines;
    }

    private static StackElement Element(LocalTime time, int push, int pop) => new(
        push,
        pop,
        time.Invoke[push],
        time.Return[push],
        pop < 0 ? time.Events + 1 : time.Invoke[pop],
        pop < 0 || time.Return[pop] == time.Events ? time.Events + 2 : time.Return[pop]); // of unknown outcome: it need not have happened

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
