using Checker.Checkers;
using Checker.Checkers.Lattice;

namespace Checker.Reports.Pages;

/// <summary>Where the history stands among the models: the strongest that hold, the weakest that break, and the drawing.</summary>
internal static class LatticeSection
{
    /// <summary>The section; empty if the history was not classified.</summary>
    public static Fragment Of(ReportInput input, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        if (input.Classification is not { } found) return Fragment.Empty;
        var html = new MarkupBuilder();
        html.Add($"<section id=\"lattice\" aria-labelledby=\"lattice-heading\"><div class=\"heading-row\">");
        html.Add($"<h2 id=\"lattice-heading\">Where the history stands</h2>");
        html.Add($"<p class=\"sub\">Each model implies those it has a line down to. Click a violated one to see by what.</p></div>\n");
        html.Add($"<dl class=\"facts\"><dt>Strongest satisfied</dt><dd>{Names(found.StrongestSatisfied, anomalies)}</dd>");
        html.Add($"<dt>Weakest violated</dt><dd>{Names(found.WeakestViolated, anomalies)}</dd>");
        foreach (var group in found.Undecided.GroupBy(placement => placement.Verdict!.Reason ?? "unknown"))
        {
            html.Add($"<dt>Not decided</dt><dd>{Names([.. group], anomalies)}: {group.Key:lines}</dd>");
        }

        if (found.NotJudged.Count > 0) html.Add($"<dt>Not defined for {input.DataType.Name}</dt><dd>{Names(found.NotJudged, anomalies)}</dd>");

        html.Add($"</dl>\n<figure class=\"argument\">{LatticeFigure.Of(found, anomalies)}\n{LatticeFigure.Tree(found, anomalies)}</figure></section>\n");
        return html.ToFragment();
    }

    private static Fragment Names(IReadOnlyList<Placement> placements, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies)
    {
        if (placements.Count == 0) return new("none");
        return Fragment.Join(new(", "), placements.Select(placement =>
        {
            var number = placement.Kind == VerdictKind.Invalid ? ShownAnomalies.FirstOf(anomalies, placement.Model) : -1;
            var name = new MarkupBuilder();
            if (number < 0) return name.Add($"{placement.Model}").ToFragment();
            name.Add($"<a href=\"#anomaly-{number}\">{placement.Model}</a> ({anomalies[number].Anomaly.Kind})");
            return name.ToFragment();
        }));
    }
}
