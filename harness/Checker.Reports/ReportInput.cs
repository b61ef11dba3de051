using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Checkers.Staleness;
using Checker.Histories;

namespace Checker.Reports;

/// <summary>
/// Everything a report is written from. Only the history, its type and the verdicts are required, so that <c>check</c> can report as well.
/// </summary>
public sealed record ReportInput
{
    /// <summary>The history.</summary>
    public required History History { get; init; }

    /// <summary>The data type it was judged as.</summary>
    public required DataType DataType { get; init; }

    /// <summary>The verdicts, in the order in which they are shown.</summary>
    public required IReadOnlyList<ModelResult> Models { get; init; }

    /// <summary>Where the history stands among all models; null: it was not classified.</summary>
    public Classification? Classification { get; init; }

    /// <summary>How stale the reads were; null: it was not measured, or is not defined for the data type.</summary>
    public ReadStaleness? Staleness { get; init; }

    /// <summary>The heading, such as the target's name or the file's; null: made from target and workload.</summary>
    public string? Title { get; init; }

    /// <summary>The file the history was read from, or was written to; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The target that was tested; null: what the history's header says.</summary>
    public string? Target { get; init; }

    /// <summary>The workload that was run; null: what the history's header says.</summary>
    public string? Workload { get; init; }

    /// <summary>The names of the models that the target claims to keep.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>The command that replays the run, or repeats the check, on one line.</summary>
    public string? Command { get; init; }

    /// <summary>The seed; null: what the history's header says.</summary>
    public long? Seed { get; init; }

    /// <summary>The names of the nodes; null: what the history's header says.</summary>
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>What the reader of the report should know before trusting it, such as a torn last line of the file.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is known of the run beyond its history; null for a history that was only checked.</summary>
    public RunFacts? Run { get; init; }
}

/// <summary>A verdict, and how long it took.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Seconds">Wall-clock seconds of checking.</param>
public sealed record ModelResult(Verdict Verdict, double Seconds);

/// <summary>What is known of a run beyond its history.</summary>
public sealed record RunFacts
{
    /// <summary>Why the run proves nothing; empty if it does prove something.</summary>
    public IReadOnlyList<string> VacuityReasons { get; init; } = [];

    /// <summary>The world it ran in, such as <c>sim</c>.</summary>
    public string? World { get; init; }

    /// <summary>Wall-clock seconds of running; null if not measured.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>Seconds of the run's own time, virtual or real; null: read off the history.</summary>
    public double? RunSeconds { get; init; }

    /// <summary>Messages that arrived at a node or a client; null if not counted.</summary>
    public long? Messages { get; init; }

    /// <summary>What each kind of fault did.</summary>
    public IReadOnlyList<FaultSummary> Faults { get; init; } = [];

    /// <summary>Further facts, shown and stored as they are, such as <c>replication → async</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Other { get; init; } = [];
}

/// <summary>What one kind of fault did in a run.</summary>
/// <param name="Name">The fault, such as <c>partition</c>.</param>
/// <param name="Injections">How often it was injected.</param>
/// <param name="Hits">How often it bit; 0: it never did.</param>
/// <param name="What">What the hits are, such as <c>messages dropped</c>.</param>
public sealed record FaultSummary(string Name, int Injections, long Hits, string What);
