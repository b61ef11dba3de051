using Checker.Histories.Values;

namespace Checker.Reports;

/// <summary>One kind of fault in the report's table: what the run says of it, and what the history says.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Injections">How often it was injected.</param>
/// <param name="Seconds">How long it was in force, overlaps counted twice; null if the history has no times.</param>
/// <param name="Hits">How often it bit; null if nobody counted.</param>
/// <param name="What">What the hits are; null if nobody counted.</param>
internal sealed record FaultRow(string Name, int Injections, double? Seconds, long? Hits, string? What)
{
    /// <summary>The rows, in the order of first injection; faults that only the run knows of come last.</summary>
    public static IReadOnlyList<FaultRow> Of(ReportInput input)
    {
        var periods = FaultPeriod.Of(input.History);
        var summaries = input.Run?.Faults ?? [];
        var names = periods.Select(period => period.Fault).Concat(summaries.Select(summary => summary.Name)).Distinct();
        return
        [
            .. names.Select(name => Row(
                name, [.. periods.Where(period => period.Fault == name)], summaries.FirstOrDefault(summary => summary.Name == name))),
        ];
    }

    private static FaultRow Row(string name, List<FaultPeriod> periods, FaultSummary? summary)
    {
        double? seconds = periods.Count == 0 || periods.Any(period => period.StartTime < 0 || period.EndTime < 0)
            ? null
            : periods.Sum(period => period.EndTime - period.StartTime) / 1e9;
        var (hits, what) = summary is not null ? (summary.Hits, summary.What) : FromHistory(periods);
        return new(name, summary?.Injections ?? periods.Count, seconds, hits, what);
    }

    // What the healing events say, where they say it as {"hits": n, "what": "…"}.
    private static (long? Hits, string? What) FromHistory(List<FaultPeriod> periods)
    {
        long? hits = null;
        string? what = null;
        foreach (var period in periods)
        {
            if (period.Evidence.Kind != ValueKind.Map) continue;
            foreach (var (key, value) in period.Evidence.AsMap())
            {
                if (key == "hits" && value.TryGetInteger(out var count)) hits = (hits ?? 0) + count;
                if (key == "what" && value.Kind == ValueKind.String) what = value.AsString();
            }
        }

        return (hits, what);
    }
}
