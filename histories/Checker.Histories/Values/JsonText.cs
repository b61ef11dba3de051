using System.Globalization;
using System.Text;

namespace Checker.Histories.Values;

/// <summary>The little JSON that values need to print themselves.</summary>
internal static class JsonText
{
    /// <summary>A decimal in its shortest round-trip form; always with a point or an exponent, so that it reads back as a decimal.</summary>
    public static string Decimal(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E', 'N') || text.Contains('\u221E', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>Appends a quoted, escaped string.</summary>
    public static StringBuilder AppendString(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': builder.Append("\\\""); break;
                case '\\': builder.Append("\\\\"); break;
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                case < ' ' or '\u2028' or '\u2029' or >= '\uD800' and <= '\uDFFF' or '\u007F':
                    builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default: builder.Append(c); break;
            }
        }

        return builder.Append('"');
    }
}
