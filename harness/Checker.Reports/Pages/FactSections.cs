using System.Globalization;
using Checker.Histories.Words;

namespace Checker.Reports.Pages;

/// <summary>Warnings, the table of faults, and the remaining facts.</summary>
internal static class FactSections
{
    /// <summary>What the reader should know first: why a run is vacuous, and warnings.</summary>
    public static Fragment Notices(ReportInput input)
    {
        // A vacuous run says so in its verdict; here it matters that a violation came out of a run that proves little else.
        var vacuity = ReportOutcomes.Of(input) == ReportOutcome.Vacuous ? [] : input.Run?.VacuityReasons ?? [];
        var notices = vacuity.Select(reason => $"The run proves little else: {reason}.").Concat(input.Warnings).ToList();
        var html = new MarkupBuilder();
        if (notices.Count == 0) return html.ToFragment();
        html.Add($"<ul class=\"notices\" role=\"note\">");
        foreach (var notice in notices) html.Add($"<li>{notice:lines}</li>");
        return html.Add($"</ul>\n").ToFragment();
    }

    /// <summary>The table of faults; empty if there were none.</summary>
    public static Fragment Faults(ReportInput input)
    {
        var rows = FaultRow.Of(input);
        var html = new MarkupBuilder();
        if (rows.Count == 0) return html.ToFragment();
        html.Add($"<section id=\"faults\" aria-labelledby=\"faults-heading\"><h2 id=\"faults-heading\">Faults</h2>\n");
        html.Add($"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Fault</th><th scope=\"col\" class=\"number\">Injected</th>");
        html.Add($"<th scope=\"col\" class=\"number\">In force</th><th scope=\"col\">Evidence that it bit</th></tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            var seconds = row.Seconds is { } s ? TimeText.Length(s) : "";
            html.Add($"<tr><th scope=\"row\">{row.Name}</th><td class=\"number\">{row.Injections:#,0}</td><td class=\"number\">{seconds}</td><td>");
            var what = string.IsNullOrEmpty(row.What) ? "hits" : row.What;
            if (row.Hits is null) html.Add($"<span class=\"muted\">not recorded</span>");
            else if (row.Hits == 0) html.Add($"<span class=\"badge vacuous\">never bit</span> no {what}");
            else html.Add($"{row.Hits.Value:#,0} {what}");
            html.Add($"</td></tr>\n");
        }

        return html.Add($"</tbody></table></div></section>\n").ToFragment();
    }

    /// <summary>The remaining facts.</summary>
    public static Fragment Details(ReportInput input)
    {
        var html = new MarkupBuilder();
        html.Add($"<section id=\"about\" aria-labelledby=\"about-heading\"><h2 id=\"about-heading\">About this run</h2>\n<dl class=\"facts\">");
        foreach (var (name, value) in Facts(input))
        {
            if (value is not null) html.Add($"<dt>{name}</dt><dd>{value:lines}</dd>");
        }

        html.Add($"</dl>\n<p class=\"muted\"><strong>ok</strong>: it happened, with this result. <strong>fail</strong>: it certainly did not happen. ");
        html.Add($"<strong>info</strong>: nobody knows; it may have taken effect at any later time, or never.</p></section>\n");
        return html.ToFragment();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Facts(ReportInput input)
    {
        var header = input.History.Header;
        yield return new("Target", input.Target ?? header.Target);
        yield return new("Workload", input.Workload ?? header.Workload);
        yield return new("Data type", $"{input.DataType.Name}: {input.DataType.Summary}");
        yield return new("Claim", input.Claims.Count == 0 ? null : string.Join(", ", input.Claims));
        yield return new("File", input.File);
        yield return new("Nodes", (input.Nodes ?? header.Nodes) is { Count: > 0 } nodes ? string.Join(", ", nodes) : null);
        yield return new("Threads", header.Concurrency?.ToString(CultureInfo.InvariantCulture));
        yield return new("World", input.Run?.World);
        yield return new("Run time", input.Run?.RunSeconds is { } run ? TimeText.Length(run) : null);
        yield return new("Wall time", input.Run?.WallSeconds is { } wall ? TimeText.Length(wall) : null);
        yield return new("Messages delivered", input.Run?.Messages?.ToString("#,0", CultureInfo.InvariantCulture));
        foreach (var (name, value) in input.Run?.Other ?? []) yield return new(name, value);
    }
}
