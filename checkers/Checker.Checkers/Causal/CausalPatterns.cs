using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// Causal consistency (CC) and causal convergence (CCv) by bad patterns (Bouajjani, Enea, Guerraoui and Hamza, POPL 2017, section 4): a
/// differentiated history is CC iff it has none of ThinAirRead, CyclicCO, WriteCOInitRead, WriteCORead, and CCv iff it has no CyclicCF
/// either. O(operations × sessions × log operations) time, 4 bytes × operations × sessions.
/// </summary>
internal sealed class CausalPatterns(RegisterHistory history, DataType type)
{
    /// <summary>Judges causal consistency (CC), on which the stronger causal models build.</summary>
    /// <param name="model">The name of the model in the verdict.</param>
    /// <param name="algorithm">The name of the algorithm in the verdict.</param>
    /// <param name="options">The budget of bytes.</param>
    /// <param name="order">The causal order, if the history is CC.</param>
    /// <returns>Null if the history is CC; else the verdict.</returns>
    public Verdict? Refute(string model, string algorithm, CheckOptions options, out CausalOrder? order)
    {
        order = null;
        if (CausalOrder.OverBudget(history, options) is { } reason) return Verdict.Unknown(model, algorithm, reason);
        order = CausalOrder.TryBuild(history);
        if (order is null) return Verdict.Invalid(model, algorithm, [CyclicCo()]);
        return FindCausal(order) is { } anomaly ? Verdict.Invalid(model, algorithm, [anomaly]) : null;
    }

    /// <summary>A cycle of program order and reads-from, if <see cref="CausalOrder.TryBuild"/> said that there is one.</summary>
    public Anomaly CyclicCo()
    {
        var cyclic = ForcedGraph.CycleMembers(history, []) ?? throw new System.Diagnostics.UnreachableException("there is no cycle");
        var argument = new Argument(history, type, []);
        for (var op = 0; op < history.Count; op++)
        {
            // Some read on a cycle is before its own source.
            var source = history.Source[op];
            if (source < 0 || !cyclic[op] || !cyclic[source]) continue;
            var path = argument.Path(op, source);
            if (path.Count == 0) continue;
            var why = $"{argument.Short(op)} saw what {argument.Short(source)} wrote";
            IReadOnlyList<Edge> cycle = [.. path, new(history.Original[source], history.Original[op], "reads-from", why)];
            return new Anomaly(
                "CyclicCO",
                argument.Operations(cycle),
                $"{argument.Full(op)}, but the write of {argument.Written(source)} itself depends on that read: " +
                $"{argument.Full(source)}. What causes what runs in a circle.")
            {
                Edges = cycle,
            };
        }

        throw new System.Diagnostics.UnreachableException("a cycle of program order and reads-from has a read before its source");
    }

    /// <summary>The first WriteCOInitRead or WriteCORead, or null: the history is CC.</summary>
    public Anomaly? FindCausal(CausalOrder order)
    {
        var cursors = new WriteCursors(history);
        for (var read = 0; read < history.Count; read++)
        {
            if (history.Previous(read) < 0) cursors.Reset();
            var source = history.Source[read];
            if (source == RegisterHistory.NoRead) continue;
            var clock = order.Clock(read);
            var key = history.Key[read];
            for (var entry = history.SessionWritesStart[key]; entry < history.SessionWritesStart[key + 1]; entry++)
            {
                var last = LastBefore(cursors, entry, clock, read);
                if (last < 0 || last == source) continue;
                if (source == RegisterHistory.Initial) return InitRead(last, read);
                if (order.Precedes(source, last)) return Overwritten(source, last, read);
            }
        }

        return null;
    }

    /// <summary>
    /// The conflict edges: a write that is causally before a read of another write of its key must be older than that write. Those of
    /// earlier writes of the same session follow by program order.
    /// </summary>
    public List<ForcedEdge> ConflictEdges(CausalOrder order)
    {
        var edges = new List<ForcedEdge>();
        var cursors = new WriteCursors(history);
        for (var read = 0; read < history.Count; read++)
        {
            if (history.Previous(read) < 0) cursors.Reset();
            var source = history.Source[read];
            if (source < 0) continue;
            var clock = order.Clock(read);
            var key = history.Key[read];
            for (var entry = history.SessionWritesStart[key]; entry < history.SessionWritesStart[key + 1]; entry++)
            {
                var last = LastBefore(cursors, entry, clock, read);
                if (last >= 0 && last != source && !order.Precedes(last, source)) edges.Add(new ForcedEdge(last, source, read));
            }
        }

        return edges;
    }

    /// <summary>A CyclicCF, or null: the causal order and the conflict edges together have no cycle.</summary>
    public Anomaly? FindConflictCycle(IReadOnlyList<ForcedEdge> edges)
    {
        if (ShortCycle.Find(history, type, edges) is not { } found) return null;
        var (argument, best) = found;
        return new Anomaly(
            "CyclicCF",
            argument.Operations(best),
            "the reads disagree on the order in which concurrent writes took effect: " + Argument.Because(best) +
            ". No single order of the writes agrees with all of them.")
        {
            Edges = best,
        };
    }

    // The last write of a session that the read knows of; an operation that reads and writes does not know its own write.
    private int LastBefore(WriteCursors cursors, int entry, ReadOnlySpan<int> clock, int read)
    {
        var session = history.SessionWrites[entry].Session;
        return cursors.LastWrite(entry, session == history.Session[read] ? read - 1 : clock[session]);
    }

    private Anomaly InitRead(int write, int read)
    {
        var argument = new Argument(history, type, []);
        var edges = argument.Path(write, read);
        return new Anomaly(
            "WriteCOInitRead",
            argument.Operations(edges),
            $"{argument.Full(read)}, the value of {argument.KeyText(read)} before any write, but it already knew of a write: " +
            $"{argument.Full(write)}. Step by step: {Argument.Because(edges)}.")
        {
            Key = history.Key[read],
            Edges = edges,
        };
    }

    private Anomaly Overwritten(int source, int newer, int read)
    {
        var argument = new Argument(history, type, []);
        IReadOnlyList<Edge> edges =
        [
            .. argument.Path(source, newer),
            .. argument.Path(newer, read),
        ];
        return new Anomaly(
            "WriteCORead",
            argument.Operations(edges, source),
            $"{argument.Full(read)}, but that value of {argument.KeyText(read)} was already overwritten by {argument.Written(newer)} in " +
            $"what the read depends on: {argument.Full(newer)}. Step by step: {Argument.Because(edges)}.")
        {
            Key = history.Key[read],
            Edges = edges,
        };
    }
}
