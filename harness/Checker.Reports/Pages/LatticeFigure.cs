using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>
/// Draws the lattice of models: each a box with its verdict, a line down to each model that it implies; on narrow screens as a tree. What was
/// found decides the colours and the signs, so that the drawing reads without colours as well; the strongest satisfied and the weakest violated
/// models are filled.
/// </summary>
internal sealed class LatticeFigure
{
    private const double BoxHeight = 44;
    private const double LayerGap = 40;
    private const double NodeGap = 20;
    private const double Margin = 6;
    private const double NameWidth = 7.7;
    private const double NoteWidth = 5.9;

    private readonly MarkupBuilder _svg = new();
    private readonly Dictionary<string, Placement> _placements;
    private readonly HashSet<string> _extremes;
    private readonly IReadOnlyList<(string Model, Anomaly Anomaly)> _anomalies;
    private readonly LatticeLayout _layout;

    private LatticeFigure(Classification classification, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        _placements = classification.Placements.ToDictionary(placement => placement.Model);
        _extremes = [.. classification.StrongestSatisfied.Concat(classification.WeakestViolated).Select(placement => placement.Model)];
        _anomalies = anomalies;
        _layout = LatticeLayout.Of(WidthOf, NodeGap);
    }

    private double Width => _layout.Width + (2 * Margin);

    private double Height => (_layout.Layers * (BoxHeight + LayerGap)) - LayerGap + (2 * Margin);

    /// <summary>The drawing as one SVG element.</summary>
    /// <param name="classification">What is known of each model.</param>
    /// <param name="anomalies">The page's anomalies: a model with one is a link to it.</param>
    public static Fragment Of(Classification classification, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        var figure = new LatticeFigure(classification, anomalies);
        figure.Draw();
        return figure._svg.ToFragment();
    }

    /// <summary>The same as a tree of lines, for screens that are too narrow for the drawing.</summary>
    public static Fragment Tree(Classification classification, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        var (tree, figure, html) = (new LatticeTree(), new LatticeFigure(classification, anomalies), new MarkupBuilder());
        html.Add($"<ol class=\"lattice-tree\">\n");
        foreach (var (branch, model) in tree.Lines)
        {
            var placement = figure._placements[model];
            var kind = ReportOutcomes.Name(placement.Kind) + (figure._extremes.Contains(model) ? " extreme" : "");
            var anomaly = figure.AnomalyOf(placement);
            html.Add($"<li class=\"{kind}\"><span class=\"branch\">{branch}</span>");
            if (anomaly >= 0) html.Add($"<a class=\"name\" href=\"#anomaly-{anomaly}\" data-anomaly=\"{anomaly}\">{SignOf(placement.Kind)} {model}</a>");
            else html.Add($"<span class=\"name\">{SignOf(placement.Kind)} {model}</span>");
            html.Add($" <span class=\"why\">{figure.NoteOf(placement).Replace("follows from", "since", StringComparison.Ordinal)}</span></li>\n");
        }

        var others = tree.Others.Select(other => $"{other.Key} implies {string.Join(" and ", other)}");
        return html.Add($"<li class=\"why\">Also: {string.Join("; ", others)}.</li></ol>\n").ToFragment();
    }

    private int AnomalyOf(Placement placement) =>
        placement.Kind == VerdictKind.Invalid ? ShownAnomalies.FirstOf(_anomalies, placement.ImpliedBy ?? placement.Model) : -1;

    private static string N(double value) => SvgPath.Number(value);

    private static double TopOf(int layer) => Margin + (layer * (BoxHeight + LayerGap));

    private double WidthOf(string model) => Math.Max((model.Length + 2) * NameWidth, NoteOf(_placements[model]).Length * NoteWidth) + 22;

    private string NoteOf(Placement placement)
    {
        if (_extremes.Contains(placement.Model)) return placement.Kind == VerdictKind.Valid ? "strongest satisfied" : "weakest violated";
        if (placement.ImpliedBy is { } other) return $"follows from {other}";
        if (placement.Kind != VerdictKind.Unknown) return ReportOutcomes.Name(placement.Kind);
        return placement.Verdict is null ? "not defined" : "not decided";
    }

    private static string SignOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "✓",
        VerdictKind.Invalid => "✗",
        _ => "?",
    };

    private void Draw()
    {
        _svg.Add($"<svg class=\"lattice\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(Width)}\" height=\"{N(Height)}\" ");
        _svg.Add($"viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"group\" aria-label=\"The consistency models, each above those it implies\">\n");
        var layers = _layout.Nodes.ToDictionary(node => node.Model, node => node.Layer);
        foreach (var edge in _layout.Edges) AddEdge(edge, layers[edge.Stronger]);
        foreach (var node in _layout.Nodes) AddNode(node);
        _svg.Add($"</svg>");
    }

    private void AddEdge(LatticeEdge edge, int layer)
    {
        var used = _placements[edge.Stronger].Kind == VerdictKind.Valid ? "valid"
            : _placements[edge.Weaker].Kind == VerdictKind.Invalid ? "invalid" : "open";
        var x = edge.Route.Select(at => at + Margin).ToList();
        _svg.Add($"<path class=\"implies {used}\" data-from=\"{edge.Stronger}\" data-to=\"{edge.Weaker}\" d=\"M{N(x[0])} {N(TopOf(layer) + BoxHeight)}");
        for (var i = 1; i < x.Count; i++)
        {
            var (from, to) = (TopOf(layer + i - 1) + BoxHeight, TopOf(layer + i));
            // Past the boxes of a layer in between straight down.
            if (i > 1) _svg.Add($"V{N(from)}");
            var middle = (from + to) / 2;
            _svg.Add($"C{N(x[i - 1])} {N(middle)} {N(x[i])} {N(middle)} {N(x[i])} {N(to)}");
        }

        _svg.Add($"\"><title>{edge.Stronger} implies {edge.Weaker}</title></path>\n");
    }

    private void AddNode(LatticeNode node)
    {
        var placement = _placements[node.Model];
        var (x, y) = (node.X + Margin, TopOf(node.Layer));
        var anomaly = AnomalyOf(placement);
        var kind = ReportOutcomes.Name(placement.Kind) + (_extremes.Contains(node.Model) ? " extreme" : "");
        if (anomaly >= 0) _svg.Add($"<a href=\"#anomaly-{anomaly}\" class=\"model {kind}\" data-model=\"{node.Model}\" data-anomaly=\"{anomaly}\">");
        else _svg.Add($"<g class=\"model {kind}\" data-model=\"{node.Model}\">");
        _svg.Add($"<title>{TitleOf(placement, anomaly):lines}</title>");
        _svg.Add($"<rect x=\"{N(x - (node.Width / 2))}\" y=\"{N(y)}\" width=\"{N(node.Width)}\" height=\"{N(BoxHeight)}\" rx=\"7\"/>");
        _svg.Add($"<text class=\"name\" x=\"{N(x)}\" y=\"{N(y + 19)}\" text-anchor=\"middle\">{SignOf(placement.Kind)} {node.Model}</text>");
        _svg.Add($"<text class=\"why\" x=\"{N(x)}\" y=\"{N(y + 35)}\" text-anchor=\"middle\">{NoteOf(placement)}</text>");
        if (anomaly >= 0) _svg.Add($"</a>\n");
        else _svg.Add($"</g>\n");
    }

    private string TitleOf(Placement placement, int anomaly)
    {
        var title = $"{placement.Model}: {ReportOutcomes.Name(placement.Kind)}";
        if (placement.ImpliedBy is { } other) title += $", since {other} is";
        else if (placement.Verdict is { } verdict) title += $", decided by {verdict.Algorithm}";
        if (anomaly >= 0) title += $"\n{_anomalies[anomaly].Anomaly.Kind}: {DisplayText.Of(_anomalies[anomaly].Anomaly.Explanation, 400)}";
        if (placement is { Kind: VerdictKind.Unknown, Verdict.Reason: { } reason }) title += $"\n{DisplayText.Of(reason, 400)}";
        return title;
    }
}
