using System.Globalization;
using System.Text;
using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>Warnings, the table of faults, and the remaining facts.</summary>
internal static class FactSections
{
    /// <summary>What the reader should know first: why a run is vacuous, and warnings.</summary>
    public static string Notices(ReportInput input)
    {
        var notices = (input.Run?.VacuityReasons ?? []).Select(reason => $"Vacuous: {reason}.").Concat(input.Warnings).ToList();
        return notices.Count == 0
            ? ""
            : $"<ul class=\"notices\" role=\"note\">{string.Concat(notices.Select(notice => $"<li>{Markup.Escape(notice, lines: true)}</li>"))}</ul>\n";
    }

    /// <summary>The table of faults; empty if there were none.</summary>
    public static string Faults(ReportInput input)
    {
        var rows = FaultRow.Of(input);
        if (rows.Count == 0) return "";
        var html = new StringBuilder("<section id=\"faults\" aria-labelledby=\"faults-heading\"><h2 id=\"faults-heading\">Faults</h2>\n");
        html.Append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Fault</th><th scope=\"col\" class=\"number\">Injected</th>");
        html.Append("<th scope=\"col\" class=\"number\">In force</th><th scope=\"col\">Evidence that it bit</th></tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            var seconds = row.Seconds is { } s ? Ticks.Duration(Math.Round(s, 3)) : "";
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Markup.Escape(row.Name)}</th><td class=\"number\">{row.Injections:#,0}</td>");
            html.Append($"<td class=\"number\">{seconds}</td><td>{Evidence(row)}</td></tr>\n");
        }

        return html.Append("</tbody></table></div></section>\n").ToString();
    }

    /// <summary>The remaining facts.</summary>
    public static string Details(ReportInput input)
    {
        var header = input.History.Header;
        var facts = new List<(string Name, string? Value)>
        {
            ("Target", input.Target ?? header.Target),
            ("Workload", input.Workload ?? header.Workload),
            ("Data type", $"{input.DataType.Name}: {input.DataType.Summary}"),
            ("Claim", input.Claims.Count == 0 ? null : string.Join(", ", input.Claims)),
            ("File", input.File),
            ("Nodes", (input.Nodes ?? header.Nodes) is { Count: > 0 } nodes ? string.Join(", ", nodes) : null),
            ("Threads", header.Concurrency?.ToString(CultureInfo.InvariantCulture)),
            ("World", input.Run?.World),
            ("Run time", input.Run?.RunSeconds is { } run ? Ticks.Duration(Math.Round(run, 6)) : null),
            ("Wall time", input.Run?.WallSeconds is { } wall ? Ticks.Duration(Math.Round(wall, 6)) : null),
            ("Messages", input.Run?.Messages?.ToString("#,0", CultureInfo.InvariantCulture)),
        };
        facts.AddRange((input.Run?.Other ?? []).Select(fact => (fact.Key, (string?)fact.Value)));
        var html = new StringBuilder("<section id=\"about\" aria-labelledby=\"about-heading\"><h2 id=\"about-heading\">About this run</h2>\n<dl class=\"facts\">");
        foreach (var (name, value) in facts)
        {
            if (value is not null) html.Append($"<dt>{Markup.Escape(name)}</dt><dd>{Markup.Escape(value, lines: true)}</dd>");
        }

        html.Append("</dl>\n<p class=\"muted\"><strong>ok</strong>: it happened, with this result. <strong>fail</strong>: it certainly did not happen. ");
        return html.Append("<strong>info</strong>: nobody knows; it may have taken effect at any later time, or never.</p></section>\n").ToString();
    }

    private static string Evidence(FaultRow row) => row.Hits switch
    {
        null => "<span class=\"muted\">not recorded</span>",
        0 => $"<span class=\"badge vacuous\">never bit</span> no {Markup.Escape(row.What ?? "hits")}",
        { } hits => string.Create(CultureInfo.InvariantCulture, $"{hits:#,0} {Markup.Escape(row.What ?? "hits")}"),
    };
}
