using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides stacks whose elements are pushed once each, peeks, and pops that found nothing, included. O(n log n).
/// </summary>
/// <remarks>
/// Pops of unknown outcome: without them valid means valid; with all elements that are left away, invalid means invalid; in between
/// they are given to the elements that are left by deadlines that are sharpened where they contradict each other (<see cref="StackTakers"/>).
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
        // Most often the pops of unknown outcome took what is left.
        var takers = elements.Unknown.Count > 0 && elements.Removes.Contains(-1) ? new StackTakers(history, elements, time, options.Certify) : null;
        var nest = takers?.TryFirst() is { } taken ? new StackNest { Order = taken } : StackNest.Of(elements, time, elements.Empties, options.Certify);
        if (nest.Order is null && takers is not null)
        {
            var bare = StackNest.Of(elements.WithoutLeft(), time, elements.Empties, options.Certify);
            if (bare.Order is null)
            {
                // Without what is left there is a contradiction already.
                (elements, nest) = (elements.WithoutLeft(), bare);
            }
            else
            {
                if (takers.Settle() is not { } order)
                    return takers.Refutation is { } anomaly ? SpecialVerdict.Invalid(anomaly) : SpecialVerdict.NotApplicable("pops of unknown outcome");
                nest = new StackNest { Order = order };
            }
        }

        if (nest.Order is { } found) return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(found, history) : null);
        return SpecialVerdict.Invalid(
            nest.NeverEmpty.Count == 0 ? Explain(history, nest.Stuck[0])
            : elements.Peeks is null ? Emptiness.Refute(nest.NeverEmpty[0], history, time, elements)
            : NeverEmpty(history, elements, time, nest.NeverEmpty[0]));
    }

    // Everything that was there for certain in somebody's time, found on top or not.
    private static Anomaly NeverEmpty(in KeyHistory history, Removals elements, LocalTime time, int row)
    {
        var evidence = new EvidenceBuilder(history);
        evidence.Add(row);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            var element = StackNest.Element(elements, time, i);
            if (element.PushReturn >= time.Return[row] || element.PopInvoke <= time.Invoke[row]) continue;
            foreach (var one in element.Rows) evidence.Add(one);
        }

        return evidence.Build("false-empty", $"{new Prose(history).Did(row)}, but at every moment of that time something was on the stack.");
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
            foreach (var row in element.Rows) evidence.Add(row);
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
        var needed = Chain(stuck);
        if (StackNest.IsPossible(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(needed), empty: null)) needed = [.. stuck];
        if (needed.Count > Most) return needed;
        for (var i = needed.Count - 1; i >= 0; i--)
        {
            var candidate = needed.ToList();
            candidate.RemoveAt(i);
            if (!StackNest.IsPossible(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(candidate), empty: null)) needed = candidate;
        }

        return needed;
    }

    // Few of the elements that between them are there throughout the stretch, always the one that reaches farthest: what cannot be at the bottom of all cannot
    // be at the bottom of them either, unless it was in the way of those who found others on top.
    private static List<StackElement> Chain(IReadOnlyList<StackElement> stuck)
    {
        var chain = new List<StackElement>();
        var (at, best) = (stuck[0].PushReturn, 0);
        for (var next = 0; ; at = stuck[best].PopInvoke)
        {
            for (; next < stuck.Count && stuck[next].PushReturn <= at; next++)
            {
                if (stuck[next].PopInvoke > stuck[best].PopInvoke) best = next;
            }

            if (chain.Count > 0 && stuck[best].PopInvoke <= at) return chain;
            chain.Add(stuck[best]);
        }
    }
}
