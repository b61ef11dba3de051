namespace Checker.Checkers.Registers;

/// <summary>What a model says of one traced history.</summary>
internal sealed record Judgement
{
    /// <summary>The history satisfies the model; or, of a history from which open reads are left out: nothing was found.</summary>
    public static Judgement Valid(long steps, Certificate? certificate = null) =>
        new() { Kind = VerdictKind.Valid, Steps = steps, Certificate = certificate };

    /// <summary>It does not, for these reasons, of which any one is enough.</summary>
    public static Judgement Invalid(IReadOnlyList<Conflict> conflicts, long steps) =>
        new() { Kind = VerdictKind.Invalid, Conflicts = conflicts, Steps = steps };

    /// <summary>It cannot be said, because of a budget.</summary>
    public static Judgement Unknown(string reason, long steps) =>
        new() { Kind = VerdictKind.Unknown, Reason = reason, Steps = steps };

    /// <summary>Valid, invalid or unknown.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>If invalid: why; the most telling first.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>If unknown: why.</summary>
    public string? Reason { get; init; }

    /// <summary>If valid: the evidence, if there is one.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; init; }

    /// <summary>The same as a verdict.</summary>
    public Verdict Verdict(string model, string algorithm) => Kind switch
    {
        VerdictKind.Valid => Checkers.Verdict.Valid(model, algorithm, Certificate, Steps),
        VerdictKind.Invalid => Checkers.Verdict.Invalid(model, algorithm, [.. Conflicts.Take(1).Select(conflict => conflict.Anomaly)], Steps),
        _ => Checkers.Verdict.Unknown(model, algorithm, Reason!, Steps),
    };
}

/// <summary>One reason why a traced history breaks a model; worked out only when asked for.</summary>
/// <param name="anomaly">The reason.</param>
/// <param name="reads">The reads, as operations of the traced history, on whose sources it rests: with these sources the model is broken
/// whatever the others are.</param>
internal sealed class Conflict(Func<Anomaly> anomaly, Func<IReadOnlyCollection<int>> reads)
{
    private readonly Lazy<Anomaly> _anomaly = new(anomaly);

    /// <summary>The most reasons that a judgement gives.</summary>
    public const int Most = 128;

    /// <summary>The reason.</summary>
    public Anomaly Anomaly => _anomaly.Value;

    /// <summary>The reads on whose sources it rests.</summary>
    public IReadOnlyCollection<int> Reads => reads();
}
