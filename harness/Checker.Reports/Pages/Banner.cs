using System.Globalization;
using System.Text;
using Checker.Checkers;
using Checker.Reports.Charts;
using Checker.Reports.Plots;

namespace Checker.Reports.Pages;

/// <summary>The top of the page: the verdict in a word, what was claimed and found, the figures of the run and the command that repeats it.</summary>
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
    public static string Html(ReportInput input)
    {
        var outcome = ReportOutcomes.Of(input);
        var name = ReportOutcomes.Name(outcome);
        var html = new StringBuilder();
        html.Append($"<section class=\"verdict {name}\" aria-labelledby=\"verdict-heading\">\n<div class=\"verdict-head\">");
        html.Append($"<p class=\"word\"><span aria-hidden=\"true\">{Sign(outcome)}</span> {name.ToUpperInvariant()}</p>");
        html.Append($"<div><h1 id=\"verdict-heading\">{Markup.Escape(Title(input))}</h1>");
        html.Append($"<p class=\"finding\">{Markup.Escape(Finding(input, outcome))}</p></div></div>\n");
        html.Append("<dl class=\"figures\">");
        foreach (var (label, value, tone) in Figures(input)) html.Append($"<div><dt>{Markup.Escape(label)}</dt><dd{tone}>{Markup.Escape(value)}</dd></div>");
        html.Append("</dl>\n");
        if (input.Command is { } command)
        {
            html.Append($"<div class=\"command\"><span>{(input.Run is null ? "Repeat" : "Replay")}</span><code id=\"command\">{Markup.Escape(command)}</code>");
            html.Append("<button type=\"button\" id=\"copy\">Copy</button></div>\n");
        }

        return html.Append("</section>\n").ToString();
    }

    private static string Sign(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Valid => "✓",
        ReportOutcome.Invalid => "✗",
        ReportOutcome.Vacuous => "∅",
        _ => "?",
    };

    private static string Finding(ReportInput input, ReportOutcome outcome)
    {
        var broken = Names(input, VerdictKind.Invalid);
        var kept = Names(input, VerdictKind.Valid);
        var open = Names(input, VerdictKind.Unknown);
        var anomalies = input.Models.Sum(model => model.Verdict.Anomalies.Count);
        var claim = input.Claims.Count > 0 ? $"Claim: {List(input.Claims)}. " : "";
        return claim + outcome switch
        {
            ReportOutcome.Invalid => $"The history is not {List(broken)}: {(anomalies == 1 ? "one anomaly was" : $"{anomalies} anomalies were")} found." +
                (kept.Count > 0 ? $" It is {List(kept)}." : ""),
            ReportOutcome.Vacuous => $"Nothing was violated, but the run proves nothing: {string.Join("; ", input.Run!.VacuityReasons)}.",
            ReportOutcome.Valid => $"The history is {List(kept)}: no anomaly was found.",
            _ => open.Count == 0 ? "The history was not judged by any model." : $"Not decided: {List(open)}." + (kept.Count > 0 ? $" It is {List(kept)}." : ""),
        };
    }

    private static List<string> Names(ReportInput input, VerdictKind kind) =>
        [.. input.Models.Where(model => model.Verdict.Kind == kind).Select(model => model.Verdict.Model)];

    private static string List(IReadOnlyList<string> names) =>
        names.Count <= 1 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];

    private static IEnumerable<(string Label, string Value, string Tone)> Figures(ReportInput input)
    {
        var history = input.History;
        var counts = OperationCounts.Of(history);
        yield return ("operations", Count(history.Count), "");
        yield return ("ok", Count(counts.Ok), " class=\"ok\"");
        yield return ("fail", Count(counts.Fail), " class=\"fail\"");
        yield return ("info", Count(counts.Info), " class=\"info\"");
        yield return ("processes", Count(counts.Processes), "");
        yield return ("objects", Count(history.KeyCount), "");
        var clock = new OperationClock(history);
        if (clock.HasTimes) yield return ("duration", Ticks.Duration(input.Run?.RunSeconds ?? clock.EndSeconds), "");
        yield return ("type", input.DataType.Name, "");
        if ((input.Seed ?? history.Header.Seed) is { } seed) yield return ("seed", seed.ToString(CultureInfo.InvariantCulture), "");
    }

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
