using Checker.Checkers.Causal;
using Checker.Checkers.Choices;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Sessions;

/// <summary>
/// The session guarantees <c>read-your-writes</c>, <c>monotonic-reads</c>, <c>monotonic-writes</c> and <c>writes-follow-reads</c>, each
/// alone (Terry, Demers, Petersen, Spreitzer, Theimer and Welch 1994).
/// </summary>
/// <remarks>
/// <para>Definition. There is a relation vis from writes to the reads that know of them, and for each session s a total order ar(s) of
/// all writes, such that (1) a read returns the last write of its key, by ar of its own session, among those visible to it, and the
/// initial value if none is; (2) ar(s) keeps the order in which any session wrote one key, and puts a write of s after what was visible
/// to the reads of s before it; (3) nothing is visible to a read that its own session writes only later; and (so is the order of a
/// session)</para>
/// <list type="bullet">
/// <item>read-your-writes: w so r implies w vis r;</item>
/// <item>monotonic-reads: w vis r and r so r' imply w vis r';</item>
/// <item>monotonic-writes: w so w' implies w ar(s) w', and w' vis r implies w vis r;</item>
/// <item>writes-follow-reads: w vis r and r so w' imply w ar(s) w', and w' vis r' implies w vis r'.</item>
/// </list>
/// <para>Choices. The guarantees are promises to one session, so each session may order concurrent writes in its own way. With that
/// reading the first three together are PRAM and all four together are causal memory, as in Brzezinski, Sobaniec and Wawrzyniak (2004);
/// tests assert both for reads and writes (PRAM and causal memory bind the write of a
/// compare-and-set to its read, which no guarantee promises). The alternatives: Terry et al. and Viotti and Vukolić (2016, section 3.3)
/// assume one order of writes for everybody, which adds convergence, a different promise: all four are then causal convergence. Without
/// (2), parts of which they count as monotonic-writes and writes-follow-reads, a session that reads a value which it had itself
/// overwritten would keep read-your-writes. Bailis et al. (2013) and Lu et al. (2015) judge by version orders known from the store; here
/// any order that explains the reads will do.</para>
/// <para>What can be observed. Each read here is of one key, so the last two guarantees alone show almost nothing: a session that may
/// forget what it saw can explain any read. Monotonic-writes alone is broken only through (3), writes-follow-reads alone by a cycle of
/// writes that each depend on a read of the one before. What a user expects of them, that a reader who saw the later write also finds the
/// earlier one, takes monotonic reads as well: judge by <c>pram</c> and <c>causal-memory</c>.</para>
/// <para>Other data types: <see cref="ObjectConsistency"/>.</para>
/// <para>Per key and across keys: the first two only ever relate writes of one key, so judging keys apart is the same; the last two span
/// keys. Info operations: see <see cref="RegisterHistory"/>.</para>
/// </remarks>
internal sealed class SessionModel(SessionGuarantee guarantee) : IConsistencyModel
{
    /// <inheritdoc/>
    public string Name => guarantee switch
    {
        SessionGuarantee.ReadYourWrites => ModelNames.ReadYourWrites,
        SessionGuarantee.MonotonicReads => ModelNames.MonotonicReads,
        SessionGuarantee.MonotonicWrites => ModelNames.MonotonicWrites,
        _ => ModelNames.WritesFollowReads,
    };

    /// <inheritdoc/>
    public string Summary => guarantee switch
    {
        SessionGuarantee.ReadYourWrites => "a process sees its own earlier updates, or something newer",
        SessionGuarantee.MonotonicReads => "a process that saw an update goes on to see it",
        SessionGuarantee.MonotonicWrites => "who sees an update sees its process's earlier ones (registers alone hardly show it: pram does)",
        _ => "who sees an update sees what its process had seen (registers alone hardly show it: causal-memory does)",
    };

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type) || ObjectConsistency.Supports(Name, type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options) => RegisterHistoryBuilder.IsForeign(history, type)
        ? ObjectConsistency.Check(Name, history, type, options)
        : ReadsFromSearch.Decide(Name, "forced version order", history, options, (traced, _) => Judge(traced, type), narrow: (candidates, budget) => Likely(candidates, type, budget));

    // If the likeliest choice does not decide, that with which each process has a view is likelier.
    private Narrowing Likely(CandidateWrites candidates, DataType type, CheckOptions options)
    {
        var likely = Narrowing.Likely(candidates, options);
        var traced = candidates.Choose(new int[candidates.Open.Count]);
        var judgement = Judge(traced, type);
        return judgement.Conflicts.Count == 0 || judgement.Conflicts.Any(conflict => conflict.Reads.All(read => !traced.Chosen![read]))
            ? likely : ViewNarrowing.Likely(candidates, options);
    }

    private Judgement Judge(RegisterHistory traced, DataType type)
    {
        var reads = new SessionReads(traced, type);
        IReadOnlyList<Conflict> conflicts = [.. reads.OwnFutureWrites().Take(Conflict.Most)];
        if (conflicts.Count == 0)
        {
            conflicts = guarantee switch
            {
                SessionGuarantee.ReadYourWrites => [.. reads.LostOwnWrites().Take(Conflict.Most)],
                SessionGuarantee.MonotonicReads => [.. reads.NonMonotonicReads().Take(Conflict.Most)],
                SessionGuarantee.WritesFollowReads => new WriteDependencies(traced, type).Cycle() is { } cycle ? [cycle] : [],
                _ => [],
            };
        }

        return conflicts.Count == 0 ? Judgement.Valid(traced.Count) : Judgement.Invalid(conflicts, traced.Count);
    }
}
