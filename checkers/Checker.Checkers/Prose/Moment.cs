using System.Globalization;
using Checker.Histories;

namespace Checker.Checkers.Prose;

/// <summary>Moments of a history in words, as fine as a reader can use.</summary>
internal static class Moment
{
    /// <summary>"120.345 ms"; below a millisecond "345.6 µs" or "345 ns"; "event 7" where the history has no times.</summary>
    /// <param name="history">The history.</param>
    /// <param name="time">Nanoseconds since the start; −1 if unknown.</param>
    /// <param name="position">The position of the event.</param>
    public static string Text(History history, long time, int position) => time switch
    {
        < 0 => string.Create(CultureInfo.InvariantCulture, $"event {history.EventIndex(position)}"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{time} ns"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{time / 1e3:0.###} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time / 1e6:0.###} ms"),
    };
}
