using System.Security.Cryptography;
using System.Text;
using Checker.Reports.Charts;
using Checker.Reports.Plots;

namespace Checker.Reports.Pages;

/// <summary>Writes the self-contained page: fills the template with sections, data, style and script.</summary>
internal static class HtmlPage
{
    /// <summary>The page.</summary>
    public static string Of(ReportInput input)
    {
        var anomalies = input.Models.SelectMany(model => model.Verdict.Anomalies.Select(anomaly => (model.Verdict.Model, anomaly))).ToList();
        var selection = TimelineSelection.Of(input.History, [.. anomalies.Select(entry => entry.anomaly)]);
        var renderer = new SvgChartRenderer(standalone: false);
        var charts = ChartSection("latency", LatencyPlot.Of(input.History), renderer) + ChartSection("rate", RatePlot.Of(input.History), renderer);
        var faults = FactSections.Faults(input);
        return Fill(new Dictionary<string, string>
        {
            ["title"] = Markup.Escape($"{Banner.Word(input)} · {Banner.Title(input)}"),
            ["style"] = Assets.Style,
            ["script"] = Assets.Script,
            ["script-hash"] = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assets.Script))),
            ["nav"] = Navigation(anomalies.Count > 0, faults.Length > 0),
            ["banner"] = Banner.Html(input),
            ["notices"] = FactSections.Notices(input),
            ["models"] = ModelSection.Html(input),
            ["anomalies"] = AnomalySection.Html(input, anomalies),
            ["timeline-note"] = TimelineNote(input, selection),
            ["charts"] = charts,
            ["faults"] = faults,
            ["details"] = FactSections.Details(input),
            ["data"] = TimelineData.Json(input, anomalies, selection),
        });
    }

    // One pass: what is filled in is never searched for placeholders.
    private static string Fill(Dictionary<string, string> parts)
    {
        var template = Assets.Template.AsSpan();
        var page = new StringBuilder(1 << 20);
        while (true)
        {
            var start = template.IndexOf("{{");
            if (start < 0) return page.Append(template).ToString();
            page.Append(template[..start]);
            var end = template.IndexOf("}}");
            page.Append(parts[template[(start + 2)..end].ToString()]);
            template = template[(end + 2)..];
        }
    }

    private static string Navigation(bool anomalies, bool faults)
    {
        var links = new List<(string Id, string Name)> { ("timeline", "Timeline"), ("latency", "Latency"), ("rate", "Rate") };
        if (anomalies) links.Insert(0, ("anomalies", "Anomalies"));
        if (faults) links.Add(("faults", "Faults"));
        links.Add(("about", "About"));
        return string.Concat(links.Select(link => $"<a href=\"#{link.Id}\">{link.Name}</a>"));
    }

    private static string TimelineNote(ReportInput input, TimelineSelection selection)
    {
        if (selection.Stride == 1) return "";
        return FormattableString.Invariant(
            $"Sampled: {selection.Operations.Count:#,0} of {input.History.Count:#,0} operations are in this file: all near an anomaly, and one in {selection.Stride} of the others. history.jsonl has them all.");
    }

    private static string ChartSection(string id, Figure figure, SvgChartRenderer renderer) =>
        $"<section id=\"{id}\" aria-labelledby=\"{id}-heading\"><div class=\"heading-row\"><h2 id=\"{id}-heading\">{Markup.Escape(figure.Title)}</h2>" +
        $"<p class=\"sub\">{Markup.Escape(figure.Note ?? "")}</p></div>\n<figure class=\"plot\">{renderer.Render(figure)}</figure></section>\n";
}
