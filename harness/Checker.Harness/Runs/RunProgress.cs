namespace Checker.Harness.Runs;

/// <summary>How a run goes, at one moment.</summary>
/// <param name="Phase">What is going on.</param>
/// <param name="Time">Nanoseconds since the start of the run, by the run's own clock.</param>
/// <param name="TimeLeft">Nanoseconds left of the main phase; 0 after it.</param>
/// <param name="Counts">Operations so far.</param>
/// <param name="Open">Operations now open.</param>
/// <param name="Rate">Completed operations per second, over the last interval.</param>
/// <param name="Latency">Of the successful operations that ended in the last interval.</param>
/// <param name="Faults">The names of the faults now in force.</param>
public sealed record RunProgress(
    RunPhase Phase,
    long Time,
    long TimeLeft,
    RunCounts Counts,
    int Open,
    double Rate,
    LatencyQuantiles Latency,
    IReadOnlyList<string> Faults);

/// <summary>How long operations took, in nanoseconds; each exact to about 3 %; 0 if there were none.</summary>
/// <param name="Median">Half took at most this long.</param>
/// <param name="P95">95 % took at most this long.</param>
/// <param name="P99">99 % took at most this long.</param>
/// <param name="Largest">The longest.</param>
public readonly record struct LatencyQuantiles(long Median, long P95, long P99, long Largest);
