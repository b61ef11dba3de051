using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Checkers.RealTime;

/// <summary>
/// Regular registers (<c>regular</c>) and safe registers (<c>safe</c>): what a read may return is said by real time alone (Lamport, "On
/// interprocess communication", part II, Distributed Computing 1, 1986).
/// </summary>
/// <remarks>
/// <para>Definition. Lamport's registers have one writer. A read of a regular register returns the value of the last write that ended
/// before it began, or of some write that overlaps it; a read of a safe register that overlaps no write returns the value of the last
/// write, and one that does may return anything.</para>
/// <para>With several writers: regular is MWR-weak of Shao, Welch, Pierce and Lee ("Multiwriter consistency conditions for shared memory
/// registers", SIAM J. Comput. 40(1), 2011): for each read there is an order of all writes and this read that keeps real time and in which
/// the read returns the last write before it. That is so iff some write of the value began before the read ended, and no other write lies
/// between that one and the read in real time. Safe asks this only of reads that overlap no write. With one writer both are
/// Lamport's.</para>
/// <para>Choices. Shao et al. give three stronger conditions: in MWR-write-order the orders of any two reads agree on the writes that
/// concern both, in MWR-reads-from each order also keeps what other reads have read from, and MWR-no-inversion forbids one process to see
/// two values in one order and then in the other. We take the weakest: each read stands for itself, so that a violation is one of every
/// multi-writer reading, and is shown by three operations; and it decides values that were written several times. What the others promise
/// beyond is about the order of writes, which is the matter of <c>causal-convergence</c>, <c>real-time-causal</c> and
/// <c>monotonic-reads</c>.</para>
/// <para>A successful compare-and-set is a write, and what it found is judged like a read; it does not overlap itself. A failed one
/// observes nothing. An operation of unknown outcome may happen at any time after it began, or never: as a write it overlaps all that
/// comes after it, so on a safe register nothing that begins later is judged. A compare-and-set of unknown outcome can have happened only
/// if it may have found its old value.</para>
/// <para>Exact, O(n).</para>
/// </remarks>
internal sealed class ReadRuleModel(bool regular) : IConsistencyModel
{
    private const string Algorithm = "real time of each read";

    /// <inheritdoc/>
    public string Name => regular ? ModelNames.Regular : ModelNames.Safe;

    /// <inheritdoc/>
    public string Summary => regular
        ? "a read returns the last write that ended before it, or one that overlaps it"
        : "a read that overlaps no write returns the last write; one that does may return anything";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterTimes.Supports(type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        if (RegisterTimes.TryBuild(history, options, out var times) is { } reason) return Verdict.Unknown(Name, Algorithm, reason);
        var sources = ReadSources.Find(times!);
        HashSet<int> never = [];
        if (times!.HasUnknownSwaps)
        {
            never = regular ? UnknownSwaps.NeverRegular(times, sources) : UnknownSwaps.NeverSafe(times, sources);
            if (never.Count > 0) sources = ReadSources.Find(times, never);
        }

        for (var op = 0; op < history.Count; op++)
        {
            if (!times.Reads(op) || !times.IsCertain(op) || !sources.IsIrregular(op)) continue;
            if (!regular && sources.Overlaps(op)) continue;
            var anomaly = new ReadEvidence(times, sources, never, type, regular).Explain(op);
            return Verdict.Invalid(Name, Algorithm, [anomaly], history.Count);
        }

        return Verdict.Valid(Name, Algorithm, steps: history.Count);
    }
}
