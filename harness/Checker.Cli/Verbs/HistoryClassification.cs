using Checker.Checkers.Lattice;
using Checker.Cli.Conventions;
using Checker.Cli.Terminal;
using Checker.Histories.Words;
using Checker.Reports;
using Checker.Reports.Output;
using Spectre.Console;

namespace Checker.Cli.Verbs;

/// <summary>Classifies files one after another and says where each stands. A bad file does not stop the others.</summary>
internal sealed class HistoryClassification(CheckRequest request, TextWriter output, TextWriter error)
{
    private readonly IAnsiConsole _console = Screen.On(output);
    private IReadOnlyDictionary<string, string> _reports = new Dictionary<string, string>();

    public ExitCode Run(IReadOnlyList<string> files)
    {
        if (request.ReportFolder is { } reports) _reports = ReportFolders.Of(reports, files);
        var cancellation = request.Options.Cancellation;
        return new FileByFile(request.Json, output, error, cancellation).Run(files, file =>
        {
            Classify(file);
            return cancellation.IsCancellationRequested ? ExitCode.Unknown : ExitCode.Valid;
        });
    }

    private void Classify(string file)
    {
        var (history, type, options, warnings, _) = StoredHistory.Read(file, request);
        if (!request.Models.Any(model => model.Supports(type))) throw new UsageException($"{file}: no model is defined for the data type {type.Name}");
        var input = new ReportInput
        {
            History = history,
            DataType = type,
            Models = [],
            Classification = Classification.Of(request.Models, history, type, options, []),
            Staleness = Judging.Staleness(history, type, options),
            File = file,
            Title = Path.GetFileName(file),
            Warnings = warnings,
            Command = $"checker classify {file} --type {type.Name}{request.Limits}",
        };
        if (request.Json) output.WriteLine(ClassificationWriter.Line(input));
        else Print(input);
        if (_reports.TryGetValue(file, out var folder)) ReportWriter.Write(input, folder);
    }

    private void Print(ReportInput input)
    {
        _console.MarkupLine($"[bold]{Markup.Escape(input.File!)}[/]: {input.DataType.Name}, {Plural.Of(input.History.Count, "operation")}");
        foreach (var warning in input.Warnings) _console.MarkupLine($"  [yellow]warning:[/] {Markup.Escape(warning)}");
        StalenessLine.Write(_console, input.Staleness);
        LatticeDrawing.Write(_console, input.Classification!, explained: []);
    }
}
