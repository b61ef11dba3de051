using System.Globalization;

namespace Checker.Histories.Words;

/// <summary>Counts in words.</summary>
public static class Plural
{
    /// <summary>A count with its thing: <c>1 operation</c>, <c>12,681 operations</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">One of them.</param>
    /// <param name="things">More, or none, of them; null: the same with an <c>s</c>.</param>
    public static string Of(long count, string thing, string? things = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? thing : things ?? thing + "s")}");
}
