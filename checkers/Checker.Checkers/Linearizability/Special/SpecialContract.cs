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

    /// <summary>The algorithm searched and spent its budget: with more it may tell, and nobody else can.</summary>
    Spent,
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
    /// If invalid: the evidence, unless <see cref="Search"/> found it so. Its operations are numbers in the whole history and should be a sub-history that is invalid by itself;
    /// the portfolio shrinks them further, judging each candidate anew.
    /// </summary>
    public Anomaly? Anomaly { get; }

    /// <summary>If the algorithm searched: how many steps that took.</summary>
    public long Steps { get; init; }

    /// <summary>If the budget was spent, or a search refuted the object: how far it got.</summary>
    public SearchResult? Search { get; private init; }

    /// <summary>Cannot tell with this budget.</summary>
    public static SpecialVerdict Spent(SearchResult search) => new(SpecialOutcome.Spent, search.Reason, null, null) { Search = search, Steps = search.Steps };

    /// <summary>Cannot tell.</summary>
    public static SpecialVerdict NotApplicable(string reason) => new(SpecialOutcome.NotApplicable, reason, null, null);

    /// <summary>Not linearizable, as a search found that names no operations but where it was stuck.</summary>
    public static SpecialVerdict Refuted(SearchResult search) => new(SpecialOutcome.Invalid, null, null, null) { Search = search, Steps = search.Steps };

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

    /// <summary>
    /// Whether it searches within the budget that the options give it: then it is asked again when there is more, and what it spends counts. All others are near-linear.
    /// </summary>
    bool Searches => false;

    /// <summary>Whether it can say that there is no order. What cannot is no help where a counterexample is made smaller.</summary>
    bool Refutes => true;

    /// <summary>Whether the algorithm is worth asking for objects of a type.</summary>
    bool Supports(DataType type, CheckOptions options);

    /// <summary>Decides one object, or says why it cannot.</summary>
    SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options);
}
