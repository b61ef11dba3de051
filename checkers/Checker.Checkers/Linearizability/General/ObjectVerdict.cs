using Checker.Checkers.Linearizability.Problems;
namespace Checker.Checkers.Linearizability.General;

/// <summary>What was concluded about one object, and by whom.</summary>
/// <param name="Kind">The conclusion.</param>
/// <param name="Algorithm">Who concluded it.</param>
/// <param name="Order">If valid: a linearization, if one was asked for.</param>
/// <param name="Anomaly">If a special algorithm found it invalid: its evidence.</param>
/// <param name="Search">If the general search had a part in it: its result.</param>
internal sealed record ObjectVerdict(VerdictKind Kind, string Algorithm, int[]? Order, Anomaly? Anomaly, SearchResult? Search)
{
    /// <summary>The steps of all searches that had a part in it.</summary>
    public long Steps { get; init; } = Search?.Steps ?? 0;
}
