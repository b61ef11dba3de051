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
        var anomalies = ShownAnomalies.Of(input);
        var selection = TimelineSelection.Of(input.History, [.. anomalies.Select(entry => entry.Anomaly)]);
        var renderer = new SvgChartRenderer(standalone: false);
        var latency = ChartSection("latency", LatencyPlot.Of(input.History), renderer);
        var rate = ChartSection("rate", RatePlot.Of(input.History), renderer);
        var faults = FactSections.Faults(input).Markup;
        return Fill(new Dictionary<string, string>
        {
            ["title"] = Markup.Escape($"{Banner.Word(input)} · {Banner.Title(input)}"),
            ["style"] = Assets.Style,
            ["script"] = Assets.Script,
            ["script-hash"] = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assets.Script))),
            ["nav"] = Navigation(input, anomalies.Count > 0, faults.Length > 0),
            ["banner"] = Banner.Of(input).Markup,
            ["notices"] = FactSections.Notices(input).Markup,
            ["models"] = ModelSection.Of(input).Markup,
            ["lattice"] = LatticeSection.Of(input, anomalies).Markup,
            ["anomalies"] = AnomalySection.Of(input, anomalies).Markup,
            ["timeline-note"] = TimelineNote(input, selection),
            ["charts"] = StalenessSection.Of(input).Markup + latency.Markup + rate.Markup,
            ["faults"] = faults,
            ["details"] = FactSections.Details(input).Markup,
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

    private static string Navigation(ReportInput input, bool anomalies, bool faults)
    {
        var links = new List<(string Id, string Name)> { ("timeline", "Timeline"), ("latency", "Latency"), ("rate", "Rate") };
        if (input.Staleness is { Summary.Reads: > 0 }) links.Insert(1, ("staleness", "Staleness"));
        if (anomalies) links.Insert(0, ("anomalies", "Anomalies"));
        if (input.Classification is not null) links.Insert(0, ("lattice", "Models"));
        if (faults) links.Add(("faults", "Faults"));
        links.Add(("about", "About"));
        return string.Concat(links.Select(link => $"<a href=\"#{link.Id}\">{link.Name}</a>"));
    }

    private static string TimelineNote(ReportInput input, TimelineSelection selection)
    {
        if (selection.Stride == 1) return "";
        return new MarkupBuilder()
            .Add($"Sampled: {selection.Operations.Count:#,0} of {input.History.Count:#,0} operations are in this file, all near an anomaly and ")
            .Add($"one in {selection.Stride} of the others. The history file has them all.").ToString();
    }

    private static Fragment ChartSection(string id, Figure figure, SvgChartRenderer renderer) => new MarkupBuilder()
        .Add($"<section id=\"{id}\" aria-labelledby=\"{id}-heading\"><div class=\"heading-row\"><h2 id=\"{id}-heading\">{figure.Title}</h2>")
        .Add($"<p class=\"sub\">{figure.Note}</p></div>\n<figure class=\"plot\">{new Fragment(renderer.Render(figure))}</figure></section>\n")
        .ToFragment();
}
