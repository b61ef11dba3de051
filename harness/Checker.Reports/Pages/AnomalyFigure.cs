using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Words;
using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>
/// Draws an anomaly: its operations as bars, a row for each process, and the edges of the argument as arrows. Begins and ends are in the
/// order of events, as far apart as the labels need, so that one sees what overlaps and what precedes; the times stand below.
/// </summary>
internal sealed class AnomalyFigure
{
    private const int OperationLimit = 24;
    private const int LongLabel = 28;
    private const int ShortLabel = 18;
    private const double Left = 84;
    private const double Top = 46;
    private const double RowHeight = 68;
    private const double BarHeight = 26;
    private const double CharacterWidth = 7.3;
    private const double TimeWidth = 70;
    private const double MaximumWidth = 1150;

    private readonly History _history;
    private readonly OperationText _text;
    private readonly Anomaly _anomaly;
    private readonly int _labelLimit;
    private readonly List<int> _operations;
    private readonly List<int> _processes;
    private readonly List<int> _events;
    private readonly List<double> _x;
    private readonly HashSet<int> _stuck;
    private readonly List<FigureBox> _occupied;
    private readonly EdgeRoutes _routes;
    private readonly MarkupBuilder _svg = new();
    private readonly MarkupBuilder _labelSvg = new();

    private AnomalyFigure(History history, OperationText text, Anomaly anomaly, List<int> operations, int labelLimit)
    {
        _labelLimit = labelLimit;
        _history = history;
        _text = text;
        _anomaly = anomaly;
        _operations = operations;
        _processes = [.. operations.Select(op => history.Process[op]).Distinct().Order()];
        _events = [.. operations.SelectMany(Events).Distinct().Order()];
        _stuck = Stuck(anomaly);
        _x = Places(gap: TimeWidth * _events.Count > 1100 ? 34 : TimeWidth);
        _occupied = [.. _operations.Select(BoxOf)];
        _routes = new(_occupied.ToList(), 6, Height - 26);
    }

    private double Width => _x[^1] + 44;

    private double Height => Top + (_processes.Count * RowHeight) + 30;

    /// <summary>The figure; empty where there is nothing to draw.</summary>
    public static Fragment Of(History history, OperationText text, Anomaly anomaly)
    {
        var named = anomaly.Edges.SelectMany(edge => (int[])[edge.From, edge.To]).Concat(anomaly.Operations);
        var operations = named.Where(op => op >= 0 && op < history.Count).Distinct().ToList();
        if (operations.Count < 2) return Fragment.Empty;
        // Of too many operations those that are stuck, then those of the argument, then the last that began before what is stuck returned: what came long before
        // says least, and what came after it has no part in it.
        var stuck = Stuck(anomaly);
        var end = stuck.Count == 0 ? History.Never : stuck.Max(op => history.Complete[op]);
        var argued = anomaly.Edges.SelectMany(edge => (int[])[edge.From, edge.To]).ToHashSet();
        List<int> byWeight = [.. operations.OrderBy(op => stuck.Contains(op) ? 0 : argued.Contains(op) ? 1 : history.Invoke[op] < end ? 2 : 3).ThenByDescending(op => op)];
        var shown = Math.Min(OperationLimit, byWeight.Count);
        var figure = new AnomalyFigure(history, text, anomaly, [.. byWeight.Take(shown).Order()], LongLabel);
        for (; figure.Width > MaximumWidth && shown >= Math.Max(6, argued.Count); shown--)
        {
            figure = new(history, text, anomaly, [.. byWeight.Take(shown).Order()], ShortLabel);
        }

        figure.Draw();
        var caption = $"{figure._operations.Count} of {Plural.Of(operations.Count, "operation")}: those nearest to where it is stuck.";
        if (figure._operations.Count < operations.Count) figure._svg.Add($"<figcaption>{caption}</figcaption>");
        return figure._svg.ToFragment();
    }

    private static HashSet<int> Stuck(Anomaly anomaly) => anomaly.Partials.Count > 0 ? [.. anomaly.Partials[0].Stuck] : [];

    // Where each event stands: each some way after the one before, and an end so far from its begin that the label fits in between.
    private List<double> Places(double gap)
    {
        var places = new List<double>(_events.Count);
        foreach (var position in _events)
        {
            var x = places.Count == 0 ? Left + 20 : places[^1] + gap;
            foreach (var op in _operations)
            {
                if (End(op) == position) x = Math.Max(x, places[Slot(_history.Invoke[op])] + LabelWidth(op));
            }

            places.Add(x);
        }

        foreach (var op in _operations)
        {
            // What stays open ends at the right of the drawing.
            if (End(op) == History.Never) places[^1] = Math.Max(places[^1], places[Slot(_history.Invoke[op])] + LabelWidth(op) - 32);
        }

        return places;
    }

    private double LabelWidth(int op) => (Math.Min(_text.Short(op).Length, _labelLimit) * CharacterWidth) + 16;

    private static string N(double value) => SvgPath.Number(value);

    private void Draw()
    {
        _svg.Add($"<svg class=\"graph\" width=\"{N(Width)}\" height=\"{N(Height)}\" viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"img\" ");
        _svg.Add($"aria-label=\"{_anomaly.Kind}: the operations of each process and why which must come before which\">\n");
        for (var row = 0; row < _processes.Count; row++)
        {
            var y = Top + (row * RowHeight) + (BarHeight / 2);
            _svg.Add($"<text class=\"who\" x=\"{N(Left - 14)}\" y=\"{N(y + 4)}\" text-anchor=\"end\">process {_processes[row]}</text>");
            _svg.Add($"<path class=\"rail\" d=\"M{N(Left)} {N(y)}H{N(Width - 8)}\"/>\n");
        }

        AppendTimes();
        foreach (var op in _operations) AppendBar(op);
        var edges = _anomaly.Edges.Where(edge => _operations.Contains(edge.From) && _operations.Contains(edge.To) && edge.From != edge.To);
        // All arrows before the first label, which is to keep off them.
        var ways = edges.Concat(SourceEdges()).Select(edge => (Edge: edge, Curve: _routes.Way(BoxOf(edge.From), BoxOf(edge.To)))).ToList();
        foreach (var (edge, curve) in ways) AppendEdge(edge, curve);
        _svg.Add($"{_labelSvg.ToFragment()}</svg>");
    }

    // What each read returned, where the argument does not name it and only one write can have written it.
    private IEnumerable<Edge> SourceEdges()
    {
        var named = _anomaly.Edges.Where(edge => edge.Relation == "reads-from").Select(edge => edge.To).ToHashSet();
        foreach (var read in _operations)
        {
            if (_history.Functions[read] != Function.Read || _history.Types[read] != OperationType.Ok || named.Contains(read)) continue;
            var write = _operations.FirstOrDefault(op => Wrote(op, read), -1);
            if (write < 0 || Enumerable.Range(0, _history.Count).Any(op => op != write && Wrote(op, read))) continue;
            yield return new Edge(write, read, "reads-from", $"{_text.Short(read)} returned what this write wrote, and no other did");
        }
    }

    private bool Wrote(int op, int read) =>
        _history.Functions[op] == Function.Write && _history.Types[op] != OperationType.Fail && _history.Key[op] == _history.Key[read] &&
        _history.Input[op] == _history.Output[read];

    private IEnumerable<int> Events(int op) => End(op) == History.Never ? [_history.Invoke[op]] : [_history.Invoke[op], End(op)];

    // An operation of which nobody knows stays open.
    private int End(int op) => _history.Types[op] == OperationType.Info ? History.Never : _history.Complete[op];

    private int Slot(int position) => _events.BinarySearch(position);

    private FigureBox BoxOf(int op)
    {
        var from = _x[Slot(_history.Invoke[op])];
        var to = End(op) == History.Never ? Width - 12 : _x[Slot(End(op))];
        return new(from, Top + (_processes.IndexOf(_history.Process[op]) * RowHeight), to - from, BarHeight);
    }

    // As many times as there is room for, the first of those that are too near to each other.
    private void AppendTimes()
    {
        var free = 0.0;
        for (var slot = 0; slot < _events.Count; slot++)
        {
            var x = _x[slot];
            _svg.Add($"<path class=\"when-line\" d=\"M{N(x)} {N(Top - 10)}V{N(Height - 24)}\"/>");
            if (x < free) continue;
            free = x + TimeWidth;
            _svg.Add($"<text class=\"when\" x=\"{N(x)}\" y=\"{N(Height - 10)}\" text-anchor=\"middle\">");
            _svg.Add($"{OperationText.Time(TimeOf(_events[slot]), _events[slot])}</text>\n");
        }
    }

    private long TimeOf(int position)
    {
        foreach (var op in _operations)
        {
            if (_history.Invoke[op] == position) return _history.InvokeTime[op];
            if (_history.Complete[op] == position) return _history.CompleteTime[op];
        }

        return -1;
    }

    private void AppendBar(int op)
    {
        var box = BoxOf(op);
        var outcome = OperationText.Outcome(_history.Types[op]);
        var room = (int)((box.Width - 12) / CharacterWidth);
        var label = Fitting(_text.Short(op, 60), room);
        _svg.Add($"<g class=\"bar {outcome}{(_stuck.Contains(op) ? " stuck" : "")}\" data-op=\"{op}\">");
        _svg.Add($"<title>{_text.Short(op, 300)}, {outcome}, {_text.Times(op)}</title>");
        _svg.Add($"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" rx=\"4\"/>");
        // In a bar that stays open, at its begin, which is in sight.
        var middle = End(op) == History.Never ? box.X + 8 + (label.Length * CharacterWidth / 2) : box.MiddleX;
        _svg.Add($"<text x=\"{N(middle)}\" y=\"{N(box.Y + 17.5)}\" text-anchor=\"middle\">{label}</text></g>\n");
    }

    private static string Fitting(string label, int room) => label.Length <= room ? label : room < 3 ? "" : label[..(room - 1)] + "…";

    // Above the bars, with a rim in the colour of the page: an arrow that has to cross something stays whole.
    private void AppendEdge(Edge edge, FigureCurve curve)
    {
        var tone = edge.Relation switch { "real-time" or "program-order" => "order", "reads-from" => "from", _ => "forced" };
        _svg.Add($"<g class=\"edge {tone}\"><title>{edge.Relation}: {edge.Why}</title><path class=\"rim\" d=\"{curve.Path}\"/>");
        _svg.Add($"<path class=\"way\" d=\"{curve.Path}\"/><path class=\"head\" d=\"{curve.Head}\"/></g>\n");
        AppendLabel(edge.Relation, tone, curve);
    }

    // On the curve, or a little beside it, where it covers no bar and no other label if there is such a place.
    private void AppendLabel(string relation, string tone, FigureCurve curve)
    {
        var width = (relation.Length * 6.4) + 10;
        // Beside a straight arrow, which it would hide.
        double[] beside = curve.P0.Y == curve.P3.Y && curve.P1.Y == curve.P0.Y ? [-24, 24, -38, 38] : [0, -18, 18, -30, 30];
        var places = beside.SelectMany(aside => ((double[])[0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8])
            .Select(t => LabelAt(curve.At(t), width, aside)));
        var inside = places.Where(place => place.X >= Left && place.Right <= Width && place.Y >= 0).ToList();
        var box = inside.Count == 0
            ? LabelAt(curve.At(0.5), width, beside[0])
            : inside.MinBy(place => (10 * _occupied.Count(place.Overlaps)) + _routes.Crossing(place, curve));
        _occupied.Add(box);
        _labelSvg.Add($"<g class=\"relation-label {tone}\">");
        _labelSvg.Add($"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"16\" rx=\"3\"/>");
        _labelSvg.Add($"<text x=\"{N(box.MiddleX)}\" y=\"{N(box.Y + 12)}\" text-anchor=\"middle\">{relation}</text></g>\n");
    }

    private static FigureBox LabelAt(ChartPoint middle, double width, double aside) => new(middle.X - (width / 2), middle.Y - 8 + aside, width, 16);
}
