using System.CommandLine;
using Checker.Checkers;

namespace Checker.Cli.Verbs;

/// <summary><c>checker classify</c>: says which models stored histories satisfy and which they break.</summary>
internal static class ClassifyVerb
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("FILE|DIR")
        {
            Description = "Histories: .jsonl, .jsonl.gz, .edn, .edn.gz; a directory stands for all histories below it",
            Arity = ArgumentArity.OneOrMore,
        };
        var type = new Option<string?>("--type", "-t")
        {
            HelpName = "NAME",
            Description = "Data type; else the manifest, the header, or the operations say. See: checker list types",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per file and nothing else" };
        var maxSteps = new Option<long>("--max-steps")
        {
            HelpName = "N",
            Description = "Steps that the search for each model may take before it answers unknown",
            DefaultValueFactory = _ => CheckOptions.Default.MaxSteps,
        };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Cores to use", DefaultValueFactory = _ => Environment.ProcessorCount };
        var initial = new Option<string?>("--initial")
        {
            HelpName = "JSON",
            Description = "Value of an object before the first write, as JSON (default: null, or what manifest or header say)",
        };
        var report = new Option<string?>("--report") { HelpName = "DIR", Description = "Write a report for each file into a folder of its name below this one" };
        maxSteps.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() <= 0) result.AddError("--max-steps: expected a positive number of steps");
        });
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() <= 0) result.AddError("--threads: expected a positive number of cores");
        });
        var command = new Command(
            "classify",
            "Places stored histories among the consistency models: the strongest they satisfy, the weakest they break, with a witness. " +
            "Exit code: 0, 254 bad input, or 255 a crash of Checker.")
        {
            paths, type, json, maxSteps, threads, initial, report,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new CheckRequest
            {
                Type = parsed.GetValue(type) is { } name ? Lookup.Type(name) : null,
                Models = Checkers.Catalogue.Models.All,
                Initial = parsed.GetValue(initial) is { } text ? Lookup.Json(text, "--initial") : null,
                Json = parsed.GetValue(json),
                Explain = false,
                Verify = false,
                ReportFolder = parsed.GetValue(report),
                Options = new CheckOptions
                {
                    MaxSteps = parsed.GetValue(maxSteps),
                    Parallelism = parsed.GetValue(threads),
                    Certify = false,
                    Cancellation = cancellation,
                },
            };
            var files = HistoryPaths.Expand(parsed.GetValue(paths)!);
            var configuration = parsed.InvocationConfiguration;
            return Task.FromResult((int)new HistoryClassification(request, configuration.Output, configuration.Error).Run(files));
        });
        return command;
    }
}
