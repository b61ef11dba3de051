using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>By when something that nobody is known to have taken out must have gone.</summary>
/// <param name="Element">The element.</param>
/// <param name="Before">The event before which it had gone: the return of what could not have happened with it inside.</param>
/// <param name="Witness">The row of that: a removal of another element, or one that found nothing.</param>
internal readonly record struct Deadline(int Element, int Before, int Witness);

/// <summary>
/// Gives removals of unknown outcome to the elements that are left. Each may take any element at any moment from its invocation on, so
/// giving one away only helps; which element gets which is settled by deadlines. Too few removals for the deadlines is a contradiction,
/// as the deadlines are certain; a sharing that meets them is a guess that still has to be tried.
/// </summary>
internal static class UnknownRemovals
{
    /// <summary>Shares the removals out, O(n log n); null if they are too few.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="time">Their events.</param>
    /// <param name="deadlines">The deadlines, one for each element that has one; sorted on return.</param>
    /// <param name="missed">How many deadlines, the first ones, are one more than the removals invoked before the last of them.</param>
    public static Removals? Share(Removals elements, LocalTime time, List<Deadline> deadlines, out int missed)
    {
        deadlines.Sort(static (a, b) => a.Before.CompareTo(b.Before));
        var removes = new List<int>(elements.Removes);
        missed = 0;
        for (var i = 0; i < deadlines.Count; i++)
        {
            // The removals are in the order of invocation.
            if (i >= elements.Unknown.Count || time.Invoke[elements.Unknown[i]] >= deadlines[i].Before)
            {
                missed = i + 1;
                return null;
            }

            removes[deadlines[i].Element] = elements.Unknown[i];
        }

        var next = deadlines.Count;
        for (var element = 0; element < removes.Count && next < elements.Unknown.Count; element++)
        {
            if (removes[element] < 0) removes[element] = elements.Unknown[next++];
        }

        return elements.With(removes);
    }

    /// <summary>The evidence that the removals are too few.</summary>
    /// <param name="history">The object.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="time">Their events.</param>
    /// <param name="deadlines">The deadlines that cannot be met, the last one latest.</param>
    public static Anomaly Refute(in KeyHistory history, Removals elements, LocalTime time, IReadOnlyList<Deadline> deadlines)
    {
        const int Most = 3;
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        foreach (var row in Rows(elements, time, deadlines)) evidence.Add(row);
        var named = new List<string>();
        foreach (var (element, _, witness) in deadlines)
        {
            if (named.Count < Most) named.Add($"{prose.Did(elements.Inserts[element])}, and with it inside it cannot be that {prose.Did(witness)}");
        }

        var count = elements.Unknown.Count(row => time.Invoke[row] < deadlines[^1].Before);
        var more = deadlines.Count > Most ? $"; and {deadlines.Count - Most} more" : "";
        return evidence.Build(
            "out-of-order",
            $"{(deadlines.Count == 1 ? "an element" : $"{deadlines.Count} elements")} must have gone by {prose.Ended(deadlines[^1].Witness)}, though nobody is known to have taken " +
            $"{(deadlines.Count == 1 ? "it" : "them")}, and {(count == 0 ? "no removal" : count == 1 ? "only one removal" : $"only {count} removals")} of unknown outcome had begun by then: {string.Join("; ", named)}{more}.");
    }

    /// <summary>The rows that missed deadlines rest upon: the elements, the witnesses with what they took, and the removals that came in time.</summary>
    public static IEnumerable<int> Rows(Removals elements, LocalTime time, IReadOnlyList<Deadline> deadlines)
    {
        var insertOf = new Dictionary<int, int>();
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] >= 0) insertOf[elements.Removes[i]] = elements.Inserts[i];
        }

        foreach (var (element, _, witness) in deadlines)
        {
            yield return elements.Inserts[element];
            yield return witness;
            if (insertOf.TryGetValue(witness, out var insert)) yield return insert;
        }

        foreach (var row in elements.Unknown)
        {
            if (time.Invoke[row] < deadlines[^1].Before) yield return row;
        }
    }
}
