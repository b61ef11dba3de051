using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.KAtomicity;

/// <summary>What was found out about one key.</summary>
/// <param name="Kind">Whether it is k-atomic.</param>
/// <param name="Algorithm">How that was decided.</param>
internal sealed record KeyVerdict(VerdictKind Kind, string Algorithm)
{
    /// <summary>If valid and asked for: its operations in an order that shows it.</summary>
    public int[]? Order { get; init; }

    /// <summary>If the general search decided, or could not: its result.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; init; }

    /// <summary>If unknown: why.</summary>
    public string? Reason { get; init; }
}
