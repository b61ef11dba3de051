using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Cli.Conventions;
using Checker.Cli.Terminal;
using Checker.Harness.Runs;
using Checker.Histories.Recording;
using Checker.Histories.Words;
using Checker.Reports;
using Checker.Reports.Output;
using Spectre.Console;

namespace Checker.Cli.Verbs;

/// <summary>One run from its plan to its exit code.</summary>
/// <param name="plan">What to run.</param>
/// <param name="models">What to judge by.</param>
/// <param name="folder">Where everything goes; null: a folder named after the run.</param>
/// <param name="threads">Cores for checking.</param>
/// <param name="output">Where the outcome is printed.</param>
/// <param name="error">Where progress is shown.</param>
internal sealed class RunAndCheck(
    RunPlan plan, IReadOnlyList<IConsistencyModel> models, string? folder, int threads, TextWriter output, TextWriter error)
{
    private readonly string _folder = folder ?? Path.Combine("checker-runs", $"{plan.Target.Name}-{plan.Workload.Name}-{plan.Seed}");

    public bool Json { get; init; }

    public ExitCode Execute(CancellationToken cancellation)
    {
        var type = plan.Workload.Type;
        var result = Run(cancellation);
        WriteLogs(result);
        if (result.End == RunEnd.Failed)
        {
            error.WriteLine($"checker: {plan.Target.Name} could not be run: {result.Error}");
            error.WriteLine($"What was recorded until then is in {HistoryPath}. Replay: {result.ReplayCommand}");
            return ExitCode.Infrastructure;
        }

        // Ctrl-C ends the run, not the judgement of what it recorded; a second one ends the process.
        var options = CheckOptions.Default with { Parallelism = threads };
        var checks = models.Select(model => Judging.Judge(model, result.History, type, options)).ToList();
        var input = Report(result, checks) with
        {
            Classification = Models.All.Any(model => model.Supports(type))
                ? Judging.Place(result.History, type, options, checks)
                : null,
            Staleness = Judging.Staleness(result.History, type, options),
        };
        ReportWriter.Write(input, _folder);
        if (Json) output.WriteLine(ResultsWriter.Line(input));
        else Print(result, input);
        return ExitCodeOf(result, checks);
    }

    // What the target itself claims; a run of one that claims nothing is judged by what the workload asks for.
    private IReadOnlyList<string> Claims { get; } = plan.Configure().Claims(plan.Workload.Type);

    private string HistoryPath => Path.Combine(_folder, "history.jsonl");

    private RunResult Run(CancellationToken cancellation)
    {
        MakeFolder();
        var console = Screen.On(error);
        var title = $"{plan.Target.Name} · {plan.Workload.Name} · seed {plan.Seed}";
        if (!Json && Screen.IsInteractive(console))
        {
            RunResult? result = null;
            console.Live(new Text(title)).AutoClear(true).Start(display => result = Run(new LiveProgress(display, title), cancellation));
            return result!;
        }

        if (!Json) error.WriteLine(title);
        return Run(Json ? null : new PlainProgress(error), cancellation);
    }

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{_folder}: cannot be made ({problem.Message}): expected a folder that can be written, see --out");
        }
    }

    private RunResult Run(IObserver<RunProgress>? progress, CancellationToken cancellation)
    {
        using var recorder = new HistoryRecorder(HistoryPath, Harness.Runs.Run.HeaderOf(plan));
        var observers = new RunObservers { Events = [recorder], Progress = progress };
        return Harness.Runs.Run.Execute(plan, seed => Worlds.Make(plan.World, seed), observers, cancellation);
    }

    private void WriteLogs(RunResult result)
    {
        for (var node = 0; node < result.Logs.Count; node++)
        {
            File.WriteAllLines(
                Path.Combine(_folder, $"n{node + 1}.log"),
                result.Logs[node].Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Time / 1e9:0.000000} {line.Text}")));
        }
    }

    /// <summary>What a run is judged by unless the user says: what the workload asks for, and what the target claims.</summary>
    public static IReadOnlyList<IConsistencyModel> ModelsOf(RunPlan plan)
    {
        var type = plan.Workload.Type;
        var names = plan.Workload.Models.Concat(plan.Configure().Claims(type)).Distinct();
        return [.. names.Select(Models.Find).OfType<IConsistencyModel>().Where(model => model.Supports(type))];
    }

    private ReportInput Report(RunResult result, IReadOnlyList<ModelResult> checks) => new()
    {
        History = result.History,
        DataType = plan.Workload.Type,
        Models = checks,
        File = "history.jsonl",
        Target = plan.Target.Name,
        Workload = plan.Workload.Name,
        Claims = Claims,
        Command = result.ReplayCommand,
        Seed = plan.Seed,
        Warnings = [.. Findings(result)],
        Run = new RunFacts
        {
            VacuityReasons = [.. result.Vacuity.Select(finding => finding.Explanation)],
            World = plan.World,
            WallSeconds = result.WallTime.TotalSeconds,
            RunSeconds = result.RunTime / 1e9,
            Messages = result.Messages,
            Faults = [.. FaultTotals.ByFault(result)],
            Other = [.. plan.Settings.Concat(plan.Bugs.Select(bug => KeyValuePair.Create("planted bug", bug)))],
        },
    };

    private static IEnumerable<string> Findings(RunResult result)
    {
        if (result.End == RunEnd.Cancelled)
        {
            yield return "The run was stopped early: the history is whole as far as it goes, but there were no final reads.";
        }

        foreach (var finding in result.Liveness.Concat(result.Determinism ?? [])) yield return finding.Explanation;
    }

    private void Print(RunResult result, ReportInput input)
    {
        var console = Screen.On(output);
        console.MarkupLine($"[bold]{Markup.Escape(plan.Target.Name)}[/], workload {plan.Workload.Name}, seed {plan.Seed}");
        console.MarkupLine(
            $"  {ProgressText.Of(result.Counts)} in {ProgressText.Seconds(result.RunTime)} ({plan.World}), " +
            $"{TimeText.Length(result.WallTime.TotalSeconds)} on the clock");
        foreach (var fault in FaultTotals.ByNemesis(result))
        {
            console.MarkupLine($"  {Markup.Escape(fault.Name)}: {Plural.Of(fault.Injections, "time")}, {fault.Hits:N0} {Markup.Escape(fault.What)}");
        }

        foreach (var finding in result.Vacuity) console.MarkupLine($"  [yellow]VACUOUS[/] {Markup.Escape(finding.Explanation)}");
        foreach (var finding in Findings(result)) console.MarkupLine($"  [yellow]note[/] {Markup.Escape(finding)}");
        if (result.Determinism is { Count: 0 }) console.MarkupLine("  run twice: the histories are the same, byte by byte");
        console.MarkupLine($"  the target claims: {(Claims.Count == 0 ? "nothing" : Markup.Escape(string.Join(", ", Claims)))}");
        foreach (var check in input.Models) VerdictText.Write(console, check, result.History, full: false);
        foreach (var claim in Claims.Where(claim => Models.Find(claim) is null))
        {
            console.MarkupLine($"  {Markup.Escape(claim)}: claimed, not judged: there is no checker for it");
        }

        StalenessLine.Write(console, input.Staleness);
        if (input.Classification is { } classification) LatticeDrawing.Write(console, classification, explained: input.Models);

        // Past the console, which would break a line that is longer than the screen: these two are for copying.
        output.WriteLine($"report: {Path.Combine(_folder, "report.html")}");
        output.WriteLine($"replay: {result.ReplayCommand}");
    }

    // A store that does not recover once everything is healed has failed as much as one that answers wrongly.
    private static ExitCode ExitCodeOf(RunResult result, IReadOnlyList<ModelResult> checks)
    {
        var code = ExitCodes.Of(Verdict.Combine(checks.Select(check => check.Verdict.Kind)));
        if (result.IsVacuous) code = ExitCodes.Combine(code, ExitCode.Vacuous);
        if (result.End == RunEnd.Cancelled) code = ExitCodes.Combine(code, ExitCode.Unknown);
        if (result.Liveness.Count > 0) code = ExitCodes.Combine(code, ExitCode.Violation);
        if (result.Determinism is { Count: > 0 }) code = ExitCodes.Combine(code, ExitCode.Crash);
        return code;
    }
}
