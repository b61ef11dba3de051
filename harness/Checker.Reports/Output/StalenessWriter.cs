using System.Globalization;
using Checker.Checkers.Staleness;
using Newtonsoft.Json;

namespace Checker.Reports.Output;

/// <summary>Writes how stale the reads were, as the property <c>staleness</c>.</summary>
internal static class StalenessWriter
{
    /// <summary>Writes the property; nothing if staleness was not measured.</summary>
    public static void Write(JsonTextWriter json, ReadStaleness? staleness)
    {
        if (staleness is null) return;
        json.WritePropertyName("staleness");
        json.WriteStartObject();
        json.Number("reads", staleness.Summary.Reads);
        json.Number("stale", staleness.Summary.Stale);
        json.Number("unmeasured", staleness.Unmeasured.Count);
        Write(json, "versions", staleness.Summary.Versions, 1);
        if (staleness.Summary.Nanoseconds is { } times) Write(json, "milliseconds", times, 1e6);
        if (staleness.Delta is { } delta) Write(json, "deltaMilliseconds", delta, 1e6);
        json.Text("deltaReason", staleness.DeltaReason);
        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, string name, StalenessDistribution spread, double unit)
    {
        json.WritePropertyName(name);
        json.WriteStartObject();
        Write(json, "p50", spread.P50, unit);
        Write(json, "p90", spread.P90, unit);
        Write(json, "p99", spread.P99, unit);
        Write(json, "max", spread.Max, unit);
        json.WritePropertyName("histogram");
        json.WriteStartArray();
        foreach (var bar in spread.Histogram.Where(bar => bar.Count > 0))
        {
            json.WriteStartObject();
            Write(json, "from", bar.From, unit);
            Write(json, "to", bar.To, unit);
            json.Number("count", bar.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, string name, long value, double unit)
    {
        json.WritePropertyName(name);
        json.WriteRawValue((value / unit).ToString("0.######", CultureInfo.InvariantCulture));
    }
}
