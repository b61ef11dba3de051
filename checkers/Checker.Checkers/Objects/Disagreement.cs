using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>
/// Results that cannot be in one order with each other, whatever else was seen: sums that fall, orders that contradict each other, an element removed twice.
/// Near linear in the size of the results.
/// </summary>
internal sealed class Disagreement(string model, ObjectHistory rows, Observed observed, Grounds grounds)
{
    /// <summary>Results that contradict each other; null if none were found.</summary>
    /// <param name="grows">Whether a process goes on to see what it saw.</param>
    /// <param name="hasViews">Whether all results of a process are explained by one order.</param>
    public Anomaly? Find(bool grows, bool hasViews) =>
        (grows ? Falling() : null) ?? ListedOrder() ?? (hasViews ? Removed() ?? Queued() ?? Positions() : null);

    // A sum that only grows, and that a process saw fall.
    private Anomaly? Falling()
    {
        if (!observed.Sums) return null;
        var last = new Dictionary<int, int>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (!observed.Shows[row]) continue;
            if (last.TryGetValue(rows.Object[row], out var before) && rows.Process[before] == rows.Process[row]
                && observed.SumOf(before) > observed.SumOf(row))
            {
                return grounds.Because("FallingSum", [before, row], [(before, row)], "a process saw the sum fall, which only grows, so nothing explains");
            }

            last[rows.Object[row]] = row;
        }

        return null;
    }

    // A list that shows two updates of one process in the other order, or one twice.
    private Anomaly? ListedOrder()
    {
        if (!observed.Ordered) return null;
        var last = new int[rows.ProcessCount];
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var seen in observed.Sees[row]) last[rows.Process[seen]] = -1;
            foreach (var seen in observed.Sees[row])
            {
                ref var before = ref last[rows.Process[seen]];
                if (before == seen) return grounds.Because("ListedTwice", [seen, row], [(seen, row)], "it lists twice what was put there once, so nothing explains");
                if (before > seen) return grounds.Because("ReversedUpdates", [seen, before, row], [(seen, before)], "it lists a process's updates in the wrong order, so nothing explains");
                before = seen;
            }
        }

        return null;
    }

    // What was inserted once and removed twice, where results are shown together.
    private Anomaly? Removed()
    {
        if (!observed.Removes) return null;
        var removals = new Dictionary<(int Process, int Source), int>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (observed.Sees[row] is not [var source] || rows.ReadOnly[row]) continue;
            var process = model == ModelNames.Sequential ? -1 : rows.Process[row];
            if (removals.TryAdd((process, source), row)) continue;
            return grounds.Because("RemovedTwice", [source, removals[(process, source)], row], [], "what was inserted once was removed twice, so no order explains");
        }

        return null;
    }

    // A process that takes elements out of a queue in another order than they can have come in for it.
    private Anomaly? Queued()
    {
        if (rows.Type.Sequential.Name != "queue") return null;
        var orders = new QueueOrders(rows, observed);
        for (var process = 0; process < rows.ProcessCount; process++)
        {
            if (orders.Cycle(process) is not { } cycle) continue;
            int[] own = [.. Enumerable.Range(rows.Start[process], rows.Start[process + 1] - rows.Start[process])];
            var members = cycle.Concat(own.Where(row => !rows.ReadOnly[row] && observed.Sees[row] is [var source] && cycle.Contains(source)));
            return grounds.Because(
                "ReorderedQueue", [.. members], [.. cycle.Select((row, i) => (row, cycle[(i + 1) % cycle.Count]))],
                "for one process each of these came before the next in a queue, and the last before the first, so no order explains");
        }

        return null;
    }

    // Positions in a list are final where it grows at its end only: within a process's view, or in the one order.
    private Anomaly? Positions()
    {
        if (!observed.Ordered) return null;
        var known = new Dictionary<(int Process, int Object, long Offset), (Histories.Values.ValueId Element, int Row)>();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (offset, element) in observed.Entries(row))
            {
                var at = (model == ModelNames.Sequential ? -1 : rows.Process[row], rows.Object[row], offset);
                if (known.TryAdd(at, (element, row)) || known[at].Element == element) continue;
                return grounds.Because("Reordered", [known[at].Row, row], [], "the same place holds two elements, though nothing is ever inserted before others, so no order explains");
            }
        }

        return null;
    }
}
