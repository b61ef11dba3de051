using System.Globalization;
using System.Text;
using Checker.Checkers;

namespace Checker.Reports.Pages;

/// <summary>The table of models: each with its verdict, what decided it, and why it is undecided.</summary>
internal static class ModelSection
{
    /// <summary>The section.</summary>
    public static string Html(ReportInput input)
    {
        if (input.Models.Count == 0) return "";
        var html = new StringBuilder("<section id=\"models\" aria-labelledby=\"models-heading\"><h2 id=\"models-heading\">Consistency models</h2>\n");
        html.Append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Verdict</th><th scope=\"col\">Evidence</th>");
        html.Append("<th scope=\"col\">Decided by</th><th scope=\"col\" class=\"number\">Steps</th><th scope=\"col\" class=\"number\">Time</th></tr></thead><tbody>\n");
        foreach (var (verdict, seconds) in input.Models)
        {
            var name = ReportOutcomes.Name(verdict.Kind);
            html.Append($"<tr><th scope=\"row\">{Markup.Escape(verdict.Model)}{(input.Claims.Contains(verdict.Model) ? " <span class=\"tag\">claimed</span>" : "")}</th>");
            html.Append($"<td><span class=\"badge {name}\">{name}</span></td><td class=\"wide\">{Evidence(verdict)}</td><td>{Markup.Escape(verdict.Algorithm)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{verdict.Steps:#,0}</td><td class=\"number\">{Charts.Ticks.Duration(Math.Round(seconds, 6))}</td></tr>\n");
        }

        return html.Append("</tbody></table></div></section>\n").ToString();
    }

    private static string Evidence(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Unknown => Markup.Escape(verdict.Reason ?? "no reason was given"),
        VerdictKind.Invalid => $"<a href=\"#anomalies\">{(verdict.Anomalies.Count == 1 ? "one anomaly" : string.Create(CultureInfo.InvariantCulture, $"{verdict.Anomalies.Count:#,0} anomalies"))}</a>",
        _ when verdict.Certificate is OrderCertificate order =>
            string.Create(CultureInfo.InvariantCulture, $"an order of {order.Order.Count:#,0} operations explains every result"),
        _ => "no anomaly exists",
    };
}
