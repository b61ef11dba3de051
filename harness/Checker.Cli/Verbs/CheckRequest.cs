using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Cli.Verbs;

/// <summary>What the user asked <c>checker check</c> for.</summary>
internal sealed record CheckRequest
{
    public DataType? Type { get; init; }

    public required IReadOnlyList<IConsistencyModel> Models { get; init; }

    public Value? Initial { get; init; }

    public required CheckOptions Options { get; init; }

    public bool Json { get; init; }

    public bool Explain { get; init; }

    public bool Verify { get; init; }

    public string? ReportFolder { get; init; }
}
