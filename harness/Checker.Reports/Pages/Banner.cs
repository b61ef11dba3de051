using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories.Words;
using Checker.Reports.Plots;

namespace Checker.Reports.Pages;

/// <summary>
/// The top of the page: the verdict in a word, what was claimed and found, the figures of the run and the command that repeats it.
/// </summary>
internal static class Banner
{
    /// <summary>The verdict in a word.</summary>
    public static string Word(ReportInput input) => ReportOutcomes.Name(ReportOutcomes.Of(input)).ToUpperInvariant();

    /// <summary>What was tested.</summary>
    public static string Title(ReportInput input)
    {
        if (input.Title is { } title) return title;
        var target = input.Target ?? input.History.Header.Target;
        if (target is null) return input.File is { } file ? Path.GetFileName(file) : "a history";
        var workload = input.Workload ?? input.History.Header.Workload;
        return workload is null ? target : $"{target} · {workload}";
    }

    /// <summary>The section.</summary>
    public static Fragment Of(ReportInput input)
    {
        var outcome = ReportOutcomes.Of(input);
        var html = new MarkupBuilder();
        html.Add($"<section class=\"verdict {ReportOutcomes.Name(outcome)}\" aria-labelledby=\"verdict-heading\">\n");
        html.Add($"<div class=\"verdict-head\">");
        html.Add($"<p class=\"word\"><span aria-hidden=\"true\">{Sign(outcome)}</span> {Word(input)}</p>");
        html.Add($"<div><h1 id=\"verdict-heading\">{Title(input)}</h1><p class=\"finding\">{Finding(input, outcome)}</p></div></div>\n");
        html.Add($"<dl class=\"figures\">");
        foreach (var (label, value) in Figures(input)) html.Add($"<div><dt>{label}</dt><dd class=\"{label}\">{value}</dd></div>");
        html.Add($"</dl>\n");
        if (input.Command is { } command)
        {
            html.Add($"<div class=\"command\"><span>{(input.Run is null ? "Repeat" : "Replay")}</span><code id=\"command\">{command}</code>");
            html.Add($"<button type=\"button\" id=\"copy\">Copy</button></div>\n");
        }

        return html.Add($"</section>\n").ToFragment();
    }

    private static string Sign(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Valid => "✓",
        ReportOutcome.Invalid => "✗",
        ReportOutcome.Vacuous => "∅",
        ReportOutcome.Placed => "◆",
        _ => "?",
    };

    private static string Finding(ReportInput input, ReportOutcome outcome)
    {
        var broken = Names(input, VerdictKind.Invalid);
        var kept = Names(input, VerdictKind.Valid);
        var open = Names(input, VerdictKind.Unknown);
        var anomalies = input.Models.Sum(model => model.Verdict.Anomalies.Count);
        var claim = input.Claims.Count > 0 ? $"Claim: {List(input.Claims)}. " : "";
        var found = anomalies == 1 ? "one anomaly was found" : $"{Count(anomalies)} anomalies were found";
        var rest = kept.Count > 0 ? $" It is {List(kept)}." : "";
        return claim + outcome switch
        {
            ReportOutcome.Invalid when input.Claims.Count > 0 && !broken.Intersect(input.Claims).Any() =>
                $"The history is not {List(broken)}, which the target does not claim: {found}.{rest}",
            ReportOutcome.Invalid => $"The history is not {List(broken)}: {found}.{rest}",
            ReportOutcome.Vacuous => $"Nothing was violated, but the run proves nothing: {string.Join("; ", input.Run!.VacuityReasons)}.",
            ReportOutcome.Placed => Place(input.Classification!),
            ReportOutcome.Valid => $"The history is {List(kept)}: no anomaly exists.",
            _ => open.Count == 0 ? "The history was not judged by any model." : $"Not decided: {List(open)}.{rest}",
        };
    }

    private static string Place(Classification found)
    {
        var satisfied = found.StrongestSatisfied.Select(placement => placement.Model).ToList();
        var violated = found.WeakestViolated.Select(placement => placement.Model).ToList();
        var holds = satisfied.Count == 0 ? "It satisfies none of the models" : $"The strongest it satisfies: {List(satisfied)}";
        return holds + (violated.Count == 0 ? "; it breaks none." : $". The weakest it breaks: {List(violated)}.");
    }

    private static List<string> Names(ReportInput input, VerdictKind kind) =>
        [.. input.Models.Where(model => model.Verdict.Kind == kind).Select(model => model.Verdict.Model)];

    private static string List(IReadOnlyList<string> names) =>
        names.Count <= 1 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];

    private static IEnumerable<(string Label, string Value)> Figures(ReportInput input)
    {
        var history = input.History;
        var counts = OperationCounts.Of(history);
        yield return ("operations", Count(history.Count));
        yield return ("ok", Count(counts.Ok));
        yield return ("fail", Count(counts.Fail));
        yield return ("info", Count(counts.Info));
        yield return ("processes", Count(counts.Processes));
        yield return ("objects", Count(history.KeyCount));
        var clock = new OperationClock(history);
        var seconds = input.Run?.RunSeconds ?? clock.EndSeconds;
        if (clock.HasTimes) yield return ("duration", TimeText.Length(seconds));
        yield return ("type", input.DataType.Name);
        if ((input.Seed ?? history.Header.Seed) is { } seed) yield return ("seed", seed.ToString(CultureInfo.InvariantCulture));
    }

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
