using Checker.Checkers.Registers;

namespace Checker.Checkers.Orders;

/// <summary>
/// Tries one sequential order, without ever going back: what needs no choice is placed at once, and of the writes that remain the one that
/// would be due first if real time counted. Nearly linear, O(operations × log sessions). That it fails proves nothing; but it succeeds on
/// every history whose writes took effect in the order of their ends, however late each process saw them.
/// </summary>
internal static class GreedyOrder
{
    /// <summary>Tries.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="forced">Edges that the order must keep; none are needed.</param>
    /// <param name="steps">Steps taken.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A complete order, as operations of the traced history; or null.</returns>
    public static int[]? TryFind(FrontierOperations operations, IReadOnlyList<ForcedEdge> forced, out long steps, CancellationToken cancellation) =>
        TryFind(operations, forced, 0, [], out steps, cancellation);

    /// <summary>
    /// Tries, and where it comes no further gives up reads, whose writes have been placed: they may be placed whatever their key holds. The order still
    /// keeps program order, reads-from and what is forced, and explains every read but those. O(operations) more for each.
    /// </summary>
    /// <param name="operations">The operations; their reads that are given up read nothing afterwards.</param>
    /// <param name="forced">Edges that the order must keep.</param>
    /// <param name="most">The most reads that may stay unexplained.</param>
    /// <param name="unexplained">Those that are, in the order in which they were found.</param>
    /// <param name="steps">Steps taken.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A complete order, as operations of the traced history; or null.</returns>
    public static int[]? TryFind(
        FrontierOperations operations, IReadOnlyList<ForcedEdge> forced, int most, List<int> unexplained, out long steps, CancellationToken cancellation)
    {
        var history = operations.History;
        var frontier = new Frontier(operations, forced);
        var choices = new PriorityQueue<int, (int Due, int Op)>();
        var waits = new bool[history.Count]; // in choices
        var (sessions, begins) = ByBeginning(operations);
        var opened = 0;
        while (!cancellation.IsCancellationRequested)
        {
            while (frontier.Agenda.TryPop(out var session))
            {
                if (frontier.Next(session) is not (>= 0 and var op) || !frontier.IsPossible(op)) continue;
                if (frontier.NeedsNoChoice(op)) frontier.Place(op);
                else if (!waits[op]) choices.Enqueue(op, (operations.Priority[op], op));
                else continue;
                waits[op] = true;
            }

            if (opened < sessions.Length && (choices.Count == 0 || begins[opened] <= operations.Priority[choices.Peek()]))
            {
                frontier.Open(sessions[opened++]);
                continue;
            }

            if (!choices.TryDequeue(out var next, out _))
            {
                if (unexplained.Count >= most || GiveUp(frontier, operations) is not (>= 0 and var read)) break;
                unexplained.Add(read);
                continue;
            }

            waits[next] = false;
            if (frontier.Next(history.Session[next]) == next && frontier.IsPossible(next)) frontier.Place(next);
        }

        steps = frontier.Steps;
        var left = history.Count - frontier.Placed.Count;
        if (left > 0) left -= Enumerable.Range(0, history.SessionCount).Count(s => frontier.Next(s) is >= 0 and var op && history.Optional[op]);
        return left == 0 ? [.. frontier.Placed.Select(placed => placed.Op)] : null;
    }

    // Of the reads for which the most urgent of the next writes waits, gives up the one that is due last; −1 if there is none.
    private static int GiveUp(Frontier frontier, FrontierOperations operations)
    {
        var history = operations.History;
        var urgent = -1;
        for (var session = 0; session < history.SessionCount; session++)
        {
            if (frontier.Next(session) is not (>= 0 and var op) || !frontier.WaitsForReads(op)) continue;
            if (urgent < 0 || operations.Priority[op] < operations.Priority[urgent]) urgent = op;
        }

        if (urgent < 0) return -1;
        var (held, late) = (frontier.Holds(history.Key[urgent]), -1);
        for (var op = 0; op < history.Count; op++)
        {
            if (operations.Reads[op] != held || frontier.IsPlaced(op) || op == urgent) continue;
            if (late < 0 || operations.Priority[op] > operations.Priority[late]) late = op;
        }

        if (late >= 0) frontier.GiveUp(late);
        return late;
    }

    // The sessions in the order in which they must take part: thousands may come one after another, and need not all be looked at at once.
    // One whose first operation reads must be there when what it reads is.
    private static (int[] Sessions, int[] Begins) ByBeginning(FrontierOperations operations)
    {
        var history = operations.History;
        var sessions = Enumerable.Range(0, history.SessionCount).ToArray();
        var begins = new int[history.SessionCount];
        foreach (var session in sessions)
        {
            var first = history.Start[session];
            begins[session] = operations.Reads[first] < 0 ? history.History.Invoke[history.Original[first]]
                : history.Source[first] >= 0 ? operations.Priority[history.Source[first]]
                : int.MinValue;
        }

        Array.Sort(begins, sessions);
        return (sessions, begins);
    }
}
