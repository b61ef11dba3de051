using System.Globalization;
using Checker.Histories;
using Checker.Histories.Words;

namespace Checker.Checkers.Prose;

/// <summary>Moments of a history in words, as fine as a reader can use.</summary>
internal static class Moment
{
    /// <summary>"120.345 ms", as <see cref="TimeText.Moment"/> has it; "event 7" where the history has no times.</summary>
    /// <param name="history">The history.</param>
    /// <param name="time">Nanoseconds since the start; −1 if unknown.</param>
    /// <param name="position">The position of the event.</param>
    public static string Text(History history, long time, int position) => time < 0
        ? string.Create(CultureInfo.InvariantCulture, $"event {history.EventIndex(position)}")
        : TimeText.Moment(time);
}
