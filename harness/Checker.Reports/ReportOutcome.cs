using Checker.Checkers;

namespace Checker.Reports;

/// <summary>What a report says in one word. The zero value is the safe one: unknown.</summary>
public enum ReportOutcome : byte
{
    /// <summary>At least one model was not decided, and none is violated.</summary>
    Unknown,

    /// <summary>The history satisfies every model it was judged by.</summary>
    Valid,

    /// <summary>Nothing was violated, but the run proves nothing: its faults never bit, or no operation succeeded.</summary>
    Vacuous,

    /// <summary>At least one model is violated.</summary>
    Invalid,

    /// <summary>The history was not judged by a model in particular, but placed among all of them.</summary>
    Placed,
}

/// <summary>Reads the outcome off verdicts and facts, and puts it into words.</summary>
public static class ReportOutcomes
{
    /// <summary>The outcome of a report: invalid &gt; vacuous &gt; unknown &gt; valid; without verdicts placed.</summary>
    public static ReportOutcome Of(ReportInput input)
    {
        if (input is { Models.Count: 0, Classification: not null }) return ReportOutcome.Placed;
        var combined = Verdict.Combine(input.Models.Select(model => model.Verdict.Kind));
        if (combined == VerdictKind.Invalid) return ReportOutcome.Invalid;
        if (input.Run is { VacuityReasons.Count: > 0 }) return ReportOutcome.Vacuous;
        return combined == VerdictKind.Valid ? ReportOutcome.Valid : ReportOutcome.Unknown;
    }

    /// <summary>The word in results.json: <c>valid</c>, <c>invalid</c>, <c>unknown</c>, <c>vacuous</c>, <c>placed</c>.</summary>
    public static string Name(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Valid => "valid",
        ReportOutcome.Vacuous => "vacuous",
        ReportOutcome.Invalid => "invalid",
        ReportOutcome.Placed => "placed",
        _ => "unknown",
    };

    /// <summary>The word for a verdict's kind: <c>valid</c>, <c>invalid</c>, <c>unknown</c>.</summary>
    public static string Name(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "valid",
        VerdictKind.Invalid => "invalid",
        _ => "unknown",
    };
}
