using System.Globalization;
using Checker.Checkers.Causal;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
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
/// <para>Exact. NP-complete even though each read's write is known (Gibbons and Korach 1997), so: <see cref="Saturation"/> first, which
/// is polynomial and refutes most; then <see cref="FrontierSearch"/>, with a budget. A valid verdict carries its order.</para>
/// </remarks>
internal sealed class SequentialModel : IConsistencyModel
{
    private const string BySaturation = "saturation";
    private const string BySearch = "saturation, then frontier search";

    /// <inheritdoc/>
    public string Name => ModelNames.Sequential;

    /// <inheritdoc/>
    public string Summary => "all operations seem to happen in one order that keeps every process's own order";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type) || ObjectConsistency.Supports(Name, type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        if (!RegisterHistoryBuilder.Supports(type)) return ObjectConsistency.Check(Name, history, type, options);
        if (RegisterHistoryBuilder.TryBuild(history, options, out var traced) is { } problem)
        {
            return problem.IsForeign ? ObjectConsistency.Check(Name, history, type, options) : problem.Verdict(Name, BySaturation);
        }

        if (CausalOrder.OverBudget(traced!, options) is { } reason) return Verdict.Unknown(Name, BySaturation, reason);
        var saturation = new Saturation(traced!);
        return saturation.Run(options.MaxSteps, options.Cancellation) switch
        {
            SaturationOutcome.Cyclic => Verdict.Invalid(Name, BySaturation, [Cycle(traced!, type, saturation.Edges)], saturation.Steps),
            SaturationOutcome.FixedPoint => Search(traced!, type, saturation, options),
            _ => Verdict.Unknown(Name, BySaturation, Spent("no contradiction was found before that", options), saturation.Steps),
        };
    }

    private Verdict Search(RegisterHistory traced, DataType type, Saturation saturation, CheckOptions options)
    {
        var search = new FrontierSearch(traced, saturation.Edges);
        var limits = new SearchLimits(options.MaxSteps - saturation.Steps, options.MaxBytes, options.Cancellation);
        var groups = Components.Of(traced);
        var undecided = 0;
        foreach (var sessions in groups)
        {
            var kind = search.Run(sessions, limits);
            if (kind == VerdictKind.Invalid)
            {
                return Verdict.Invalid(Name, BySearch, [NoOrder(traced, type, search, sessions)], saturation.Steps + search.Steps);
            }

            if (kind == VerdictKind.Unknown) undecided++;
        }

        var steps = saturation.Steps + search.Steps;
        if (undecided > 0)
        {
            var proved = string.Create(
                CultureInfo.InvariantCulture,
                $"{groups.Count - undecided} of {groups.Count} groups of processes that share keys are valid; nothing that is forced " +
                $"contradicts itself in the others");
            return Verdict.Unknown(Name, BySearch, Spent(proved, options), steps);
        }

        var certificate = options.Certify ? new OrderCertificate([.. search.Order.Select(op => traced.Original[op])]) : null;
        return Verdict.Valid(Name, BySearch, certificate, steps);
    }

    private static string Spent(string proved, CheckOptions options) => options.Cancellation.IsCancellationRequested
        ? $"cancelled: {proved}"
        : string.Create(CultureInfo.InvariantCulture, $"the budget of {options.MaxSteps:N0} steps or {options.MaxBytes:N0} bytes was " +
            $"spent: {proved}");

    private static Anomaly Cycle(RegisterHistory traced, DataType type, IReadOnlyList<ForcedEdge> edges)
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
