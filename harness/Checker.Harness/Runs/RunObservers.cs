using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>
/// Who is told what while a run goes on. All are called on the run's thread, in order; in simulation a slow one changes nothing but the
/// wall time.
/// </summary>
public sealed record RunObservers
{
    /// <summary>Nobody.</summary>
    public static RunObservers None { get; } = new();

    /// <summary>Told of every event of the history; completed at the end, whatever happened. One that throws ends the run.</summary>
    public IReadOnlyList<IObserver<HistoryEvent>> Events { get; init; } = [];

    /// <summary>Told once per second of run time how it goes.</summary>
    public IObserver<RunProgress>? Progress { get; init; }

    /// <summary>Told what generators log.</summary>
    public Action<string>? Log { get; init; }
}
