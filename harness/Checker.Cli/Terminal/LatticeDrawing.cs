using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Reports;
using Spectre.Console;

namespace Checker.Cli.Terminal;

/// <summary>Draws where a history stands: the models as a tree, each once, with verdicts in a column; then what is satisfied, what is
/// broken and by which operations. At most 80 columns wide but for the explanations, and readable without colours.</summary>
internal static class LatticeDrawing
{
    private const int LineWidth = 80;

    /// <summary>Prints the drawing.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="classification">What is known.</param>
    /// <param name="explained">Verdicts that were printed already: their anomalies and reasons are not repeated.</param>
    public static void Write(IAnsiConsole console, Classification classification, IReadOnlyList<ModelResult> explained)
    {
        var placements = classification.Placements.ToDictionary(p => p.Model);
        var (strongest, weakest) = (classification.StrongestSatisfied, classification.WeakestViolated);
        var extremes = strongest.Select(p => (p.Model, Note: "strongest satisfied"))
            .Concat(weakest.Select(p => (p.Model, Note: "weakest violated"))).ToDictionary(pair => pair.Model, pair => pair.Note);
        var tree = new LatticeTree();
        var width = tree.Lines.Max(line => line.Branch.Length + line.Model.Length);
        foreach (var (branch, model) in tree.Lines)
        {
            var placement = placements[model];
            var (colour, sign, word) = Style(placement.Kind);
            var note = extremes.TryGetValue(model, out var extreme) ? $"◀ {extreme}" : NoteOf(placement);
            var space = new string(' ', width - branch.Length - model.Length + 2);
            var end = note.Length == 0 ? "" : $"{new string(' ', 8 - word.Length)}[grey]{Markup.Escape(note)}[/]";
            console.MarkupLine($"  [grey]{branch}[/]{model}{space}[{colour}]{sign} {word}[/]{end}");
        }

        WriteWrapped(console, "also: ", [.. tree.Others.Select(other => $"{other.Key} implies {string.Join(" and ", other)}")]);
        WriteNames(console, "strongest satisfied", strongest);
        WriteNames(console, "weakest violated", weakest);
        if (classification.Undecided.Count > 0) WriteNames(console, "undecided", classification.Undecided);
        if (classification.NotJudged.Count > 0) WriteNames(console, "not defined for the data type", classification.NotJudged);
        foreach (var placement in weakest.Where(p => p.Verdict!.Anomalies.Count > 0 && explained.All(known => known.Verdict.Model != p.Model)))
        {
            var anomaly = placement.Verdict!.Anomalies[0];
            console.MarkupLine($"  {placement.Model} is broken by [red]{Markup.Escape(anomaly.Kind)}[/]: " +
                $"{Markup.Escape(anomaly.Explanation)}");
        }

        var said = explained.Select(known => known.Verdict.Reason).OfType<string>();
        foreach (var reason in classification.Undecided.Select(p => p.Verdict?.Reason).OfType<string>().Distinct().Except(said))
        {
            console.MarkupLine($"  undecided because {Markup.Escape(reason)}");
        }
    }

    private static (string Colour, string Sign, string Word) Style(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => ("green", "✓", "valid"),
        VerdictKind.Invalid => ("red", "✗", "invalid"),
        _ => ("yellow", "?", "unknown"),
    };

    private static string NoteOf(Placement placement) =>
        placement.ImpliedBy is { } other ? $"follows from {other}" :
        placement is { Kind: VerdictKind.Unknown, Verdict: null } ? "not defined" : "";

    private static void WriteNames(IAnsiConsole console, string what, IReadOnlyList<Placement> placements) =>
        WriteWrapped(console, $"{what}: ", placements.Count == 0 ? ["none"] : [.. placements.Select(p => p.Model)], ", ");

    private static void WriteWrapped(IAnsiConsole console, string lead, IReadOnlyList<string> parts, string between = "; ")
    {
        if (parts.Count == 0) return;
        var line = "  " + lead;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i] + (i < parts.Count - 1 ? between : "");
            if (line.Length + part.TrimEnd().Length > LineWidth)
            {
                console.MarkupLine(Markup.Escape(line.TrimEnd()));
                line = new string(' ', 2 + lead.Length);
            }

            line += part;
        }

        console.MarkupLine(Markup.Escape(line));
    }
}
