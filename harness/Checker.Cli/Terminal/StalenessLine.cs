using Checker.Checkers.Staleness;
using Checker.Reports.Plots;
using Spectre.Console;

namespace Checker.Cli.Terminal;

/// <summary>Says how stale the reads were, where some were.</summary>
internal static class StalenessLine
{
    public static void Write(IAnsiConsole console, ReadStaleness? staleness)
    {
        if (staleness is { Summary.Stale: > 0 } && StalenessText.Of(staleness) is { } text) console.MarkupLine($"  staleness: {Markup.Escape(text)}");
    }
}
