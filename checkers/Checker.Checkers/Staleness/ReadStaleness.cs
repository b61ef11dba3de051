using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.Staleness;

/// <summary>
/// How old the values were that the reads of a history returned: a measurement, not a verdict. For each read of a register the number of
/// newer writes that had completed before it began, and the time since the first of these had completed.
/// </summary>
/// <remarks>
/// <para>Definition. Let the read r return the value of the write w. A write w' of the same object is certainly newer if it began after w
/// had ended. r is behind by as many versions as there are certainly newer writes that had ended before r began (0: fresh; a read of a
/// regular register is fresh), and by the time from the end of the first of them to the beginning of r: had r begun that much earlier, it
/// would have been fresh. The time is the per-read t-staleness of Golab, Rahman, AuYoung, Keeton and Gupta ("Client-centric benchmarking
/// of eventual consistency for cloud storage systems", ICDCS 2014); both are lower bounds, since only writes that are newer in every
/// order count.</para>
/// <para><see cref="Delta"/> is a property of the history, not of a read: the least Δ for which letting every read begin Δ earlier makes
/// the history atomic (Golab, Li and Shah, "Analyzing consistency properties for fun and profit", PODC 2011, section 4).</para>
/// <para>Choices. Where several writes wrote the value, a read is given the one that makes it least stale. Writes of unknown outcome are
/// never known to have ended, so they make nothing stale. A successful compare-and-set is a write; what it found is not measured. The
/// order of events decides what is newer; times only say by how long, and a clock that went back counts as standing still. A read whose
/// value nobody began to write before the read ended cannot be measured.</para>
/// <para>O(n) for the reads, O(n log n) for Δ and the percentiles.</para>
/// </remarks>
public sealed class ReadStaleness
{
    private readonly int[] _operations;
    private readonly int[] _versions;
    private readonly long[] _nanoseconds;

    internal ReadStaleness(int[] operations, int[] versions, long[] nanoseconds)
    {
        _operations = operations;
        _versions = versions;
        _nanoseconds = nanoseconds;
    }

    /// <summary>The reads that were measured, by operation number, increasing.</summary>
    public ReadOnlySpan<int> Operations => _operations;

    /// <summary>For each of <see cref="Operations"/>: how many certainly newer writes had completed before it began.</summary>
    public ReadOnlySpan<int> Versions => _versions;

    /// <summary>For each of <see cref="Operations"/>: for how many nanoseconds its value had been out of date when it began; 0 if it was
    /// fresh. Empty where <see cref="HasTimes"/> is false.</summary>
    public ReadOnlySpan<long> Nanoseconds => _nanoseconds;

    /// <summary>Whether every event of the history has a time.</summary>
    public required bool HasTimes { get; init; }

    /// <summary>The reads that could not be measured: their value was never written, or its write began after they had ended.</summary>
    public required IReadOnlyList<int> Unmeasured { get; init; }

    /// <summary>The least Δ in nanoseconds for which the history is Δ-atomic; 0 if it is atomic; null if <see cref="DeltaReason"/> says why
    /// it is not known. The greatest over the objects.</summary>
    public required long? Delta { get; init; }

    /// <summary>Why <see cref="Delta"/> is not known; null if it is.</summary>
    public required string? DeltaReason { get; init; }

    /// <summary>The figures of each object that was read, by number of the object.</summary>
    public required IReadOnlyList<KeyStaleness> Keys { get; init; }

    /// <summary>The figures of all reads together.</summary>
    public required StalenessSummary Summary { get; init; }

    /// <summary>Whether staleness is defined for a data type: registers, with or without compare-and-set, single or by key.</summary>
    public static bool Supports(DataType type) => RegisterTimes.Supports(type);

    /// <summary>Measures the reads of a history. Never throws for a history that the readers accept.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="Supports"/> must hold.</param>
    /// <param name="options">The initial value.</param>
    public static ReadStaleness Measure(History history, DataType type, CheckOptions options) =>
        new StalenessPass(history, type, options).Run();
}
