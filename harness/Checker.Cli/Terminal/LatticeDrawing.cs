using Checker.Checkers;
using Checker.Checkers.Lattice;
using Spectre.Console;

namespace Checker.Cli.Terminal;

/// <summary>Draws where a history stands: the models as a tree, each above those it implies; then what is satisfied, what is broken and
/// by which operations.</summary>
internal static class LatticeDrawing
{
    public static void Write(IAnsiConsole console, Classification classification)
    {
        var placements = classification.Placements.ToDictionary(p => p.Model);
        Draw(console, placements, ModelLattice.Models[0], "  ", "  ", []);
        WriteNames(console, "strongest satisfied", classification.StrongestSatisfied, "none");
        WriteNames(console, "weakest violated", classification.WeakestViolated, "none");
        if (classification.Undecided.Count > 0) WriteNames(console, "undecided", classification.Undecided, "none");
        foreach (var placement in classification.WeakestViolated)
        {
            var anomaly = placement.Verdict!.Anomalies[0];
            console.MarkupLine($"  {placement.Model} is broken by [red]{Markup.Escape(anomaly.Kind)}[/]: " +
                $"{Markup.Escape(anomaly.Explanation)}");
        }

        foreach (var reason in classification.Undecided.Select(p => p.Verdict?.Reason).OfType<string>().Distinct())
        {
            console.MarkupLine($"  undecided because {Markup.Escape(reason)}");
        }
    }

    // A model that several imply is drawn in full below the first of them, and named again below the others.
    private static void Draw(
        IAnsiConsole console, Dictionary<string, Placement> placements, string model, string first, string rest, HashSet<string> drawn)
    {
        var below = ModelLattice.Implications.Where(edge => edge.Stronger == model).Select(edge => edge.Weaker).ToList();
        var again = !drawn.Add(model) && below.Count > 0;
        console.MarkupLine($"[grey]{first}[/]{Text(placements[model])}{(again ? " [grey](as above)[/]" : "")}");
        if (again) return;
        for (var i = 0; i < below.Count; i++)
        {
            var last = i == below.Count - 1;
            Draw(console, placements, below[i], rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), drawn);
        }
    }

    private static string Text(Placement placement)
    {
        var (colour, word) = placement.Kind switch
        {
            VerdictKind.Valid => ("green", "valid"),
            VerdictKind.Invalid => ("red", "invalid"),
            _ => ("grey", "unknown"),
        };
        return $"[{colour}]{placement.Model}: {word}[/]{(placement.ImpliedBy is { } other ? $" [grey](follows from {other})[/]" : "")}";
    }

    private static void WriteNames(IAnsiConsole console, string what, IReadOnlyList<Placement> placements, string none) =>
        console.MarkupLine($"  {what}: {(placements.Count == 0 ? none : string.Join(", ", placements.Select(p => p.Model)))}");
}
