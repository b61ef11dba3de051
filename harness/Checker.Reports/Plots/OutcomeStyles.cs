using Checker.Histories;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>How the outcomes of operations are told apart: by colour and by shape.</summary>
internal static class OutcomeStyles
{
    /// <summary>The outcomes, the most frequent first.</summary>
    public static IReadOnlyList<(OperationType Type, string Name, Tone Tone, Marker Marker)> All { get; } =
    [
        (OperationType.Ok, "ok", Tone.Ok, Marker.Dot),
        (OperationType.Fail, "fail", Tone.Fail, Marker.Cross),
        (OperationType.Info, "info", Tone.Info, Marker.Triangle),
    ];
}
