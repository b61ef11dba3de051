using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>Cuts time into windows of a round length.</summary>
internal static class Windows
{
    /// <summary>The length of a window, so that there are at most <paramref name="count"/> from 0 to <paramref name="end"/>.</summary>
    public static double Step(double end, int count) => Ticks.NiceStep(end / count);
}
