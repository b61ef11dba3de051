using System.Globalization;
using System.Text;

namespace Checker.Reports;

/// <summary>
/// Makes text from a history fit to be shown: whatever is invisible, reorders its neighbours or is not allowed in XML (controls,
/// bidirectional marks, zero-width characters, line separators, lone surrogates, unassigned code points) becomes a visible
/// <c>\u202e</c>. The result still has to be escaped for HTML, XML or JSON.
/// </summary>
internal static class DisplayText
{
    /// <summary>The text, fit to be shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Longer texts are cut to so many characters, and say so.</param>
    /// <param name="lines">Whether line feeds stay.</param>
    public static string Of(string text, int limit = int.MaxValue, bool lines = false)
    {
        var cut = text.Length > limit;
        var shown = cut ? text.AsSpan(0, limit) : text.AsSpan();
        StringBuilder? changed = null;
        var index = 0;
        while (index < shown.Length)
        {
            var whole = Rune.DecodeFromUtf16(shown[index..], out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (whole && (IsVisible(rune) || (lines && rune.Value == '\n')))
            {
                changed?.Append(shown.Slice(index, length));
            }
            else
            {
                changed ??= new StringBuilder(shown.Length + 16).Append(shown[..index]);
                foreach (var c in shown.Slice(index, length)) changed.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }

            index += length;
        }

        var result = changed?.ToString() ?? shown.ToString();
        return cut ? string.Create(CultureInfo.InvariantCulture, $"{result}… ({text.Length} characters)") : result;
    }

    private static bool IsVisible(Rune rune)
    {
        if (rune.IsAscii) return rune.Value is >= 0x20 and < 0x7F;
        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
    }
}
