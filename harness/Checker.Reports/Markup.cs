using System.Buffers;
using System.Text;

namespace Checker.Reports;

/// <summary>Escapes text for HTML and XML, in elements and in double-quoted attributes alike.</summary>
internal static class Markup
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'`");

    /// <summary>The text with everything escaped that markup gives a meaning to, and made fit to be shown.</summary>
    public static string Escape(string text, bool lines = false)
    {
        text = DisplayText.Of(text, lines: lines);
        if (!text.AsSpan().ContainsAny(Special)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '`' => "&#96;",
                _ => null,
            } ?? c.ToString());
        }

        return escaped.ToString();
    }
}
