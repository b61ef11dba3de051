using Checker.Harness.Nemeses;
using Checker.Harness.Worlds;
using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>What a run leaves behind. Whether the history is consistent is for the checkers to say.</summary>
public sealed record RunResult
{
    /// <summary>What was run.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>If it failed: why, in a sentence.</summary>
    public string? Error { get; init; }

    /// <summary>Everything that happened.</summary>
    public required History History { get; init; }

    /// <summary>How many operations ended how.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>The same for each function, by name.</summary>
    public required IReadOnlyDictionary<string, RunCounts> CountsByFunction { get; init; }

    /// <summary>Every fault, in the order of their ends, with its evidence.</summary>
    public required IReadOnlyList<FaultReport> Faults { get; init; }

    /// <summary>Why the run says nothing about the target; empty if it says something.</summary>
    public required IReadOnlyList<RunFinding> Vacuity { get; init; }

    /// <summary>What the cluster failed to do once everything was healed; empty if it made progress.</summary>
    public required IReadOnlyList<RunFinding> Liveness { get; init; }

    /// <summary>If the run was done twice: what differed, or empty if nothing did; null if it was not asked for.</summary>
    public IReadOnlyList<RunFinding>? Determinism { get; init; }

    /// <summary>
    /// The models that the target claims for the workload's data type, strongest first; if it claims none, the workload's own.
    /// </summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The time of the run's own clock at its end, in nanoseconds.</summary>
    public required long RunTime { get; init; }

    /// <summary>How long the run took on the wall.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>How many messages arrived; null if the world does not count them.</summary>
    public long? Messages { get; init; }

    /// <summary>The log of each node; empty if the cluster keeps none.</summary>
    public IReadOnlyList<IReadOnlyList<LogLine>> Logs { get; init; } = [];

    /// <summary>The command that does the same run again.</summary>
    public required string ReplayCommand { get; init; }

    /// <summary>Whether the run says nothing about the target.</summary>
    public bool IsVacuous => Vacuity.Count > 0;
}
