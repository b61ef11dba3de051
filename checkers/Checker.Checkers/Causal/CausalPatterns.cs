using Checker.Checkers.Orders;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// Causal consistency (CC) and causal convergence (CCv) by bad patterns (Bouajjani, Enea, Guerraoui and Hamza, POPL 2017, section 4): a
/// differentiated history is CC iff it has none of ThinAirRead, CyclicCO, WriteCOInitRead, WriteCORead, and CCv iff it has no CyclicCF
/// either. O(operations × sessions × log operations) time, 4 bytes × operations × sessions; where that is much, a sequential order, which
/// satisfies all of them, is tried first, and then the timestamps are made some columns at a time (<see cref="CausalSweep"/>).
/// </summary>
internal sealed class CausalPatterns(RegisterHistory history, DataType type)
{
    private const long WideBytes = 256L << 20;
    private const int SomeEdges = 2_000_000;
    private const int StepsOfEdge = 64; // to explain a circle
    private const int StepsOfPath = 2; // for each operation, to follow what a pattern rests on

    /// <summary>The steps that it takes to judge: for each operation some, and some for its timestamp.</summary>
    public long Steps => (24L + (history.SessionCount / 4)) * history.Count;

    /// <summary>Whether the timestamps are so many that columns of them are gone through instead (<see cref="CausalSweep"/>).</summary>
    public bool IsWide(CheckOptions options) =>
        4L * history.Count * history.SessionCount > WideBytes || CausalOrder.OverBudget(history, options) is not null;

    /// <summary>Judges causal consistency (CC), on which the stronger causal models build.</summary>
    /// <param name="options">The budget of bytes.</param>
    /// <param name="order">The causal order, if the history is CC; its timestamps must fit into the budget.</param>
    /// <returns>Null if the history is CC; else why it is not.</returns>
    public Judgement? Refute(CheckOptions options, out CausalOrder? order)
    {
        order = null;
        if (CausalOrder.OverBudget(history, options) is { } reason) return Judgement.Unknown(reason, 0);
        var known = CausalOrder.TryBuild(history);
        if (known is null) return Circular(Steps);
        IReadOnlyList<Conflict> conflicts = [.. FindCausal(known).Take(Conflict.Most)];
        if (conflicts.Count > 0) return Judgement.Invalid(conflicts, Steps + (StepsOfPath * (long)conflicts.Count * history.Count));
        order = known;
        return null;
    }

    /// <summary>The same in memory that is near-linear in the operations, however many sessions there are.</summary>
    /// <param name="options">The budget of bytes.</param>
    /// <param name="wantsEdges">Whether conflict edges are wanted.</param>
    /// <param name="edges">If so: the conflict edges; if the judgement is unknown, some of them.</param>
    /// <returns>Null if the history is CC; else why it is not, or why that, or all edges, are not known.</returns>
    public Judgement? RefuteWide(CheckOptions options, bool wantsEdges, out List<ForcedEdge> edges)
    {
        edges = [];
        if (CausalOrder.TrySort(history) is null) return Circular(Steps);
        var sweep = CausalSweep.Over(history, wantsEdges, options);
        if (sweep.Overwritings.Count > 0)
        {
            return Judgement.Invalid([.. sweep.Overwritings.OrderBy(found => found.Read).Select(found => Found(found.Source, found.Newer, found.Read))], Steps);
        }

        edges = sweep.Edges;
        return sweep.Reason is { } reason
            ? Judgement.Unknown($"{reason}; program order and reads-from have no cycle, but no sequential order was found", Steps)
            : null;
    }

    /// <summary>A sequential order, which satisfies every model here, if one try finds it. It takes no timestamps.</summary>
    /// <returns>The judgement that the history is valid; null if none was found, which proves nothing.</returns>
    public Judgement? TryOrder(CheckOptions options) =>
        GreedyOrder.TryFind(FrontierOperations.ByWrite(history), [], out var steps, options.Cancellation) is null ? null : Judgement.Valid(steps);

    private Judgement Circular(long steps) =>
        Judgement.Invalid([new Conflict(CyclicCo, () => new Support(history, []).Steps(CyclicCo().Edges).Reads)], steps);

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

    /// <summary>Each WriteCOInitRead and WriteCORead, one for each read at most; none: the history is CC.</summary>
    /// <remarks>Of the writes known to a read that were known to the session's last read of the key as well, none can be after a source
    /// that was not, and those that are after the same source were found then: so mostly the new ones alone are looked at.</remarks>
    public IEnumerable<Conflict> FindCausal(CausalOrder order)
    {
        var cursors = new WriteCursors(history);
        var lastRead = NoReadYet();
        for (var read = 0; read < history.Count; read++)
        {
            if (history.Previous(read) < 0) cursors.Reset();
            var source = history.Source[read];
            if (source == RegisterHistory.NoRead) continue;
            ref var previous = ref lastRead[history.Key[read]];
            var all = previous >= history.Start[history.Session[read]] && history.Source[previous] != source
                && (source < 0 || order.Precedes(source, previous));
            previous = read;
            var newer = FindNewer(order, cursors, source, read, all);
            if (newer < 0) continue;
            yield return Found(source, newer, read);
        }
    }

    /// <summary>
    /// The conflict edges: a write that is causally before a read of another write of its key must be older than that write. Those of
    /// earlier writes of the same session follow by program order.
    /// </summary>
    /// <param name="order">The causal order.</param>
    /// <param name="all">Whether those are wanted as well that follow from others, through what the session's last read of the key
    /// saw.</param>
    public List<ForcedEdge> ConflictEdges(CausalOrder order, bool all)
    {
        var edges = new List<ForcedEdge>();
        var cursors = new WriteCursors(history);
        var lastRead = NoReadYet();
        for (var read = 0; read < history.Count; read++)
        {
            if (history.Previous(read) < 0) cursors.Reset();
            var source = history.Source[read];
            if (source == RegisterHistory.NoRead) continue;
            var key = history.Key[read];
            ref var previous = ref lastRead[key];
            var before = previous >= history.Start[history.Session[read]] ? history.Source[previous] : RegisterHistory.NoRead;
            previous = read;
            var clock = order.Clock(read);
            for (var entry = history.SessionWritesStart[key]; entry < history.SessionWritesStart[key + 1]; entry++)
            {
                var moved = cursors.Advance(entry, Bound(entry, clock, read));
                if (source < 0 || !(moved || all)) continue;
                Add(cursors.Last(entry), source, read);
            }

            if (source >= 0 && before >= 0) Add(before, source, read);
        }

        return edges;

        void Add(int older, int source, int read)
        {
            if (older >= 0 && older != source && !order.Precedes(older, source)) edges.Add(new ForcedEdge(older, source, read));
        }
    }

    /// <summary>Judges whether the causal order and the conflict edges together have no cycle.</summary>
    /// <returns>Null if they have none; else the judgement, CyclicCF.</returns>
    public Judgement? RefuteConvergence(CausalOrder order)
    {
        return ForcedGraph.IsAcyclic(history, ConflictEdges(order, all: false)) ? null : RefuteConvergence(ConflictEdges(order, all: true));
    }

    /// <summary>The same for conflict edges already found.</summary>
    public Judgement? RefuteConvergence(List<ForcedEdge> edges)
    {
        // A circle among some is a circle among all, and sooner explained.
        if (edges.Count > 2 * SomeEdges && RefuteConvergence(edges.GetRange(0, SomeEdges)) is { } early) return early;
        if (ForcedGraph.IsAcyclic(history, edges)) return null;
        var anomaly = FindConflictCycle(edges)!;
        var conflict = new Conflict(() => anomaly, () => new Support(history, edges).Steps(anomaly.Edges).Reads);
        return Judgement.Invalid([conflict], Steps + (StepsOfEdge * (long)edges.Count));
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

    private Conflict Found(int source, int newer, int read) => source == RegisterHistory.Initial
        ? new Conflict(() => InitRead(newer, read), () => new Support(history, []).Path(newer, read).Read(read).Reads)
        : new Conflict(
            () => Overwritten(source, newer, read),
            () => new Support(history, []).Path(source, newer).Path(newer, read).Read(read).Reads);

    // A write that the read knows of and that is after its source; −1 if there is none.
    private int FindNewer(CausalOrder order, WriteCursors cursors, int source, int read, bool all)
    {
        var clock = order.Clock(read);
        var key = history.Key[read];
        var newer = -1;
        for (var entry = history.SessionWritesStart[key]; entry < history.SessionWritesStart[key + 1]; entry++)
        {
            var moved = cursors.Advance(entry, Bound(entry, clock, read));
            if (newer >= 0 || !(moved || all)) continue;
            var last = cursors.Last(entry);
            if (last >= 0 && last != source && (source < 0 || order.Precedes(source, last))) newer = last;
        }

        return newer;
    }

    // An operation that reads and writes does not know its own write.
    private int Bound(int entry, ReadOnlySpan<int> clock, int read)
    {
        var session = history.SessionWrites[entry].Session;
        return session == history.Session[read] ? read - 1 : clock[session];
    }

    private int[] NoReadYet()
    {
        var none = new int[history.KeyCount];
        Array.Fill(none, -1);
        return none;
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
