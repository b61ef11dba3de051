using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Words;

namespace Checker.Reports.Pages;

/// <summary>The anomalies in prose, each with its drawing, its operations, the argument step by step, and the attempts that got stuck.</summary>
internal sealed class AnomalySection
{
    private const int AnomalyLimit = 100;
    private const int RowLimit = 60;
    private const int PlacedLimit = 12;

    private readonly MarkupBuilder _html = new();
    private readonly History _history;
    private readonly OperationText _text;

    private AnomalySection(ReportInput input)
    {
        _history = input.History;
        _text = new OperationText(input.History, input.DataType);
    }

    /// <summary>The section; empty if there is no anomaly.</summary>
    public static Fragment Of(ReportInput input, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        if (anomalies.Count == 0) return Fragment.Empty;
        var section = new AnomalySection(input);
        var html = section._html;
        html.Add($"<section id=\"anomalies\" aria-labelledby=\"anomalies-heading\"><div class=\"heading-row\">");
        html.Add($"<h2 id=\"anomalies-heading\">{(anomalies.Count == 1 ? "The anomaly" : "Anomalies")}</h2>");
        if (anomalies.Count > AnomalyLimit)
        {
            html.Add($"<p class=\"sub\">The first {AnomalyLimit} of {anomalies.Count:#,0}; results.json has them all.</p>");
        }

        html.Add($"</div>\n");
        for (var i = 0; i < Math.Min(AnomalyLimit, anomalies.Count); i++) section.AddAnomaly(anomalies[i].Model, anomalies[i].Anomaly, i);
        return html.Add($"</section>\n").ToFragment();
    }

    private void AddAnomaly(string model, Anomaly anomaly, int number)
    {
        _html.Add($"<article class=\"anomaly\" id=\"anomaly-{number}\" aria-labelledby=\"anomaly-{number}-heading\">\n");
        _html.Add($"<header><h3 id=\"anomaly-{number}-heading\">{anomaly.Kind}</h3>");
        if (anomaly.Key >= 0 && !_history.KeyName(anomaly.Key).IsNull)
        {
            _html.Add($" <span class=\"on\">key <code>{DisplayText.Of(_history.KeyName(anomaly.Key).ToString(), 60)}</code></span>");
        }

        _html.Add($"<span class=\"on\">breaks {model}</span>");
        _html.Add($"<button type=\"button\" class=\"show\" data-anomaly=\"{number}\">Show on the timeline</button></header>\n");
        _html.Add($"<p class=\"prose\">{Sentence(anomaly.Explanation):lines}</p>\n");
        var figure = AnomalyFigure.Of(_history, _text, anomaly);
        if (!figure.IsEmpty) _html.Add($"<figure class=\"argument\">{figure}</figure>\n");
        AddEdges(anomaly, open: number == 0);
        AddOperations(anomaly, open: number == 0);
        for (var i = 0; i < anomaly.Partials.Count; i++) AddAttempt(anomaly, number, i);
        _html.Add($"</article>\n");
    }

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void AddEdges(Anomaly anomaly, bool open)
    {
        if (anomaly.Edges.Count == 0) return;
        _html.Add($"<details{(open ? " open" : "")}><summary>Step by step</summary>\n<ol class=\"steps\">\n");
        foreach (var edge in anomaly.Edges.Take(RowLimit))
        {
            _html.Add($"<li><p class=\"step\">{Reference(edge.From)} <span class=\"relation\">{edge.Relation}</span> {Reference(edge.To)}</p>");
            _html.Add($"<p>{edge.Why:lines}</p></li>\n");
        }

        _html.Add($"</ol></details>\n");
    }

    private void AddOperations(Anomaly anomaly, bool open)
    {
        var operations = anomaly.Operations.Where(op => op >= 0 && op < _history.Count).Distinct().Order().ToList();
        if (operations.Count == 0) return;
        _html.Add($"<details{(open ? " open" : "")}><summary>Operations</summary><div class=\"scroll\"><table class=\"compact\"><thead><tr>");
        _html.Add($"<th scope=\"col\">Operation</th><th scope=\"col\">Process</th><th scope=\"col\">Outcome</th>");
        _html.Add($"<th scope=\"col\">Time</th><th scope=\"col\">Line</th></tr></thead><tbody>\n");
        foreach (var op in operations.Take(RowLimit))
        {
            var outcome = OperationText.Outcome(_history.Types[op]);
            _html.Add($"<tr><td>{Reference(op)}</td><td>{_history.Process[op]}</td><td><i class=\"swatch {outcome}\"></i>{outcome}");
            if (_history.Error(op) is { } error) _html.Add($" <span class=\"muted\">{DisplayText.Of(error, 120)}</span>");
            _html.Add($"</td><td>{_text.Times(op)}</td><td>{_history.Line(_history.Invoke[op])}");
            if (_history.Complete[op] != History.Never) _html.Add($", {_history.Line(_history.Complete[op])}");
            _html.Add($"</td></tr>\n");
        }

        _html.Add($"</tbody></table></div>");
        if (operations.Count > RowLimit) _html.Add($"<p class=\"muted\">The first {RowLimit} of {operations.Count:#,0}.</p>");
        _html.Add($"</details>\n");
    }

    private void AddAttempt(Anomaly anomaly, int number, int attempt)
    {
        var partial = anomaly.Partials[attempt];
        _html.Add($"<details class=\"attempt\"><summary>Longest attempt");
        if (anomaly.Partials.Count > 1) _html.Add($" {attempt + 1} of {anomaly.Partials.Count}");
        _html.Add($": {Plural.Of(partial.Order.Count, "operation")} placed, then stuck</summary>\n");
        _html.Add($"<p class=\"prose\">{partial.Why:lines}</p>\n<p class=\"order\">");
        if (partial.Order.Count > PlacedLimit) _html.Add($"<span class=\"muted\">… {partial.Order.Count - PlacedLimit:#,0} before</span> ");
        _html.Add(Fragment.Join(new(" <span class=\"muted\">→</span> "), partial.Order.TakeLast(PlacedLimit).Select(Reference)));
        _html.Add($" <span class=\"muted\">→ stuck:</span> {Fragment.Join(new(", "), partial.Stuck.Take(PlacedLimit).Select(Reference))}</p>");
        _html.Add($"<button type=\"button\" class=\"show\" data-anomaly=\"{number}\" data-partial=\"{attempt}\">");
        _html.Add($"Draw on the timeline</button></details>\n");
    }

    private Fragment Reference(int op)
    {
        var html = new MarkupBuilder();
        if (op < 0 || op >= _history.Count) return html.Add($"operation {op}").ToFragment();
        html.Add($"<button type=\"button\" class=\"op\" data-op=\"{op}\"><span class=\"p\">p{_history.Process[op]}</span> ");
        html.Add($"{_text.Short(op)}</button>");
        return html.ToFragment();
    }
}
