using Checker.Checkers.Choices;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Orders;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// PRAM, or FIFO consistency (<c>pram</c>; Lipton and Sandberg 1988): each process sees all writes in one order that keeps every
/// process's program order and explains its own reads. Causal memory (<c>causal-memory</c>, CM; Ahamad et al. 1995): that order keeps the
/// causal order as well.
/// </summary>
/// <remarks>Choices. Info operations: see <see cref="RegisterHistory"/>. Each process's view is judged by
/// <see cref="ProcessView"/>; where the timestamps of many sessions would take much room, one order is sought that explains what most of them read, and
/// the views of the others are judged by <see cref="WalkedView"/>.</remarks>
internal sealed class ViewModel(bool causal) : IConsistencyModel
{
    private const int StepsOfEdge = 32; // to follow what a contradiction rests on
    private const int MostUnexplained = 64;

    /// <inheritdoc/>
    public string Name => causal ? ModelNames.CausalMemory : ModelNames.Pram;

    /// <inheritdoc/>
    public string Summary => causal
        ? "each process sees all writes in one order that keeps causality and explains all its reads (CM)"
        : "each process sees all writes in one order that keeps every process's order and explains all its reads (FIFO)";

    private string Algorithm => causal ? "saturation of each process's view over the causal order" : "saturation of each process's view";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type) || ObjectConsistency.Supports(Name, type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options) => RegisterHistoryBuilder.IsForeign(history, type)
        ? ObjectConsistency.Check(Name, history, type, options)
        : Decide(history, type, options, new JudgedViews());

    private Verdict Decide(History history, DataType type, CheckOptions options, JudgedViews judged) => ReadsFromSearch.Decide(
        Name,
        Algorithm,
        history,
        options,
        (traced, relaxed) => Judge(traced, type, options, judged, relaxed),
        narrow: causal ? CausalNarrowing.Of : ViewNarrowing.Of);

    private Judgement Judge(RegisterHistory traced, DataType type, CheckOptions options, JudgedViews judged, bool relaxed)
    {
        if (!causal) return JudgeViews(traced, type, null, options, judged);
        var patterns = new CausalPatterns(traced, type);
        if (patterns.IsWide(options) && JudgeBeside(traced, type, options) is { } near) return near;
        if (relaxed && patterns.IsWide(options)) return JudgeWide(traced, type, "", options);
        if (CausalOrder.OverBudget(traced, options) is { } reason) return JudgeWide(traced, type, reason, options);
        if (patterns.Refute(options, out var order) is { } refuted) return refuted;
        var views = JudgeViews(traced, type, order, options);
        return views with { Steps = views.Steps + patterns.Steps };
    }

    // Of many sessions most, or all, have the same view: one order that explains their reads. Null if that is not so.
    private Judgement? JudgeBeside(RegisterHistory traced, DataType type, CheckOptions options)
    {
        var unexplained = new List<int>();
        var order = GreedyOrder.TryFind(FrontierOperations.ByWrite(traced), [], MostUnexplained, unexplained, out var steps, options.Cancellation);
        if (order is null) return null;
        var conflicts = new List<Conflict>();
        foreach (var session in unexplained.Select(read => traced.Session[read]).Distinct().Order())
        {
            var view = new WalkedView(traced, session);
            var contradiction = view.Saturate();
            steps += view.Steps;
            if (options.Cancellation.IsCancellationRequested || steps > options.MaxSteps) return null;
            if (contradiction is { } found && conflicts.Count < Conflict.Most) conflicts.Add(Contradicted(traced, type, session, view.Forced, found));
        }

        return conflicts.Count > 0 ? Judgement.Invalid(conflicts, steps) : Judgement.Valid(steps);
    }

    // Where the timestamps do not fit, causal memory can still be refuted: it implies causal consistency, and PRAM.
    private static Judgement JudgeWide(RegisterHistory traced, DataType type, string reason, CheckOptions options)
    {
        if (new CausalPatterns(traced, type).RefuteWide(options, wantsEdges: false, out _) is { } refuted) return refuted;
        var pram = new ViewModel(causal: false).JudgeViews(traced, type, null, options);
        return pram.Kind == VerdictKind.Valid
            ? Judgement.Unknown($"{reason}; the history is causally consistent and PRAM, but no sequential order was found", pram.Steps)
            : pram;
    }

    // Sessions are judged in parallel; the first sessions in order that have no view are those reported, whatever the number of cores.
    private Judgement JudgeViews(RegisterHistory traced, DataType type, CausalOrder? order, CheckOptions options, JudgedViews? judged = null)
    {
        var enough = traced.SessionCount;
        var conflicts = new SortedDictionary<int, Conflict>();
        var steps = 0L;
        var (cores, taken) = (Math.Clamp(options.Parallelism, 1, Math.Max(1, traced.SessionCount)), 0);
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, _ =>
        {
            var sessions = new ViewSessions(traced);
            for (int session; (session = Interlocked.Increment(ref taken) - 1) < traced.SessionCount;)
            {
                if (session > Volatile.Read(ref enough) || options.Cancellation.IsCancellationRequested) return;
                if (judged?.IsKnown(traced, session) == true) continue;
                Judge(session, sessions);
            }
        });
        if (conflicts.Count > 0) return Judgement.Invalid([.. conflicts.Values], steps);
        return options.Cancellation.IsCancellationRequested
            ? Judgement.Unknown("cancelled before every process's view was judged", steps)
            : Judgement.Valid(steps);

        void Judge(int session, ViewSessions sessions)
        {
            var view = new ProcessView(traced, session, order, sessions);
            var contradiction = view.Saturate();
            Interlocked.Add(ref steps, view.Steps + (contradiction is null ? 0 : StepsOfEdge * (long)view.Forced.Count));
            if (contradiction is not { } found)
            {
                judged?.Add(traced, session);
                return;
            }

            lock (conflicts)
            {
                conflicts.Add(session, Contradicted(traced, type, session, view.Forced, found));
                if (conflicts.Count > Conflict.Most) conflicts.Remove(conflicts.Keys.Last());
                if (conflicts.Count == Conflict.Most) Volatile.Write(ref enough, conflicts.Keys.Last());
            }
        }
    }

    private Conflict Contradicted(RegisterHistory traced, DataType type, int session, List<ForcedEdge> forced, Contradiction found) =>
        new(() => Explain(traced, type, session, forced, found), () => Rests(traced, session, forced, found));

    private IReadOnlyCollection<int> Rests(RegisterHistory traced, int session, List<ForcedEdge> forced, Contradiction found)
    {
        var support = new Support(traced, forced, causal ? -1 : session).Read(found.Because);
        if (found.Older == found.Newer) return support.Reads;
        support.Path(found.Older, found.Because);
        if (found.Newer >= 0) support.Path(found.Newer, found.Older);
        return support.Reads;
    }

    private Anomaly Explain(RegisterHistory traced, DataType type, int session, List<ForcedEdge> forced, Contradiction found)
    {
        var argument = new Argument(traced, type, forced, causal ? -1 : session);
        var process = traced.History.Process[traced.Original[found.Because]];
        if (found.Newer == RegisterHistory.Initial)
        {
            var path = argument.Path(found.Older, found.Because);
            return new Anomaly(
                causal ? "WriteHBInitRead" : "WriteBeforeInitRead",
                argument.Operations(path),
                $"{argument.Full(found.Because)}, the value of {argument.KeyText(found.Because)} before any write, but by then process " +
                $"{process} must have seen a write of it: {argument.Full(found.Older)}. Step by step: {Argument.Because(path)}.")
            {
                Key = traced.Key[found.Because],
                Edges = path,
            };
        }

        if (found.Older == found.Newer)
        {
            return new Anomaly(
                "ReadOfOwnFutureWrite",
                [traced.Original[found.Because], traced.Original[found.Older]],
                $"{argument.Full(found.Because)}, a value that process {process} itself wrote only later: {argument.Full(found.Older)}.")
            {
                Key = traced.Key[found.Because],
            };
        }

        IReadOnlyList<Edge> cycle = [.. argument.Path(found.Newer, found.Older), .. argument.Path(found.Older, found.Newer)];
        return new Anomaly(
            causal ? "CyclicHB" : "CyclicView",
            argument.Operations(cycle, found.Because),
            $"process {process} cannot have seen the writes in any one order: {argument.Full(found.Because)}, so " +
            $"{argument.Written(found.Older)} must be older than " +
            $"{argument.Written(found.Newer)} for it; but it must also be newer: {Argument.Because([.. cycle.Take(cycle.Count - 1)])}.")
        {
            Key = traced.Key[found.Because],
            Edges = cycle,
        };
    }
}
