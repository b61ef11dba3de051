using Checker.Checkers;
using Checker.Histories;
using Checker.Reports.Charts;

namespace Checker.Reports.Pages;

/// <summary>
/// Draws an anomaly: its operations as bars, a row for each process, and the edges of the argument as arrows. Begins and ends are in the
/// order of events and evenly spaced, so that one sees what overlaps and what precedes; the times stand below.
/// </summary>
internal sealed class AnomalyFigure
{
    private const int OperationLimit = 14;
    private const double Left = 84;
    private const double Top = 42;
    private const double RowHeight = 68;
    private const double BarHeight = 26;
    private const double CharacterWidth = 7.3;
    private const double MaximumWidth = 1150;

    private readonly History _history;
    private readonly OperationText _text;
    private readonly Anomaly _anomaly;
    private readonly List<int> _operations;
    private readonly List<int> _processes;
    private readonly List<int> _events;
    private readonly HashSet<int> _stuck;
    private readonly List<Box> _occupied = [];
    private readonly MarkupBuilder _svg = new();
    private readonly MarkupBuilder _labelSvg = new();
    private readonly double _step;

    private AnomalyFigure(History history, OperationText text, Anomaly anomaly, List<int> operations)
    {
        _history = history;
        _text = text;
        _anomaly = anomaly;
        _operations = operations;
        _processes = [.. operations.Select(op => history.Process[op]).Distinct().Order()];
        _events = [.. operations.SelectMany(Events).Distinct().Order()];
        _stuck = anomaly.Partials.Count > 0 ? [.. anomaly.Partials[0].Stuck] : [];
        var wanted = operations.Max(op => LabelWidth(op) / Math.Max(1, Slot(End(op)) - Slot(history.Invoke[op])));
        _step = Math.Min(Math.Clamp(wanted, 62, 170), (MaximumWidth - Left - 40) / _events.Count);
    }

    private double Width => Left + (_events.Count * _step) + 40;

    private double Height => Top + (_processes.Count * RowHeight) + 30;

    /// <summary>The figure; empty where there is nothing to draw.</summary>
    public static Fragment Of(History history, OperationText text, Anomaly anomaly)
    {
        var named = anomaly.Edges.SelectMany(edge => (int[])[edge.From, edge.To]).Concat(anomaly.Operations);
        var operations = named.Where(op => op >= 0 && op < history.Count).Distinct().ToList();
        if (operations.Count < 2) return Fragment.Empty;
        var figure = new AnomalyFigure(history, text, anomaly, [.. operations.Take(OperationLimit).Order()]);
        figure.Draw();
        if (operations.Count > OperationLimit)
        {
            figure._svg.Add($"<figcaption>The first {OperationLimit} of {operations.Count:#,0} operations.</figcaption>");
        }

        return figure._svg.ToFragment();
    }

    private double LabelWidth(int op) => (_text.Short(op, 28).Length * CharacterWidth) + 16;

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
        _occupied.AddRange(_operations.Select(BoxOf));
        foreach (var edge in _anomaly.Edges)
        {
            if (_operations.Contains(edge.From) && _operations.Contains(edge.To) && edge.From != edge.To) AppendEdge(edge);
        }

        foreach (var edge in SourceEdges()) AppendEdge(edge);
        foreach (var op in _operations) AppendBar(op);
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

    private int Slot(int position) => position == History.Never ? _events.Count : _events.BinarySearch(position);

    private Box BoxOf(int op)
    {
        var from = Left + ((Slot(_history.Invoke[op]) + 0.5) * _step);
        var to = End(op) == History.Never ? Width - 12 : Left + ((Slot(End(op)) + 0.5) * _step);
        return new(from, Top + (_processes.IndexOf(_history.Process[op]) * RowHeight), to - from, BarHeight);
    }

    private void AppendTimes()
    {
        if (_step < 58) return;
        for (var slot = 0; slot < _events.Count; slot++)
        {
            var x = Left + ((slot + 0.5) * _step);
            _svg.Add($"<path class=\"when-line\" d=\"M{N(x)} {N(Top - 10)}V{N(Height - 24)}\"/>");
            _svg.Add($"<text class=\"when\" x=\"{N(x)}\" y=\"{N(Height - 10)}\" text-anchor=\"middle\">");
            _svg.Add($"{_text.Time(TimeOf(_events[slot]), _events[slot])}</text>\n");
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
        _svg.Add($"<g class=\"bar {outcome}{(_stuck.Contains(op) ? " stuck" : "")}\" data-op=\"{op}\">");
        _svg.Add($"<title>{_text.Short(op, 300)}, {outcome}, {_text.Times(op)}</title>");
        _svg.Add($"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" rx=\"4\"/>");
        _svg.Add($"<text x=\"{N(box.MiddleX)}\" y=\"{N(box.Y + 17.5)}\" text-anchor=\"middle\">");
        _svg.Add($"{Fitting(_text.Short(op, 60), room)}</text></g>\n");
    }

    private static string Fitting(string label, int room) => label.Length <= room ? label : room < 3 ? "" : label[..(room - 1)] + "…";

    private void AppendEdge(Edge edge)
    {
        var (a, b) = (BoxOf(edge.From), BoxOf(edge.To));
        var tone = edge.Relation switch { "real-time" or "program-order" => "order", "reads-from" => "from", _ => "forced" };
        var (curve, dx, dy) = Way(a, b);
        _svg.Add($"<g class=\"edge {tone}\"><title>{edge.Relation}: {edge.Why}</title><path d=\"{curve.Path}\"/>");
        var (x, y) = (N(curve.P3.X), N(curve.P3.Y));
        if (dx != 0) _svg.Add($"<path class=\"head\" d=\"M{x} {y}l-8 -4v8z\"/></g>\n");
        else _svg.Add($"<path class=\"head\" d=\"M{x} {y}l-4 {N(-8 * dy)}h8z\"/></g>\n");
        AppendLabel(edge.Relation, tone, curve);
    }

    // The way from one bar to another, and the direction in which it arrives.
    private static (Curve Curve, int Dx, int Dy) Way(Box a, Box b)
    {
        if (b.X >= a.Right - 0.5)
        {
            var reach = a.Y == b.Y ? 0 : Math.Max(26, (b.X - a.Right) / 2);
            return (new(new(a.Right, a.MiddleY), new(a.Right + reach, a.MiddleY), new(b.X - reach, b.MiddleY), new(b.X, b.MiddleY)), 1, 0);
        }

        var down = b.Y > a.Y;
        if (a.Y == b.Y || b.Right < a.X)
        {
            // Back in time: around the far side, so that it does not lie on the way there.
            var above = down || a.Y == b.Y;
            var level = above ? a.Y - 34 : a.Bottom + 34;
            ChartPoint from = new(a.MiddleX, above ? a.Y : a.Bottom), to = new(b.MiddleX, above ? b.Y : b.Bottom);
            return (new(from, new(a.MiddleX, level), new(b.MiddleX, level), to), 0, above ? 1 : -1);
        }

        var (start, end) = down ? (a.Bottom, b.Y) : (a.Y, b.Bottom);
        var middle = (start + end) / 2;
        return (new(new(a.MiddleX, start), new(a.MiddleX, middle), new(b.MiddleX, middle), new(b.MiddleX, end)), 0, down ? 1 : -1);
    }

    // On the curve, where it covers no bar and no other label if there is such a place.
    private void AppendLabel(string relation, string tone, Curve curve)
    {
        var width = (relation.Length * 6.4) + 10;
        var places = ((double[])[0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]).Select(t => LabelAt(curve.At(t), width)).ToList();
        if (curve.P0.Y == curve.P3.Y && curve.P1.Y == curve.P0.Y) places.InsertRange(0, [places[0] with { Y = places[0].Y - 22 }]);
        var box = places.FirstOrDefault(place => !_occupied.Any(place.Overlaps), places[0]);
        _occupied.Add(box);
        _labelSvg.Add($"<g class=\"relation-label {tone}\">");
        _labelSvg.Add($"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"16\" rx=\"3\"/>");
        _labelSvg.Add($"<text x=\"{N(box.MiddleX)}\" y=\"{N(box.Y + 12)}\" text-anchor=\"middle\">{relation}</text></g>\n");
    }

    private static Box LabelAt(ChartPoint middle, double width) => new(middle.X - (width / 2), middle.Y - 8, width, 16);

    private readonly record struct Curve(ChartPoint P0, ChartPoint P1, ChartPoint P2, ChartPoint P3)
    {
        public string Path => $"M{N(P0.X)} {N(P0.Y)}C{N(P1.X)} {N(P1.Y)} {N(P2.X)} {N(P2.Y)} {N(P3.X)} {N(P3.Y)}";

        public ChartPoint At(double t)
        {
            var (a, b, c, d) = (Math.Pow(1 - t, 3), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            return new((a * P0.X) + (b * P1.X) + (c * P2.X) + (d * P3.X), (a * P0.Y) + (b * P1.Y) + (c * P2.Y) + (d * P3.Y));
        }
    }

    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public double Right => X + Width;

        public double Bottom => Y + Height;

        public double MiddleX => X + (Width / 2);

        public double MiddleY => Y + (Height / 2);

        public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
    }
}
