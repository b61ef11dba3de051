using Checker.Checkers;
using Checker.Histories.Words;

namespace Checker.Reports.Pages;

/// <summary>The table of models: each with its verdict, what decided it, and why it is undecided.</summary>
internal static class ModelSection
{
    /// <summary>The section.</summary>
    public static Fragment Of(ReportInput input)
    {
        if (input.Models.Count == 0) return Fragment.Empty;
        var html = new MarkupBuilder();
        html.Add($"<section id=\"models\" aria-labelledby=\"models-heading\"><h2 id=\"models-heading\">Consistency models</h2>\n");
        html.Add($"<div class=\"scroll\"><table class=\"models\"><thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Verdict</th>");
        html.Add($"<th scope=\"col\">Evidence</th><th scope=\"col\">Decided by</th><th scope=\"col\" class=\"number\">Steps</th>");
        html.Add($"<th scope=\"col\" class=\"number\">Time</th></tr></thead><tbody>\n");
        foreach (var (verdict, seconds) in input.Models)
        {
            var name = ReportOutcomes.Name(verdict.Kind);
            html.Add($"<tr><th scope=\"row\">{verdict.Model}");
            if (input.Claims.Contains(verdict.Model)) html.Add($" <span class=\"tag\">claimed</span>");
            html.Add($"</th><td><span class=\"badge {name}\">{name}</span></td><td class=\"wide\">{Evidence(verdict)}</td>");
            html.Add($"<td>{verdict.Algorithm}</td><td class=\"number steps-taken\">{verdict.Steps:#,0}</td>");
            html.Add($"<td class=\"number\">{TimeText.Length(seconds)}</td></tr>\n");
        }

        return html.Add($"</tbody></table></div></section>\n").ToFragment();
    }

    private static Fragment Evidence(Verdict verdict)
    {
        var html = new MarkupBuilder();
        switch (verdict.Kind)
        {
            case VerdictKind.Unknown: html.Add($"{verdict.Reason ?? "no reason was given":lines}"); break;
            case VerdictKind.Invalid when verdict.Anomalies.Count == 1: html.Add($"<a href=\"#anomalies\">one anomaly</a>"); break;
            case VerdictKind.Invalid: html.Add($"<a href=\"#anomalies\">{Plural.Of(verdict.Anomalies.Count, "anomaly", "anomalies")}</a>"); break;
            default:
                if (verdict.Certificate is not OrderCertificate order) html.Add($"no anomaly exists");
                else html.Add($"an order of {Plural.Of(order.Order.Count, "operation")} explains every result");
                break;
        }

        return html.ToFragment();
    }
}
