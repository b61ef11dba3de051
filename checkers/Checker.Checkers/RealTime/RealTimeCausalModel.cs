using Checker.Checkers.Causal;
using Checker.Checkers.Choices;
using Checker.Checkers.Lattice;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.RealTime;

/// <summary>
/// Real-time causal consistency (<c>real-time-causal</c>; Mahajan, Alvisi and Dahlin, "Consistency, availability, and convergence", UT
/// Austin TR-11-22, 2011): causal convergence whose one order of operations also keeps real time.
/// </summary>
/// <remarks>
/// <para>Definition (Viotti and Vukolić, "Consistency in non-transactional distributed storage systems", ACM Computing Surveys 49(1),
/// 2016, section 3.5). There are a partial order vis that contains program order, and a total order ar of all operations that contains
/// vis, such that a read returns the last write of its key, by ar, among those that are vis-before it (the initial value if none is), and
/// an operation that ended before another began is not after it in ar.</para>
/// <para>Its place: linearizable implies it (vis = ar = the linearization), it implies causal convergence (the same without real time).
/// It does not follow from sequential consistency, whose order need not keep real time, nor imply it: a read need not know of a write
/// that has ended, so two processes may each miss the other's write.</para>
/// <para>Choices. Mahajan et al. let a read return several concurrent writes and ask only that no operation happened before one that had
/// ended when it began; with registers, which return one value, their convergence makes ar one order for all, as above. The alternative
/// that real time also makes writes visible is linearizability itself. A compare-and-set is a read and then a write of one moment. Info
/// operations: see <see cref="RegisterHistory"/>; one that nobody read can come last in ar, and its end constrains nothing.</para>
/// <para>Decided by bad patterns: those of CC, and a cycle of the causal order, the conflict edges and real time
/// (<see cref="RealTimeCycles"/>). O(operations × sessions × log operations). Where values are written more than once, over the choices
/// of writes for reads (<see cref="ReadsFromSearch"/>); a sequential order proves nothing here.</para>
/// </remarks>
internal sealed class RealTimeCausalModel : IConsistencyModel
{
    private const string Algorithm = "bad patterns with real time";
    private const int StepsOfEdge = 128; // and operation, to follow what an order rests on

    /// <inheritdoc/>
    public string Name => ModelNames.RealTimeCausal;

    /// <inheritdoc/>
    public string Summary => "causal convergence whose one order of writes also keeps real time (RTC)";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options) =>
        ReadsFromSearch.Decide(
            Name, Algorithm, history, options, (traced, _) => Judge(traced, type, options), sequentialSuffices: false, narrow: CausalNarrowing.Of);

    private static Judgement Judge(RegisterHistory traced, DataType type, CheckOptions options)
    {
        var patterns = new CausalPatterns(traced, type);
        List<ForcedEdge> conflicts;
        if (patterns.IsWide(options))
        {
            if (patterns.RefuteWide(options, wantsEdges: true, out conflicts) is { } wide) return wide;
        }
        else
        {
            if (patterns.Refute(options, out var order) is { } refuted) return refuted;
            conflicts = patterns.ConflictEdges(order!, all: true);
        }

        var cycles = new RealTimeCycles(traced, conflicts);
        return cycles.Search() switch
        {
            RealTimeOutcome.Cycle => patterns.RefuteConvergence(cycles.Edges)!,
            RealTimeOutcome.Backwards => Judgement.Invalid(
                [
                    new Conflict(
                        () => new RealTimeCausalEvidence(traced, cycles, type).Explain(),
                        () => new Support(traced, cycles.Edges).Path(cycles.Began, cycles.Ended).Reads),
                ],
                patterns.Steps + (StepsOfEdge * ((long)cycles.Edges.Count + traced.Count))),
            _ => Judgement.Valid(patterns.Steps),
        };
    }
}
