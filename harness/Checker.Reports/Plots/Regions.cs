using System.Globalization;
using Checker.Histories;
using Checker.Histories.Words;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>The fault periods of a history as shaded regions.</summary>
internal static class Regions
{
    /// <summary>One region a period; above 2,000 only the longest are drawn.</summary>
    public static IReadOnlyList<ShadedRegion> Of(History history, OperationClock clock) =>
    [
        .. FaultPeriod.Of(history).Select(period => Region(period, clock)).OrderByDescending(region => region.To - region.From).Take(2000)
            .OrderBy(region => region.From),
    ];

    private static ShadedRegion Region(FaultPeriod period, OperationClock clock)
    {
        var from = clock.Of(period.StartPosition, period.StartTime) / 1e9;
        var to = Math.Max(from, clock.Of(period.EndPosition, period.EndTime) / 1e9);
        var times = clock.HasTimes
            ? $"{TimeText.Length(from)} – {TimeText.Length(to)}"
            : string.Create(CultureInfo.InvariantCulture, $"events {period.StartPosition} – {period.EndPosition}");
        var details = period.Details.IsNull ? "" : $"\n{DisplayText.Of(period.Details.ToString(), 300)}";
        var evidence = period.Evidence.IsNull ? "" : $"\n{DisplayText.Of(period.Evidence.ToString(), 300)}";
        return new(from, to, period.Fault, $"{period.Fault}, {times}{(period.Healed ? "" : " (never healed)")}{details}{evidence}");
    }
}
