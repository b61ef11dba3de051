using System.Globalization;

namespace Checker.Harness.Runs;

/// <summary>How lengths of time are written on command lines: <c>60s</c>, <c>250ms</c>.</summary>
internal static class Durations
{
    public static string Text(long nanoseconds) =>
        nanoseconds % 1_000_000_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}s")
        : nanoseconds % 1_000_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}ns");
}
