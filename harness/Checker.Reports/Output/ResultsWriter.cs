using System.Globalization;
using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Values;
using Newtonsoft.Json;

namespace Checker.Reports.Output;

/// <summary>Writes verdicts for machines: <c>results.json</c>, and the one line of <c>checker check --json</c>.</summary>
public static class ResultsWriter
{
    /// <summary>How many operations, edges and placed operations of an anomaly are written at most; more are counted.</summary>
    private const int ListLimit = 10_000;

    /// <summary>The line of <c>checker check --json</c>: one JSON object without a line break.</summary>
    public static string Line(ReportInput input)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = Json(text, Formatting.None))
        {
            json.WriteStartObject();
            WriteSummary(json, input);
            WriteModels(json, input, whole: false);
            json.WriteEndObject();
        }

        return text.ToString();
    }

    /// <summary>Writes <c>results.json</c>: the line's object, with the run, its counts and faults, and the evidence in full.</summary>
    public static void Write(ReportInput input, TextWriter writer)
    {
        using var json = Json(writer, Formatting.Indented);
        json.CloseOutput = false;
        json.WriteStartObject();
        WriteSummary(json, input);
        WriteModels(json, input, whole: true);
        ClassificationWriter.Write(json, input);
        StalenessWriter.Write(json, input.Staleness);
        WriteRun(json, input);
        WriteCounts(json, input.History);
        WriteFaults(json, input);
        WriteTexts(json, "warnings", input.Warnings);
        json.WriteEndObject();
        json.Flush();
        writer.Write('\n');
    }

    internal static JsonTextWriter Json(TextWriter writer, Formatting formatting) =>
        new(writer)
        {
            Formatting = formatting,
            Culture = CultureInfo.InvariantCulture,
            StringEscapeHandling = StringEscapeHandling.EscapeNonAscii,
        };

    private static void WriteSummary(JsonTextWriter json, ReportInput input)
    {
        if (input.File is not null) WriteText(json, "file", input.File);
        WriteText(json, "type", input.DataType.Name);
        json.WritePropertyName("operations");
        json.WriteValue(input.History.Count);
        WriteText(json, "verdict", ReportOutcomes.Name(ReportOutcomes.Of(input)));
    }

    private static void WriteModels(JsonTextWriter json, ReportInput input, bool whole)
    {
        json.WritePropertyName("models");
        json.WriteStartObject();
        foreach (var (verdict, seconds) in input.Models)
        {
            json.WritePropertyName(verdict.Model);
            json.WriteStartObject();
            WriteText(json, "verdict", ReportOutcomes.Name(verdict.Kind));
            WriteText(json, "algorithm", verdict.Algorithm);
            if (verdict.Reason is not null) WriteText(json, "reason", verdict.Reason);
            if (verdict.Anomalies.Count > 0) WriteAnomalies(json, input.History, verdict.Anomalies, whole);
            json.WritePropertyName("steps");
            json.WriteValue(verdict.Steps);
            json.WritePropertyName("seconds");
            json.WriteRawValue(Seconds(seconds));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    internal static void WriteAnomalies(JsonTextWriter json, History history, IReadOnlyList<Anomaly> anomalies, bool whole)
    {
        json.WritePropertyName("anomalies");
        json.WriteStartArray();
        foreach (var anomaly in anomalies)
        {
            json.WriteStartObject();
            WriteText(json, "kind", anomaly.Kind);
            if (anomaly.Key >= 0 && !history.KeyName(anomaly.Key).IsNull) WriteValue(json, "key", history.KeyName(anomaly.Key));
            WriteNumbers(json, "operations", anomaly.Operations);
            WriteText(json, "explanation", anomaly.Explanation);
            if (whole && anomaly.Edges.Count > 0) WriteEdges(json, anomaly.Edges);
            if (whole && anomaly.Partials.Count > 0) WritePartials(json, anomaly.Partials);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEdges(JsonTextWriter json, IReadOnlyList<Edge> edges)
    {
        json.WritePropertyName("edges");
        json.WriteStartArray();
        foreach (var edge in edges.Take(ListLimit))
        {
            json.WriteStartObject();
            json.WritePropertyName("from");
            json.WriteValue(edge.From);
            json.WritePropertyName("to");
            json.WriteValue(edge.To);
            WriteText(json, "relation", edge.Relation);
            WriteText(json, "why", edge.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePartials(JsonTextWriter json, IReadOnlyList<PartialOrder> partials)
    {
        json.WritePropertyName("partials");
        json.WriteStartArray();
        foreach (var partial in partials)
        {
            json.WriteStartObject();
            json.WritePropertyName("placed");
            json.WriteValue(partial.Order.Count);
            WriteNumbers(json, "lastPlaced", [.. partial.Order.Skip(Math.Max(0, partial.Order.Count - ListLimit))]);
            WriteNumbers(json, "stuck", partial.Stuck);
            WriteText(json, "why", partial.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRun(JsonTextWriter json, ReportInput input)
    {
        var header = input.History.Header;
        json.WritePropertyName("run");
        json.WriteStartObject();
        WriteOptional(json, "target", input.Target ?? header.Target);
        WriteOptional(json, "workload", input.Workload ?? header.Workload);
        WriteTexts(json, "claims", input.Claims);
        if ((input.Seed ?? header.Seed) is { } seed) WriteNumber(json, "seed", seed);
        WriteOptional(json, "command", input.Command);
        WriteTexts(json, "nodes", input.Nodes ?? header.Nodes ?? []);
        if (header.Concurrency is { } concurrency) WriteNumber(json, "concurrency", concurrency);
        if (input.Run is { } run)
        {
            WriteOptional(json, "world", run.World);
            WriteTexts(json, "vacuous", run.VacuityReasons);
            WriteSeconds(json, "wallSeconds", run.WallSeconds);
            WriteSeconds(json, "runSeconds", run.RunSeconds);
            if (run.Messages is { } messages) WriteNumber(json, "messages", messages);
            foreach (var (name, value) in run.Other) WriteText(json, name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(JsonTextWriter json, History history)
    {
        var counts = OperationCounts.Of(history);
        json.WritePropertyName("counts");
        json.WriteStartObject();
        WriteNumber(json, "ok", counts.Ok);
        WriteNumber(json, "fail", counts.Fail);
        WriteNumber(json, "info", counts.Info);
        WriteNumber(json, "events", history.EventCount);
        WriteNumber(json, "processes", counts.Processes);
        WriteNumber(json, "keys", history.KeyCount);
        json.WriteEndObject();
    }

    private static void WriteFaults(JsonTextWriter json, ReportInput input)
    {
        json.WritePropertyName("faults");
        json.WriteStartArray();
        foreach (var row in FaultRow.Of(input))
        {
            json.WriteStartObject();
            WriteText(json, "fault", row.Name);
            WriteNumber(json, "injections", row.Injections);
            WriteSeconds(json, "seconds", row.Seconds);
            if (row.Hits is { } hits) WriteNumber(json, "hits", hits);
            WriteOptional(json, "what", row.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(JsonTextWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void WriteOptional(JsonTextWriter json, string name, string? value)
    {
        if (value is not null) WriteText(json, name, value);
    }

    private static void WriteNumber(JsonTextWriter json, string name, long value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void WriteSeconds(JsonTextWriter json, string name, double? seconds)
    {
        if (seconds is null) return;
        json.WritePropertyName(name);
        json.WriteRawValue(Seconds(seconds.Value));
    }

    private static void WriteValue(JsonTextWriter json, string name, Value value)
    {
        json.WritePropertyName(name);
        if (value.Kind == ValueKind.String) json.WriteValue(value.AsString());
        else json.WriteRawValue(value.ToString());
    }

    private static void WriteTexts(JsonTextWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var text in texts) json.WriteValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumbers(JsonTextWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WritePropertyName(name);
        // On one line in the indented file too: a list of a thousand numbers is not a thousand lines.
        json.WriteRawValue("[" + string.Join(',', numbers.Take(ListLimit)) + "]");
    }

    private static string Seconds(double seconds) => Math.Round(seconds, 6).ToString("0.0#####", CultureInfo.InvariantCulture);
}
