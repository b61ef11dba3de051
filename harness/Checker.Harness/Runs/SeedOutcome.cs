using Checker.Checkers;

namespace Checker.Harness.Runs;

/// <summary>What one run of a campaign showed; its history is not kept, the seed brings it back.</summary>
public sealed record SeedOutcome
{
    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>If it failed: why.</summary>
    public string? Error { get; init; }

    /// <summary>How many operations ended how.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>The verdicts, without their certificates.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>Why the run says nothing about the target.</summary>
    public required IReadOnlyList<RunFinding> Vacuity { get; init; }

    /// <summary>What the cluster failed to do once everything was healed.</summary>
    public required IReadOnlyList<RunFinding> Liveness { get; init; }

    /// <summary>The SHA-256 of the history file.</summary>
    public required string HistorySha256 { get; init; }

    /// <summary>The command that does the same run again.</summary>
    public required string ReplayCommand { get; init; }

    /// <summary>The verdicts together; unknown if there are none.</summary>
    public VerdictKind Verdict => Checkers.Verdict.Combine(Verdicts.Select(verdict => verdict.Kind));

    /// <summary>Whether the target broke a model.</summary>
    public bool IsViolation => Verdict == VerdictKind.Invalid;
}
