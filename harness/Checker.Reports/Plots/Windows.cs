using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Cuts time into windows of a round length.</summary>
internal static class Windows
{
    /// <summary>The length of a window, in the unit of <paramref name="end"/>, so that there are at most about <paramref name="count"/>.</summary>
    public static double Step(double end, int count) => Ticks.NiceStep(end / count);
}
