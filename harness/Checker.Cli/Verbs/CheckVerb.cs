using System.CommandLine;
using Checker.Checkers;
using Checker.Histories.Values;

namespace Checker.Cli.Verbs;

/// <summary><c>checker check</c>: judges stored histories.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("FILE|DIR")
        {
            Description = "Histories: .jsonl, .jsonl.gz, .edn, .edn.gz; a directory stands for all histories below it",
            Arity = ArgumentArity.OneOrMore,
        };
        var type = new Option<string?>("--type", "-t") { HelpName = "NAME", Description = "Data type; else the manifest, the header, or the operations say. See: checker list types" };
        var models = new Option<string?>("--model", "-m") { HelpName = "NAME,NAME…", Description = "Models, separated by commas (default: linearizable). See: checker list models" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per file and nothing else" };
        var explain = new Option<bool>("--explain") { Description = "Explain every anomaly in full: its operations, why each must precede the next, the longest attempts" };
        var maxSteps = new Option<long>("--max-steps") { HelpName = "N", Description = "Steps a search may take before it answers unknown", DefaultValueFactory = _ => CheckOptions.Default.MaxSteps };
        var maxBytes = new Option<long>("--max-bytes") { HelpName = "N", Description = "Bytes a search may hold before it answers unknown", DefaultValueFactory = _ => CheckOptions.Default.MaxBytes };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Cores to use", DefaultValueFactory = _ => Environment.ProcessorCount };
        var observe = new Option<bool>("--observe-failed-cas") { Description = "Count a failed cas as an observation that the value was another one" };
        var initial = new Option<string?>("--initial") { HelpName = "JSON", Description = "Value of an object before the first write, as JSON (default: null, or what manifest or header say)" };
        var quiet = TimeOption.Create("--quiet", "How long updates and faults must have been over before a read counts as final for the model eventual (default: the order of events decides alone)");
        var verify = new Option<bool>("--verify") { Description = "Replay the order that proves each valid verdict, and the longest attempts of each violation, by the separate verifier" };
        var report = new Option<string?>("--report") { HelpName = "DIR", Description = "Write a report for each file into a folder of its name below this one" };
        maxSteps.Validators.Add(result => { if (result.GetValueOrDefault<long>() <= 0) result.AddError("--max-steps: expected a positive number of steps"); });
        maxBytes.Validators.Add(result => { if (result.GetValueOrDefault<long>() <= 0) result.AddError("--max-bytes: expected a positive number of bytes"); });
        threads.Validators.Add(result => { if (result.GetValueOrDefault<int>() <= 0) result.AddError("--threads: expected a positive number of cores"); });
        var command = new Command("check", "Judges stored histories. Exit code: 0 valid, 1 a violation, 2 unknown, 254 bad input, 255 a crash of Checker.")
        {
            paths, type, models, json, explain, maxSteps, maxBytes, threads, observe, initial, quiet, verify, report,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new CheckRequest
            {
                Type = parsed.GetValue(type) is { } name ? Lookup.Type(name) : null,
                Models = Lookup.Models(parsed.GetValue(models)),
                Initial = parsed.GetValue(initial) is { } text ? Lookup.Json(text, "--initial") : (Value?)null,
                Json = parsed.GetValue(json),
                Explain = parsed.GetValue(explain),
                Verify = parsed.GetValue(verify),
                ReportFolder = parsed.GetValue(report),
                Options = new CheckOptions
                {
                    MaxSteps = parsed.GetValue(maxSteps),
                    MaxBytes = parsed.GetValue(maxBytes),
                    Parallelism = parsed.GetValue(threads),
                    ObserveFailedCas = parsed.GetValue(observe),
                    Quiet = parsed.GetValue(quiet) is { } wait ? TimeOption.Nanoseconds(wait) : 0,
                    Cancellation = cancellation,
                },
            };
            var files = HistoryPaths.Expand(parsed.GetValue(paths)!);
            var configuration = parsed.InvocationConfiguration;
            return Task.FromResult((int)new HistoryCheck(request, configuration.Output, configuration.Error).Run(files));
        });
        return command;
    }
}
