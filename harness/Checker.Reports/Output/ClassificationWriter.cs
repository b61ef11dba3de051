using System.Globalization;
using Newtonsoft.Json;

namespace Checker.Reports.Output;

/// <summary>Writes where a history stands for machines: the line of <c>checker classify --json</c>, and a part of <c>results.json</c>.</summary>
public static class ClassificationWriter
{
    /// <summary>
    /// The line of <c>checker classify --json</c>: one object with <c>file</c>, <c>type</c>, <c>operations</c>, the lists of names
    /// <c>strongestSatisfied</c>, <c>weakestViolated</c> and <c>undecided</c>, the object <c>models</c> (each name with <c>verdict</c>, and
    /// <c>impliedBy</c> or <c>algorithm</c>, <c>reason</c>, <c>anomalies</c>), <c>staleness</c> where defined, and <c>warnings</c>.
    /// </summary>
    /// <param name="input">The report's input; its classification must be there.</param>
    public static string Line(ReportInput input)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = ResultsWriter.Json(text, Formatting.None))
        {
            json.WriteStartObject();
            json.Text("file", input.File);
            json.Text("type", input.DataType.Name);
            json.Number("operations", input.History.Count);
            WriteMembers(json, input);
            StalenessWriter.Write(json, input.Staleness);
            json.Texts("warnings", input.Warnings);
            json.WriteEndObject();
        }

        return text.ToString();
    }

    /// <summary>Writes the property <c>classification</c>; nothing if the history was not classified.</summary>
    internal static void Write(JsonTextWriter json, ReportInput input)
    {
        if (input.Classification is null) return;
        json.WritePropertyName("classification");
        json.WriteStartObject();
        WriteMembers(json, input);
        json.WriteEndObject();
    }

    private static void WriteMembers(JsonTextWriter json, ReportInput input)
    {
        var found = input.Classification!;
        json.Texts("strongestSatisfied", found.StrongestSatisfied.Select(placement => placement.Model));
        json.Texts("weakestViolated", found.WeakestViolated.Select(placement => placement.Model));
        json.Texts("undecided", found.Undecided.Select(placement => placement.Model));
        json.Texts("notDefined", found.NotJudged.Select(placement => placement.Model));
        json.WritePropertyName("models");
        json.WriteStartObject();
        foreach (var placement in found.Placements)
        {
            json.WritePropertyName(placement.Model);
            json.WriteStartObject();
            json.Text("verdict", ReportOutcomes.Name(placement.Kind));
            json.Text("impliedBy", placement.ImpliedBy);
            if (placement.Verdict is { } verdict)
            {
                json.Text("algorithm", verdict.Algorithm);
                json.Text("reason", verdict.Reason);
                // The evidence of a verdict of the report itself is there already.
                var written = input.Models.Any(model => model.Verdict.Model == placement.Model);
                if (verdict.Anomalies.Count > 0 && !written) ResultsWriter.WriteAnomalies(json, input.History, verdict.Anomalies, whole: true);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
