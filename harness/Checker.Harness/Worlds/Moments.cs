namespace Checker.Harness.Worlds;

/// <summary>Arithmetic on moments: nanoseconds since the start of a run.</summary>
internal static class Moments
{
    /// <summary>So many nanoseconds later; the same moment if they are negative, the end of time if there are too many.</summary>
    public static long After(long moment, long nanoseconds) =>
        nanoseconds <= 0 ? moment : moment > long.MaxValue - nanoseconds ? long.MaxValue : moment + nanoseconds;
}
