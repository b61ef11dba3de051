using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Cli.Conventions;
using Checker.Cli.Terminal;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Checker.Cli.Verbs;

/// <summary>Classifies files one after another and says where each stands. A bad file does not stop the others.</summary>
internal sealed class HistoryClassification(CheckRequest request, TextWriter output, TextWriter error)
{
    private readonly IAnsiConsole _console = Screen.On(output);

    public ExitCode Run(IReadOnlyList<string> files)
    {
        var code = ExitCode.Valid;
        foreach (var file in files)
        {
            try
            {
                Classify(file);
            }
            catch (Exception problem)
                when (problem is HistoryFormatException or UsageException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"checker: {problem.Message}");
                if (request.Json) output.WriteLine(JsonConvert.SerializeObject(new { file, error = problem.Message }));
                code = ExitCode.BadInput;
            }
        }

        return code;
    }

    private void Classify(string file)
    {
        var entry = CorpusManifest.Beside(file)?.Find(file);
        var read = HistoryFile.Read(file, new HistoryReadOptions { Type = request.Type ?? entry?.Type });
        var history = read.History;
        var warnings = read.Warnings.ToList();
        var type = request.Type ?? entry?.Type ?? history.Type ?? HistoryCheck.Infer(file, history, warnings);
        if (!request.Models.Any(model => model.Supports(type))) throw new UsageException($"{file}: none of these models is defined for " +
            $"the data type {type.Name}");
        var options = request.Options with
        {
            Initial = request.Initial ?? entry?.Initial ?? history.Header.Initial,
            ObserveFailedCas = entry is { ObserveFailedCas: true },
        };
        var classification = Classification.Of(request.Models, history, type, options);
        if (request.Json)
        {
            output.WriteLine(ToJson(file, history, type, warnings, classification).ToString(Formatting.None));
            return;
        }

        _console.MarkupLine($"[bold]{Markup.Escape(file)}[/]: {type.Name}, {history.Count:N0} operations");
        foreach (var warning in warnings) _console.MarkupLine($"  [yellow]warning:[/] {Markup.Escape(warning)}");
        LatticeDrawing.Write(_console, classification);
    }

    private static JObject ToJson(
        string file, History history, DataType type, IReadOnlyList<string> warnings, Classification found) =>
        new()
        {
            ["file"] = file,
            ["type"] = type.Name,
            ["operations"] = history.Count,
            ["strongestSatisfied"] = new JArray(found.StrongestSatisfied.Select(p => p.Model)),
            ["weakestViolated"] = new JArray(found.WeakestViolated.Select(p => p.Model)),
            ["undecided"] = new JArray(found.Undecided.Select(p => p.Model)),
            ["models"] = new JObject(found.Placements.Select(p => new JProperty(p.Model, ToJson(p)))),
            ["warnings"] = new JArray(warnings),
        };

    private static JObject ToJson(Placement placement)
    {
        var json = new JObject { ["verdict"] = placement.Kind.ToString().ToLowerInvariant() };
        if (placement.ImpliedBy is { } other) json["impliedBy"] = other;
        if (placement.Verdict is not { } verdict) return json;
        json["algorithm"] = verdict.Algorithm;
        if (verdict.Reason is { } reason) json["reason"] = reason;
        if (verdict.Anomalies.Count > 0) json["anomalies"] = new JArray(verdict.Anomalies.Select(ToJson));
        return json;
    }

    private static JObject ToJson(Anomaly anomaly) => new()
    {
        ["kind"] = anomaly.Kind,
        ["operations"] = new JArray(anomaly.Operations),
        ["explanation"] = anomaly.Explanation,
        ["edges"] = new JArray(anomaly.Edges.Select(e => new JObject
        {
            ["from"] = e.From,
            ["to"] = e.To,
            ["relation"] = e.Relation,
            ["why"] = e.Why,
        })),
    };
}
