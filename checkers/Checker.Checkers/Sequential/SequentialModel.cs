using System.Globalization;
using Checker.Checkers.Causal;
using Checker.Checkers.Choices;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Orders;
using Checker.Checkers.Prose;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Sequential;

/// <summary>
/// Sequential consistency (<c>sequential</c>): "the result of any execution is the same as if the operations of all the processors were
/// executed in some sequential order, and the operations of each individual processor appear in this sequence in the order specified by
/// its program" (Lamport 1979). Real time does not matter.
/// </summary>
/// <remarks>
/// <para>Choices. A process is a client's process as recorded; one retired by an info operation and its successor are two. Info
/// operations: see
/// <see cref="RegisterHistory"/>. Failed operations never happened; a failed compare-and-set observes nothing.</para>
/// <para>Exact. NP-complete even though each read's write is known (Gibbons and Korach 1997), so: one order is tried without going back
/// (<see cref="GreedyOrder"/>); then <see cref="Saturation"/>, which is polynomial and refutes most; then that order again, keeping what is
/// forced; then <see cref="FrontierSearch"/>, with a budget. Of so many sessions that saturation has no room, what breaks causal convergence stands
/// in for it. Where a read may have seen several writes: <see cref="ReadsFromSearch"/>, and
/// at its side a search over frontiers by values, which needs no choice of writes. A valid verdict carries its order.</para>
/// </remarks>
internal sealed class SequentialModel : IConsistencyModel
{
    private const string ByGreedyOrder = "one sequential order";
    private const string BySaturation = "saturation";
    private const string BySearch = "saturation, then frontier search";
    private const string ByColumns = "bad patterns, then frontier search";
    private const string ByValues = "frontier search by values";

    // Of the budget, the share for a search by values where reads may have seen several writes, and for the timestamps of a choice.
    private const int ShareByValues = 4;

    // The same for one choice, where other models share the budget.
    private const int ShareOfChoice = 8;

    /// <inheritdoc/>
    public string Name => ModelNames.Sequential;

    /// <inheritdoc/>
    public string Summary => "all operations seem to happen in one order that keeps every process's own order";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type) || ObjectConsistency.Supports(Name, type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        if (RegisterHistoryBuilder.IsForeign(history, type)) return ObjectConsistency.Check(Name, history, type, options);
        if (ReadsFromSearch.Trace(history, options, out var candidates) is { } problem) return problem.Verdict(Name, BySaturation);
        if (candidates!.Open.Count == 0) return Judge(candidates.Choose([]), type, options);
        return ReadsFromSearch.Relax(Name, BySaturation, candidates, (traced, _) => Relax(traced, type, options), out var steps)
            ?? ReadsFromSearch.FindOrder(Name, candidates, options, ref steps)
            ?? ReadsFromSearch.Narrow(
                Name,
                BySearch,
                CausalNarrowing.Of(candidates, options),
                options,
                (traced, relaxed) => relaxed ? Relax(traced, type, options) : JudgeChoice(traced, type, options),
                steps,
                taken => SearchByValues(candidates, type, options, taken));
    }

    private Verdict Judge(RegisterHistory traced, DataType type, CheckOptions options)
    {
        var operations = FrontierOperations.ByWrite(traced);
        if (GreedyOrder.TryFind(operations, [], out var steps, options.Cancellation) is { } order)
        {
            return Judgement.Valid(steps, Certificate(traced, order, options)).Verdict(Name, ByGreedyOrder);
        }

        if (CausalOrder.OverBudget(traced, options) is not null) return JudgeWide(traced, type, options, steps).Verdict(Name, ByColumns);
        var saturation = new Saturation(traced);
        var outcome = saturation.Run(options.MaxSteps, options.Cancellation);
        steps += saturation.Steps;
        return outcome switch
        {
            SaturationOutcome.Cyclic => Judgement.Invalid([Cycle(traced, type, saturation.Edges)], steps).Verdict(Name, BySaturation),
            SaturationOutcome.FixedPoint => Search(operations, type, saturation.Edges, options, steps).Verdict(Name, BySearch),
            _ => Verdict.Unknown(Name, BySaturation, Spent("no contradiction was found before that", options), steps),
        };
    }

    // With the reads that may have seen several writes left out, only a contradiction counts.
    private static Judgement Relax(RegisterHistory traced, DataType type, CheckOptions options)
    {
        if (new CausalPatterns(traced, type).IsWide(options)) return RefuteWide(traced, type, options, out _) ?? Judgement.Valid(0);
        var saturation = new Saturation(traced);
        return saturation.Run(options.MaxSteps, options.Cancellation) == SaturationOutcome.Cyclic
            ? Judgement.Invalid([Cycle(traced, type, saturation.Edges)], saturation.Steps)
            : Judgement.Valid(saturation.Steps);
    }

    // One choice of many: it must leave something for the others, and for other models.
    private static Judgement JudgeChoice(RegisterHistory traced, DataType type, CheckOptions options)
    {
        if (options.Preparations is not null) options = options with { MaxSteps = options.MaxSteps / ShareOfChoice };
        if (CausalOrder.OverBudget(traced, options with { MaxBytes = options.MaxBytes / ShareByValues }) is not null) return JudgeWide(traced, type, options, 0);
        var saturation = new Saturation(traced);
        return saturation.Run(options.MaxSteps, options.Cancellation) switch
        {
            SaturationOutcome.Cyclic => Judgement.Invalid([Cycle(traced, type, saturation.Edges)], saturation.Steps),
            SaturationOutcome.FixedPoint => Search(FrontierOperations.ByWrite(traced), type, saturation.Edges, options, saturation.Steps),
            _ => Judgement.Unknown(Spent("no contradiction was found before that", options), saturation.Steps),
        };
    }

    // Where the timestamps do not fit there is no saturation, but one round of it: what breaks causal convergence, which sequential consistency implies.
    private static Judgement? RefuteWide(RegisterHistory traced, DataType type, CheckOptions options, out List<ForcedEdge> edges)
    {
        var patterns = new CausalPatterns(traced, type);
        var causal = patterns.RefuteWide(options, wantsEdges: true, out edges);
        return causal is { Kind: VerdictKind.Invalid } ? causal : patterns.RefuteConvergence(edges);
    }

    private static Judgement JudgeWide(RegisterHistory traced, DataType type, CheckOptions options, long steps) =>
        RefuteWide(traced, type, options, out var edges) ?? Search(FrontierOperations.ByWrite(traced), type, edges, options, steps);

    // Null: undecided.
    private (Verdict? Verdict, long Steps) SearchByValues(CandidateWrites candidates, DataType type, CheckOptions options, long steps)
    {
        var possible = candidates.Possible();
        var limited = options with { MaxSteps = options.MaxSteps / ShareByValues, MaxBytes = options.MaxBytes / ShareByValues };
        var judgement = Search(FrontierOperations.ByValue(possible, candidates.Values), type, [], limited, 0);
        steps += judgement.Steps;
        return (judgement.Kind == VerdictKind.Unknown ? null : (judgement with { Steps = steps }).Verdict(Name, ByValues), steps);
    }

    private static Judgement Search(
        FrontierOperations operations, DataType type, List<ForcedEdge> forced, CheckOptions options, long steps)
    {
        var traced = operations.History;
        if (forced.Count > 0)
        {
            var order = GreedyOrder.TryFind(operations, forced, out var taken, options.Cancellation);
            steps += taken;
            if (order is not null) return Judgement.Valid(steps, Certificate(traced, order, options));
        }

        var search = new FrontierSearch(operations, forced);
        var limits = new SearchLimits(options.MaxSteps - steps, options.MaxBytes, options.Cancellation);
        var groups = Components.Of(traced);
        var undecided = 0;
        foreach (var sessions in groups)
        {
            var kind = search.Run(sessions, limits);
            if (kind == VerdictKind.Invalid)
            {
                var anomaly = NoOrder(traced, type, search, sessions);
                return Judgement.Invalid([new Conflict(() => anomaly, () => ReadsOf(traced, sessions))], steps + search.Steps);
            }

            if (kind == VerdictKind.Unknown) undecided++;
        }

        steps += search.Steps;
        if (undecided == 0) return Judgement.Valid(steps, Certificate(traced, search.Order, options));
        var proved = string.Create(
            CultureInfo.InvariantCulture,
            $"{groups.Count - undecided} of {groups.Count} groups of processes that share keys are valid; nothing that is forced " +
            $"contradicts itself in the others");
        return Judgement.Unknown(Spent(proved, options), steps);
    }

    private static OrderCertificate? Certificate(RegisterHistory traced, IEnumerable<int> order, CheckOptions options) =>
        options.Certify ? new OrderCertificate([.. order.Select(op => traced.Original[op])]) : null;

    private static List<int> ReadsOf(RegisterHistory traced, int[] sessions)
    {
        var reads = new List<int>();
        foreach (var session in sessions)
        {
            for (var op = traced.Start[session]; op < traced.Start[session + 1]; op++)
            {
                if (traced.Reads(op)) reads.Add(op);
            }
        }

        return reads;
    }

    private static string Spent(string proved, CheckOptions options) => options.Cancellation.IsCancellationRequested
        ? $"cancelled: {proved}"
        : string.Create(CultureInfo.InvariantCulture, $"the budget of {options.MaxSteps:N0} steps or {options.MaxBytes:N0} bytes was " +
            $"spent: {proved}");

    private static Conflict Cycle(RegisterHistory traced, DataType type, List<ForcedEdge> edges)
    {
        var anomaly = new Lazy<Anomaly>(() => ExplainCycle(traced, type, edges));
        return new Conflict(() => anomaly.Value, () => new Support(traced, edges).Steps(anomaly.Value.Edges).Reads);
    }

    private static Anomaly ExplainCycle(RegisterHistory traced, DataType type, List<ForcedEdge> edges)
    {
        // A cycle of program order and reads-from alone is the simpler story.
        if (ForcedGraph.CycleMembers(traced, []) is not null) return new CausalPatterns(traced, type).CyclicCo();
        var (argument, cycle) = ShortCycle.Find(traced, type, edges) ?? throw new System.Diagnostics.UnreachableException("the graph " +
            "has a cycle");
        return new Anomaly(
            "SequentialCycle",
            argument.Operations(cycle),
            $"no one order of all operations can keep every process's order and explain these reads, because it would have to run in a " +
            $"circle: {Argument.Because(cycle)}.")
        {
            Edges = cycle,
        };
    }

    private static Anomaly NoOrder(RegisterHistory traced, DataType type, FrontierSearch search, int[] sessions)
    {
        var text = new OperationText(traced.History, type);
        int[] stuck = [.. search.Stuck.Select(op => traced.Original[op])];
        var total = sessions.Sum(s => traced.Start[s + 1] - traced.Start[s]);
        var next = string.Join("; ", stuck.Select(text.Full));
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"{search.Longest.Count} of {total} operations placed; none of the next ones can follow: {next}");
        return new Anomaly(
            "NoSequentialOrder",
            stuck,
            $"every order of the operations of these {sessions.Length} processes was tried, and none explains every read. The longest " +
            $"attempt: {why}.")
        {
            Partials = [new PartialOrder([.. search.Longest.Select(op => traced.Original[op])], stuck, why)],
        };
    }
}
