using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Cli.Conventions;
using Checker.Cli.Terminal;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Words;
using Checker.Reports;
using Checker.Reports.Output;
using Spectre.Console;

namespace Checker.Cli.Verbs;

/// <summary>Judges files one after another and says what it found. A bad file does not stop the others.</summary>
internal sealed class HistoryCheck(CheckRequest request, TextWriter output, TextWriter error)
{
    private readonly IAnsiConsole _console = Screen.On(output);
    private IReadOnlyDictionary<string, string> _reports = new Dictionary<string, string>();

    public ExitCode Run(IReadOnlyList<string> files)
    {
        if (request.ReportFolder is { } reports) _reports = ReportFolders.Of(reports, files);
        var verdicts = new Dictionary<VerdictKind, int>();
        var unexpected = 0;
        var one = new FileByFile(request.Json, output, error, request.Options.Cancellation);
        var code = one.Run(files, file =>
        {
            var (kind, asExpected) = Check(file);
            verdicts[kind] = verdicts.GetValueOrDefault(kind) + 1;
            if (!asExpected) unexpected++;
            return ExitCodes.Of(kind);
        });
        if (!request.Json && files.Count > 1)
        {
            _console.MarkupLine(
                $"{files.Count} histories: {verdicts.GetValueOrDefault(VerdictKind.Valid)} valid, {verdicts.GetValueOrDefault(VerdictKind.Invalid)} invalid, " +
                $"{verdicts.GetValueOrDefault(VerdictKind.Unknown)} unknown, {one.Unreadable} unreadable" +
                (one.Crashed > 0 ? $", [red]{one.Crashed} not judged because Checker crashed[/]" : "") +
                (one.Left > 0 ? $", [yellow]{one.Left} not judged[/]" : "") +
                (unexpected > 0 ? $"; [red]{unexpected} not as their manifest or name says[/]" : ""));
        }

        return code;
    }

    private (VerdictKind Kind, bool AsExpected) Check(string file)
    {
        var (history, type, options, warnings, entry) = StoredHistory.Read(file, request);
        Judging.Require(request.Models, type, file);
        var results = request.Models.Select(model => Judging.Judge(model, history, type, options)).ToList();
        var replayed = request.Verify ? results.Select(result => Verify(file, history, type, result.Verdict, options)).ToList() : [];
        var kind = Verdict.Combine(results.Select(result => result.Verdict.Kind));
        var input = new ReportInput
        {
            History = history,
            DataType = type,
            Models = results,
            File = file,
            Title = Path.GetFileName(file),
            Warnings = warnings,
            Staleness = Judging.Staleness(history, type, options),
            Classification = request.ReportFolder is null ? null : Judging.Place(history, type, options, results),
            Command = $"checker check {file} --type {type.Name} --model {string.Join(',', request.Models.Select(model => model.Name))}{request.Limits}",
        };
        var expected = entry?.Expected ?? CorpusFileName.Parse(file).Expected;
        var asExpected = expected == ExpectedVerdict.Unstated || (expected == ExpectedVerdict.Valid) == (kind == VerdictKind.Valid);
        Print(file, input, replayed, expected, asExpected);
        if (_reports.TryGetValue(file, out var folder)) ReportWriter.Write(input, folder);
        return (kind, asExpected);
    }

    private void Print(string file, ReportInput input, List<string?> replayed, ExpectedVerdict expected, bool asExpected)
    {
        if (request.Json)
        {
            output.WriteLine(ResultsWriter.Line(input));
            return;
        }

        _console.MarkupLine(
            $"[bold]{Markup.Escape(file)}[/]: {input.DataType.Name}, {Plural.Of(input.History.Count, "operation")}" +
            (asExpected ? "" : $", [red]expected {expected.ToString().ToLowerInvariant()}[/]"));
        foreach (var warning in input.Warnings) _console.MarkupLine($"  [yellow]warning:[/] {Markup.Escape(warning)}");
        foreach (var result in input.Models) VerdictText.Write(_console, result, input.History, request.Explain);
        foreach (var line in replayed.OfType<string>()) _console.MarkupLine($"  {Markup.Escape(line)}");
        StalenessLine.Write(_console, input.Staleness);
    }

    // What the replay of a verdict's certificate or attempts came to; null if nothing was decided.
    private static string? Verify(string file, History history, DataType type, Verdict verdict, CheckOptions options)
    {
        if (verdict.Kind == VerdictKind.Invalid) return VerifyAttempts(file, history, type, verdict, options);
        if (verdict.Kind != VerdictKind.Valid) return null;
        if (verdict is not { Certificate: OrderCertificate certificate, Model: Linearizability.Model })
        {
            return $"{verdict.Model}: nothing to replay: this verdict carries no order of operations that the verifier could follow";
        }

        if (CertificateReplayer.Refute(history, type, certificate, options) is { } problem)
        {
            throw new InvalidOperationException($"{file}: the certificate of {verdict.Model} ({verdict.Algorithm}) does not replay: {problem}");
        }

        return $"{verdict.Model}: certificate replayed: its order of {Plural.Of(certificate.Order.Count, "operation")} explains every result";
    }

    private static string? VerifyAttempts(string file, History history, DataType type, Verdict verdict, CheckOptions options)
    {
        if (verdict.Model != Linearizability.Model) return null;
        var replayed = 0;
        foreach (var anomaly in verdict.Anomalies)
        {
            foreach (var attempt in anomaly.Partials)
            {
                if (CertificateReplayer.RefuteAttempt(history, type.Sequential, anomaly, attempt, options) is { } problem)
                {
                    throw new InvalidOperationException($"{file}: a longest attempt at {verdict.Model} ({verdict.Algorithm}) does not replay: {problem}");
                }

                replayed++;
            }
        }

        return replayed == 0
            ? $"{verdict.Model}: nothing to replay: this violation comes without attempts at an order"
            : $"{verdict.Model}: {Plural.Of(replayed, "longest attempt")} replayed: right up to where {(replayed == 1 ? "it is" : "they are")} stuck";
    }
}
