using Checker.Checkers;

namespace Checker.Reports.Pages;

/// <summary>The anomalies that a report shows, and which model each breaks. They are numbered in this order on the whole page.</summary>
internal static class ShownAnomalies
{
    /// <summary>
    /// All anomalies of the verdicts of the report; then, of each further model that the history breaks and that was judged to say where it
    /// stands, the first one.
    /// </summary>
    public static IReadOnlyList<(string Model, Anomaly Anomaly)> Of(ReportInput input)
    {
        var shown = input.Models.SelectMany(model => model.Verdict.Anomalies.Select(anomaly => (model.Verdict.Model, anomaly))).ToList();
        foreach (var placement in input.Classification?.Placements.Reverse() ?? [])
        {
            if (placement.Verdict is not { Kind: VerdictKind.Invalid, Anomalies.Count: > 0 } verdict) continue;
            if (input.Models.All(model => model.Verdict.Model != placement.Model)) shown.Add((placement.Model, verdict.Anomalies[0]));
        }

        return shown;
    }

    /// <summary>The number of the first anomaly of a model; −1 if there is none.</summary>
    public static int FirstOf(IReadOnlyList<(string Model, Anomaly Anomaly)> shown, string model)
    {
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i].Model == model) return i;
        }

        return -1;
    }
}
