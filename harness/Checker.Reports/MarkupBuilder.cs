using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Checker.Reports;

/// <summary>
/// Builds HTML and XML from interpolated strings: the literal parts are markup, and every text that is filled in is escaped. Numbers are
/// written the same on every machine. Only <see cref="Fragment"/> is filled in as it is.
/// </summary>
internal sealed class MarkupBuilder
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup.</summary>
    public MarkupBuilder Add([InterpolatedStringHandlerArgument("")] ref Handler markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Appends markup without anything filled in.</summary>
    public MarkupBuilder Add(Fragment markup)
    {
        _text.Append(markup.Markup);
        return this;
    }

    /// <summary>What was built, to be put into other markup.</summary>
    public Fragment ToFragment() => new(_text.ToString());

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Appends the parts of an interpolated string to its builder; the format <c>lines</c> keeps line breaks.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler(int literalLength, int formattedCount, MarkupBuilder builder)
    {
        private readonly StringBuilder _text = Reserve(builder._text, literalLength + (8 * formattedCount));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Fragment markup) => _text.Append(markup.Markup);

        public void AppendFormatted(string? text) => _text.Append(Markup.Escape(text ?? ""));

        public void AppendFormatted(string? text, string format) => _text.Append(Markup.Escape(text ?? "", lines: format == "lines"));

        public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(long number, string format) => _text.Append(number.ToString(format, CultureInfo.InvariantCulture));

        private static StringBuilder Reserve(StringBuilder text, int more)
        {
            text.EnsureCapacity(text.Length + more);
            return text;
        }
    }
}

/// <summary>Text that is markup already.</summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct Fragment(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Fragment Empty => new("");

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Markup);

    /// <summary>Fragments with something between each two.</summary>
    public static Fragment Join(Fragment between, IEnumerable<Fragment> parts) =>
        new(string.Join(between.Markup, parts.Select(part => part.Markup)));
}
