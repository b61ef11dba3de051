namespace Checker.Checkers;

/// <summary>The outcome of judging one history against one consistency model: a kind, and the evidence or the reason.</summary>
public sealed record Verdict
{
    /// <summary>Valid, invalid or unknown.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>The model's name, such as <c>linearizable</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The algorithm that decided, such as <c>register zones</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>If invalid: what is wrong, most telling first; never empty then.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; init; } = [];

    /// <summary>If valid: the evidence that a small separate function can re-verify; null where the algorithm's evidence is the absence of anomalies.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>If unknown: why, and what was proved.</summary>
    public string? Reason { get; init; }

    /// <summary>Steps taken, in units of the algorithm; repeatable.</summary>
    public long Steps { get; init; }

    /// <summary>A valid verdict.</summary>
    public static Verdict Valid(string model, string algorithm, Certificate? certificate = null, long steps = 0) =>
        new() { Kind = VerdictKind.Valid, Model = model, Algorithm = algorithm, Certificate = certificate, Steps = steps };

    /// <summary>An invalid verdict.</summary>
    /// <exception cref="ArgumentException">There is no anomaly: a verdict carries its evidence.</exception>
    public static Verdict Invalid(string model, string algorithm, IReadOnlyList<Anomaly> anomalies, long steps = 0) =>
        anomalies.Count == 0
            ? throw new ArgumentException("an invalid verdict names an anomaly", nameof(anomalies))
            : new() { Kind = VerdictKind.Invalid, Model = model, Algorithm = algorithm, Anomalies = anomalies, Steps = steps };

    /// <summary>An undecided verdict.</summary>
    public static Verdict Unknown(string model, string algorithm, string reason, long steps = 0) =>
        new() { Kind = VerdictKind.Unknown, Model = model, Algorithm = algorithm, Reason = reason, Steps = steps };

    /// <summary>The kind of several verdicts together: invalid &gt; unknown &gt; valid; no verdict at all is unknown.</summary>
    public static VerdictKind Combine(IEnumerable<VerdictKind> kinds)
    {
        var any = false;
        var combined = VerdictKind.Valid;
        foreach (var kind in kinds)
        {
            any = true;
            if (kind == VerdictKind.Invalid) return VerdictKind.Invalid;
            if (kind == VerdictKind.Unknown) combined = VerdictKind.Unknown;
        }

        return any ? combined : VerdictKind.Unknown;
    }
}
