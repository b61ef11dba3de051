using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>What a special algorithm concluded about one object. The zero value is the safe one.</summary>
internal enum SpecialOutcome : byte
{
    /// <summary>The algorithm cannot tell; the next one is asked, at last the general search.</summary>
    NotApplicable,

    /// <summary>Linearizable.</summary>
    Valid,

    /// <summary>Not linearizable.</summary>
    Invalid,
}

/// <summary>A special algorithm's answer for one object, with its evidence.</summary>
internal readonly struct SpecialVerdict
{
    private SpecialVerdict(SpecialOutcome outcome, string? reason, int[]? order, Anomaly? anomaly)
    {
        Outcome = outcome;
        Reason = reason;
        Order = order;
        Anomaly = anomaly;
    }

    /// <summary>The conclusion.</summary>
    public SpecialOutcome Outcome { get; }

    /// <summary>If not applicable: why, in a few words ("two writes of 5").</summary>
    public string? Reason { get; }

    /// <summary>
    /// If valid and <see cref="CheckOptions.Certify"/>: a linearization, as numbers of operations in the whole history. Every ok
    /// operation is in it;
    /// an info operation is in it iff it took effect.
    /// </summary>
    public int[]? Order { get; }

    /// <summary>
    /// If invalid: the evidence. Its operations are numbers in the whole history and should be a sub-history that is invalid by itself;
    /// the portfolio shrinks them further, judging each candidate anew.
    /// </summary>
    public Anomaly? Anomaly { get; }

    /// <summary>Cannot tell.</summary>
    public static SpecialVerdict NotApplicable(string reason) => new(SpecialOutcome.NotApplicable, reason, null, null);

    /// <summary>Linearizable.</summary>
    public static SpecialVerdict Valid(int[]? order) => new(SpecialOutcome.Valid, null, order, null);

    /// <summary>Not linearizable.</summary>
    public static SpecialVerdict Invalid(Anomaly anomaly) => new(SpecialOutcome.Invalid, null, null, anomaly);
}

/// <summary>
/// Decides one object in near-linear time where its values allow, exactly or not at all. Stateless; called from many threads at once.
/// </summary>
internal interface ISpecialAlgorithm
{
    /// <summary>The name in verdicts, such as <c>register zones (unique writes)</c>.</summary>
    string Name { get; }

    /// <summary>Whether the algorithm is worth asking for objects of a type.</summary>
    bool Supports(DataType type, CheckOptions options);

    /// <summary>Decides one object, or says why it cannot.</summary>
    SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options);
}

/// <summary>
/// Decides all objects of a history in one pass over its own columns, before they are partitioned by key: for histories so large that even
/// a counting sort counts.
/// </summary>
internal interface IAllKeysAlgorithm
{
    /// <summary>The name in verdicts.</summary>
    string Name { get; }

    /// <summary>Whether the algorithm is worth asking for a type.</summary>
    bool Supports(DataType type, CheckOptions options);

    /// <summary>Decides every object it can. The others stay <see cref="SpecialOutcome.NotApplicable"/> and go the usual way.</summary>
    AllKeysVerdict Decide(History history, DataType type, CheckOptions options);
}

/// <summary>The answer of an <see cref="IAllKeysAlgorithm"/>.</summary>
/// <param name="Outcomes">For each key its outcome.</param>
/// <param name="Anomalies">For each invalid key its anomaly (at least for the lowest such key); by key number.</param>
/// <param name="Order">
/// If <see cref="CheckOptions.Certify"/>: linearizations of the valid keys, each key's operations first to last. Different keys may be
/// interleaved
/// in any way. Null if not asked for.
/// </param>
internal sealed record AllKeysVerdict(SpecialOutcome[] Outcomes, IReadOnlyDictionary<int, Anomaly> Anomalies, int[]? Order);
