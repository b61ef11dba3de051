using System.Globalization;
using Checker.Checkers.Staleness;
using Checker.Histories.Words;

namespace Checker.Reports.Plots;

/// <summary>The staleness of the reads of a history in a sentence.</summary>
public static class StalenessText
{
    /// <summary>How many reads were stale and by how much at most; null if no read could be measured.</summary>
    public static string? Of(ReadStaleness staleness)
    {
        var summary = staleness.Summary;
        if (summary.Reads == 0) return null;
        if (summary.Stale == 0) return string.Create(CultureInfo.InvariantCulture, $"none of {Plural.Of(summary.Reads, "read")} was stale");
        var most = Plural.Of(summary.Versions.Max, "version");
        var time = summary.Nanoseconds is { } spread ? $" and {TimeText.Length(spread.Max / 1e9)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{summary.Stale:#,0} of {Plural.Of(summary.Reads, "read")} ({Share(summary.StaleShare)}) were stale, " +
            $"by at most {most}{time}");
    }

    /// <summary>The bounds of a bar: <c>1</c>, <c>2–4</c>.</summary>
    internal static string Versions(StalenessBucket bar) => bar.To == bar.From + 1
        ? string.Create(CultureInfo.InvariantCulture, $"{bar.From:#,0}")
        : string.Create(CultureInfo.InvariantCulture, $"{bar.From:#,0}–{bar.To - 1:#,0}");

    /// <summary>The bounds of a bar: <c>20–50 ms</c>.</summary>
    internal static string Time(StalenessBucket bar)
    {
        var (from, to) = (TimeText.Length(bar.From / 1e9), TimeText.Length(bar.To / 1e9));
        var unit = to.LastIndexOf(' ');
        return from.EndsWith(to[unit..], StringComparison.Ordinal) ? $"{from[..from.LastIndexOf(' ')]}–{to}" : $"{from} – {to}";
    }

    // Never 0 % for some and never 100 % for all but some.
    private static string Share(double share) => share switch
    {
        < 0.001 => "less than 0.1 %",
        > 0.999 and < 1 => "more than 99.9 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %"),
    };
}
