using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// PRAM, or FIFO consistency (<c>pram</c>; Lipton and Sandberg 1988): each process sees all writes in one order that keeps every
/// process's program order and explains its own reads. Causal memory (<c>causal-memory</c>, CM; Ahamad et al. 1995): that order keeps the
/// causal order as well.
/// </summary>
/// <remarks>Choices. Info operations: see <see cref="RegisterHistory"/>. Each process's view is judged by
/// <see cref="ProcessView"/>.</remarks>
internal sealed class ViewModel(bool causal) : IConsistencyModel
{
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
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        if (!RegisterHistoryBuilder.Supports(type)) return ObjectConsistency.Check(Name, history, type, options);
        if (RegisterHistoryBuilder.TryBuild(history, options, out var traced) is { } problem)
        {
            return problem.IsForeign ? ObjectConsistency.Check(Name, history, type, options) : problem.Verdict(Name, Algorithm);
        }

        CausalOrder? order = null;
        if (causal && new CausalPatterns(traced!, type).Refute(Name, Algorithm, options, out order) is { } refuted) return refuted;
        return JudgeViews(traced!, type, order, options);
    }

    // Sessions are judged in parallel; the first session in order that has no view is the one reported, whatever the number of cores.
    private Verdict JudgeViews(RegisterHistory traced, DataType type, CausalOrder? order, CheckOptions options)
    {
        var broken = traced.SessionCount;
        var anomalies = new Anomaly?[traced.SessionCount];
        var steps = 0L;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism };
        Parallel.For(0, traced.SessionCount, parallel, () => new WriteCursors(traced), (session, _, cursors) =>
        {
            if (session > Volatile.Read(ref broken) || options.Cancellation.IsCancellationRequested) return cursors;
            var view = new ProcessView(traced, session, order, cursors);
            var contradiction = view.Saturate();
            Interlocked.Add(ref steps, view.Steps);
            if (contradiction is not { } found) return cursors;
            anomalies[session] = Explain(traced, type, session, view, found);
            int known;
            while (session < (known = Volatile.Read(ref broken)) && Interlocked.CompareExchange(ref broken, session, known) != known)
            {
            }

            return cursors;
        }, static _ => { });
        if (broken < traced.SessionCount) return Verdict.Invalid(Name, Algorithm, [anomalies[broken]!], steps);
        return options.Cancellation.IsCancellationRequested
            ? Verdict.Unknown(Name, Algorithm, "cancelled before every process's view was judged", steps)
            : Verdict.Valid(Name, Algorithm, steps: steps);
    }

    private Anomaly Explain(RegisterHistory traced, DataType type, int session, ProcessView view, Contradiction found)
    {
        var argument = new Argument(traced, type, view.Forced, causal ? -1 : session);
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
