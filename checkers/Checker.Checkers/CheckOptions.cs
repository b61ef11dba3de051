using Checker.Histories.Values;

namespace Checker.Checkers;

/// <summary>How a history is to be judged. Budgets count steps and bytes, so that verdicts are repeatable.</summary>
public sealed record CheckOptions
{
    /// <summary>The defaults: 100 million steps, 2 GiB, one core, failed operations dropped.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>The most steps a search may take per history before it answers unknown.</summary>
    public long MaxSteps { get; init; } = 100_000_000;

    /// <summary>The most bytes a search may hold before it answers unknown.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>How many cores may be used. The verdict's kind does not depend on it.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Whether a failed compare-and-set counts as an observation that the value was another one. Off: it is dropped.</summary>
    public bool ObserveFailedCas { get; init; }

    /// <summary>The value of an object before the first write.</summary>
    public Value Initial { get; init; }

    /// <summary>
    /// How long everything must have been quiet before a read counts as final for <c>eventual</c>, in nanoseconds; 0: the order of events
    /// decides alone.
    /// </summary>
    public long Quiet { get; init; }

    /// <summary>Whether a valid verdict must carry its certificate; off saves memory on very large histories.</summary>
    public bool Certify { get; init; } = true;

    /// <summary>Stops the check; the verdict is then unknown.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What models that judge one history after another have prepared for each other; null: each prepares for itself.</summary>
    internal Preparations? Preparations { get; init; }
}
