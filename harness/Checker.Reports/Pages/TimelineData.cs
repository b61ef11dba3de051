using System.Globalization;
using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Values;
using Newtonsoft.Json;

namespace Checker.Reports.Pages;

/// <summary>
/// The data of the timeline as JSON that is safe inside an HTML script element: operations in byte columns (see <see cref="ByteColumn"/>),
/// texts escaped so that no <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> or character beyond ASCII is left.
/// </summary>
internal sealed class TimelineData
{
    private const int ErrorLimit = 400;
    private const int OrderLimit = 20_000;

    private readonly ReportInput _input;
    private readonly History _history;
    private readonly IReadOnlyList<(string Model, Anomaly Anomaly)> _anomalies;
    private readonly TimelineSelection _selection;
    private readonly JsonTextWriter _json;

    private TimelineData(
        ReportInput input, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies, TimelineSelection selection, JsonTextWriter json)
    {
        _input = input;
        _history = input.History;
        _anomalies = anomalies;
        _selection = selection;
        _json = json;
    }

    /// <summary>The JSON.</summary>
    public static string Json(ReportInput input, IReadOnlyList<(string Model, Anomaly Anomaly)> anomalies, TimelineSelection selection)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = new JsonTextWriter(text) { Culture = CultureInfo.InvariantCulture })
        {
            json.StringEscapeHandling = StringEscapeHandling.EscapeHtml;
            new TimelineData(input, anomalies, selection, json).Write();
        }

        return Harmless(text.ToString());
    }

    // EscapeHtml leaves characters beyond ASCII; in JSON text outside strings there are none.
    private static string Harmless(string json)
    {
        if (System.Text.Ascii.IsValid(json)) return json;
        var escaped = new System.Text.StringBuilder(json.Length + 64);
        foreach (var c in json)
        {
            _ = c < 0x7F ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return escaped.ToString();
    }

    private void Write()
    {
        var lanes = Lanes.Of(_history);
        var hasTimes = _history.Count > 0 && !_history.InvokeTime.Contains(-1L);
        _json.WriteStartObject();
        Number("total", _history.Count);
        Number("count", _selection.Operations.Count);
        Number("events", _history.EventCount);
        _json.WritePropertyName("times");
        _json.WriteValue(hasTimes);
        var type = _history.Type ?? _input.DataType;
        Texts("functions", Enumerable.Range(0, MaximumFunction() + 1).Select(code => FunctionNames.Of((Function)code, type)));
        Texts("lanes", lanes.Labels);
        WriteColumns(lanes);
        WriteFaults();
        WriteAnomalies();
        if (Order() is { } order) Numbers("order", order);
        _json.WriteEndObject();
    }

    private static string KeyText(Value key) =>
        key.IsNull ? "" : DisplayText.Of(key.Kind == ValueKind.String ? key.AsString() : key.ToString(), 200);

    private int MaximumFunction()
    {
        var maximum = 0;
        foreach (var function in _history.Functions) maximum = Math.Max(maximum, (int)function);
        return maximum;
    }

    private void WriteColumns(Lanes lanes)
    {
        var important = _anomalies.Select(entry => entry.Anomaly)
            .SelectMany(anomaly => anomaly.Operations.Concat(anomaly.Partials.SelectMany(partial => partial.Stuck))).ToHashSet();
        var pool = new TextPool(_history.Values);
        var errors = new Dictionary<string, int>();
        var keys = new Dictionary<int, int>();
        var columns = Names.ToDictionary(name => name, _ => new ByteColumn());
        var (previousOp, previousInvoke, previousStart, previousLine) = (-1, -1, 0L, 0);
        foreach (var op in _selection.Operations)
        {
            var (invoke, complete) = (_history.Invoke[op], _history.Complete[op]);
            var (start, end) = (_history.InvokeTime[op], _history.CompleteTime[op]);
            columns["op"].Add(op - previousOp - 1);
            columns["process"].Add(_history.Process[op]);
            columns["lane"].Add(lanes[_history.Process[op]]);
            columns["kind"].Add(((int)_history.Functions[op] << 2) | (int)_history.Types[op]);
            columns["key"].Add(NumberOf(keys, _history.Key[op]));
            columns["invoke"].Add(invoke - previousInvoke - 1);
            columns["complete"].Add(complete == History.Never ? 0 : complete - invoke);
            columns["start"].AddSigned(start - previousStart);
            columns["duration"].Add(end < 0 ? 0 : 1 + Math.Max(0, end - start));
            columns["line"].AddSigned(_history.Line(invoke) - previousLine - (invoke - previousInvoke));
            pool.Write(columns["input"], _history.Input[op], important.Contains(op));
            pool.Write(columns["output"], _history.Output[op], important.Contains(op));
            columns["error"].Add(_history.Error(op) is { } error ? 1 + NumberOf(errors, error) : 0);
            (previousOp, previousInvoke, previousStart, previousLine) = (op, invoke, start, _history.Line(invoke));
        }

        _json.WritePropertyName("columns");
        _json.WriteStartObject();
        foreach (var name in Names) Text(name, columns[name].ToBase64());
        _json.WriteEndObject();
        Texts("keys", keys.OrderBy(entry => entry.Value).Select(entry => KeyText(_history.KeyName(entry.Key))));
        Texts("values", pool.Texts);
        Texts("errors", errors.OrderBy(entry => entry.Value).Select(entry => DisplayText.Of(entry.Key, ErrorLimit)));
        Number("cut", pool.Cut);
    }

    private static readonly string[] Names =
        ["op", "process", "lane", "kind", "key", "invoke", "complete", "start", "duration", "line", "input", "output", "error"];

    // Numbers things from 0 in the order of first use.
    private static int NumberOf<T>(Dictionary<T, int> numbers, T thing)
        where T : notnull
    {
        if (!numbers.TryGetValue(thing, out var number)) numbers.Add(thing, number = numbers.Count);
        return number;
    }

    private void WriteFaults()
    {
        _json.WritePropertyName("faults");
        _json.WriteStartArray();
        foreach (var period in FaultPeriod.Of(_history))
        {
            _json.WriteStartObject();
            Text("name", DisplayText.Of(period.Fault, 80));
            if (!period.Details.IsNull) Text("details", DisplayText.Of(period.Details.ToString(), 600));
            if (!period.Evidence.IsNull) Text("evidence", DisplayText.Of(period.Evidence.ToString(), 600));
            Number("from", period.StartPosition);
            Number("to", period.EndPosition);
            Number("start", period.StartTime);
            Number("end", period.EndTime);
            _json.WritePropertyName("healed");
            _json.WriteValue(period.Healed);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    // The order that proves the history linearizable, if the page has all of its operations and they are not too many to be drawn.
    private IReadOnlyList<int>? Order()
    {
        var verdict = _input.Models.Select(model => model.Verdict).FirstOrDefault(verdict => verdict is { Kind: VerdictKind.Valid, Model: "linearizable" });
        return verdict?.Certificate is OrderCertificate { Order: { Count: > 0 and <= OrderLimit } order } && _selection.Stride == 1 ? order : null;
    }

    private void WriteAnomalies()
    {
        _json.WritePropertyName("anomalies");
        _json.WriteStartArray();
        foreach (var (model, anomaly) in _anomalies)
        {
            _json.WriteStartObject();
            Text("model", DisplayText.Of(model));
            Text("kind", DisplayText.Of(anomaly.Kind));
            Numbers("operations", anomaly.Operations);
            _json.WritePropertyName("edges");
            _json.WriteStartArray();
            foreach (var edge in anomaly.Edges)
            {
                _json.WriteStartArray();
                _json.WriteValue(edge.From);
                _json.WriteValue(edge.To);
                _json.WriteValue(DisplayText.Of(edge.Relation));
                _json.WriteValue(DisplayText.Of(edge.Why, lines: true));
                _json.WriteEndArray();
            }

            _json.WriteEndArray();
            WritePartials(anomaly.Partials);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WritePartials(IReadOnlyList<PartialOrder> partials)
    {
        _json.WritePropertyName("partials");
        _json.WriteStartArray();
        foreach (var partial in partials)
        {
            _json.WriteStartObject();
            Number("placed", partial.Order.Count);
            Numbers("order", partial.Order.TakeLast(TimelineSelection.PlacedLimit));
            Numbers("stuck", partial.Stuck);
            Text("why", DisplayText.Of(partial.Why, lines: true));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Number(string name, long value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    private void Text(string name, string value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    private void Texts(string name, IEnumerable<string> values)
    {
        _json.WritePropertyName(name);
        _json.WriteStartArray();
        foreach (var value in values) _json.WriteValue(value);
        _json.WriteEndArray();
    }

    private void Numbers(string name, IEnumerable<int> values)
    {
        _json.WritePropertyName(name);
        _json.WriteStartArray();
        foreach (var value in values) _json.WriteValue(value);
        _json.WriteEndArray();
    }
}
