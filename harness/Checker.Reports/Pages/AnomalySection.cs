using System.Globalization;
using System.Text;
using Checker.Checkers;
using Checker.Histories;

namespace Checker.Reports.Pages;

/// <summary>The anomalies in prose, each with its operations, the argument step by step, and the attempts that got stuck.</summary>
internal static class AnomalySection
{
    private const int AnomalyLimit = 100;
    private const int RowLimit = 60;

    /// <summary>The section; empty if there is no anomaly.</summary>
    public static string Html(ReportInput input, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        if (anomalies.Count == 0) return "";
        var text = new OperationText(input.History, input.DataType);
        var html = new StringBuilder("<section id=\"anomalies\" aria-labelledby=\"anomalies-heading\"><div class=\"heading-row\"><h2 id=\"anomalies-heading\">");
        html.Append(anomalies.Count == 1 ? "The anomaly" : "Anomalies").Append("</h2>");
        if (anomalies.Count > AnomalyLimit)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"sub\">The first {AnomalyLimit} of {anomalies.Count:#,0}; results.json has them all.</p>");
        }

        html.Append("</div>\n");
        for (var i = 0; i < Math.Min(AnomalyLimit, anomalies.Count); i++) AppendAnomaly(html, input.History, text, anomalies[i].Model, anomalies[i].Anomaly, i);
        return html.Append("</section>\n").ToString();
    }

    private static void AppendAnomaly(StringBuilder html, History history, OperationText text, string model, Anomaly anomaly, int number)
    {
        var key = anomaly.Key >= 0 && !history.KeyName(anomaly.Key).IsNull ? $" <span class=\"on\">key <code>{Markup.Escape(DisplayText.Of(history.KeyName(anomaly.Key).ToString(), 60))}</code></span>" : "";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"anomaly\" id=\"anomaly-{number}\" aria-labelledby=\"anomaly-{number}-heading\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<header><h3 id=\"anomaly-{number}-heading\">{Markup.Escape(anomaly.Kind)}</h3>{key}<span class=\"on\">breaks {Markup.Escape(model)}</span>");
        html.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" class=\"show\" data-anomaly=\"{number}\">Show on the timeline</button></header>\n");
        html.Append($"<p class=\"prose\">{Markup.Escape(anomaly.Explanation, lines: true)}</p>\n");
        AppendFigure(html, history, text, anomaly);
        AppendEdges(html, history, text, anomaly, open: number == 0);
        AppendOperations(html, history, text, anomaly, open: number == 0);
        AppendPartials(html, history, text, anomaly, number);
        html.Append("</article>\n");
    }

    private static void AppendFigure(StringBuilder html, History history, OperationText text, Anomaly anomaly)
    {
        var figure = AnomalyFigure.Svg(history, text, anomaly);
        if (figure.Length > 0) html.Append("<figure class=\"argument\">").Append(figure).Append("</figure>\n");
    }

    private static void AppendEdges(StringBuilder html, History history, OperationText text, Anomaly anomaly, bool open)
    {
        if (anomaly.Edges.Count == 0) return;
        html.Append($"<details{(open ? " open" : "")}><summary>Step by step</summary>\n<ol class=\"steps\">\n");
        foreach (var edge in anomaly.Edges.Take(RowLimit))
        {
            html.Append($"<li><p class=\"step\">{Reference(history, text, edge.From)} <span class=\"relation\">{Markup.Escape(edge.Relation)}</span> ");
            html.Append($"{Reference(history, text, edge.To)}</p><p>{Markup.Escape(edge.Why, lines: true)}</p></li>\n");
        }

        html.Append("</ol></details>\n");
    }

    private static void AppendOperations(StringBuilder html, History history, OperationText text, Anomaly anomaly, bool open)
    {
        var operations = anomaly.Operations.Where(op => op >= 0 && op < history.Count).Distinct().Order().ToList();
        if (operations.Count == 0) return;
        html.Append($"<details{(open ? " open" : "")}><summary>Operations</summary><div class=\"scroll\"><table class=\"compact\"><thead><tr><th scope=\"col\">Operation</th>");
        html.Append("<th scope=\"col\">Process</th><th scope=\"col\">Outcome</th><th scope=\"col\">Time</th><th scope=\"col\">Line</th></tr></thead><tbody>\n");
        foreach (var op in operations.Take(RowLimit))
        {
            var outcome = OperationText.Outcome(history.Types[op]);
            html.Append($"<tr><td>{Reference(history, text, op)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{history.Process[op]}</td><td><i class=\"swatch {outcome}\"></i>{outcome}");
            if (history.Error(op) is { } error) html.Append($" <span class=\"muted\">{Markup.Escape(DisplayText.Of(error, 120))}</span>");
            html.Append(CultureInfo.InvariantCulture, $"</td><td>{text.Times(op)}</td><td>{Lines(history, op)}</td></tr>\n");
        }

        html.Append("</tbody></table></div>");
        if (operations.Count > RowLimit) html.Append(CultureInfo.InvariantCulture, $"<p class=\"muted\">The first {RowLimit} of {operations.Count:#,0}.</p>");
        html.Append("</details>\n");
    }

    private static void AppendPartials(StringBuilder html, History history, OperationText text, Anomaly anomaly, int number)
    {
        for (var i = 0; i < anomaly.Partials.Count; i++)
        {
            var partial = anomaly.Partials[i];
            var title = anomaly.Partials.Count == 1 ? "Longest attempt" : string.Create(CultureInfo.InvariantCulture, $"Longest attempt {i + 1} of {anomaly.Partials.Count}");
            html.Append(CultureInfo.InvariantCulture, $"<details class=\"attempt\"><summary>{title}: {partial.Order.Count:#,0} operations placed, then stuck</summary>\n");
            html.Append($"<p class=\"prose\">{Markup.Escape(partial.Why, lines: true)}</p>\n<p class=\"order\">");
            const int tail = 12;
            if (partial.Order.Count > tail) html.Append(CultureInfo.InvariantCulture, $"<span class=\"muted\">… {partial.Order.Count - tail:#,0} before</span> ");
            html.AppendJoin(" <span class=\"muted\">→</span> ", partial.Order.TakeLast(tail).Select(op => Reference(history, text, op)));
            html.Append(" <span class=\"muted\">→ stuck:</span> ").AppendJoin(", ", partial.Stuck.Take(tail).Select(op => Reference(history, text, op)));
            html.Append(CultureInfo.InvariantCulture, $"</p><button type=\"button\" class=\"show\" data-anomaly=\"{number}\" data-partial=\"{i}\">Draw on the timeline</button></details>\n");
        }
    }

    private static string Reference(History history, OperationText text, int op) => op < 0 || op >= history.Count
        ? string.Create(CultureInfo.InvariantCulture, $"operation {op}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"<button type=\"button\" class=\"op\" data-op=\"{op}\"><span class=\"p\">p{history.Process[op]}</span> {Markup.Escape(text.Short(op))}</button>");

    private static string Lines(History history, int op) => history.Complete[op] == History.Never
        ? string.Create(CultureInfo.InvariantCulture, $"{history.Line(history.Invoke[op])}")
        : string.Create(CultureInfo.InvariantCulture, $"{history.Line(history.Invoke[op])}, {history.Line(history.Complete[op])}");
}
