namespace Checker.Harness.Generators;

/// <summary>Arithmetic on nanoseconds that stays at the end of time instead of going round.</summary>
internal static class Nanoseconds
{
    public static long Of(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        return span.Ticks > long.MaxValue / 100 ? long.MaxValue : span.Ticks * 100;
    }

    public static long Add(long time, long span) => time > long.MaxValue - span ? long.MaxValue : time + span;
}
