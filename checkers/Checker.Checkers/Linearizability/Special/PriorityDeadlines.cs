using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// By when what is left in a priority queue must have gone: before anything lesser was extracted, or the queue was found empty, all of whose time it would have
/// been there. One walk back in time, O(n log n) in the number of priorities.
/// </summary>
internal static class PriorityDeadlines
{
    /// <summary>The deadlines of the elements that have one.</summary>
    /// <param name="history">The rows.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="time">Their events.</param>
    /// <param name="classOf">By element the number of its priority, descending.</param>
    /// <param name="classes">How many priorities there are.</param>
    public static List<Deadline> Of(in KeyHistory history, Removals elements, LocalTime time, int[] classOf, int classes)
    {
        using var lesserOf = new Rented<int>(history.Count); // by row of a removal its class; whoever finds nothing finds nothing lesser either
        lesserOf.Span.Fill(-1);
        var left = new List<int>();
        for (var element = 0; element < classOf.Length; element++)
        {
            if (elements.Removes[element] is >= 0 and var remove) lesserOf.Span[remove] = classOf[element];
            else if (time.Return[elements.Inserts[element]] < time.Events) left.Add(element);
        }

        foreach (var row in elements.Empties) lesserOf.Span[row] = classes;
        left.Sort((one, other) => time.Return[elements.Inserts[other]].CompareTo(time.Return[elements.Inserts[one]]));
        var lesser = new SuffixMinimum(classes + 1);
        var deadlines = new List<Deadline>(left.Count);
        var last = history.Count;
        foreach (var element in left)
        {
            var inserted = time.Return[elements.Inserts[element]];
            for (; last > 0 && time.Invoke[last - 1] >= inserted; last--)
            {
                if (lesserOf.Span[last - 1] >= 0) lesser.Add(lesserOf.Span[last - 1], time.Return[last - 1], last - 1);
            }

            var (before, witness) = lesser.From(classOf[element] + 1);
            if (witness >= 0) deadlines.Add(new(element, before, witness));
        }

        return deadlines;
    }
}
