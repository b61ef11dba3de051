using System.CommandLine;

namespace Checker.Cli.Verbs;

/// <summary><c>checker run</c>: the main job.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var options = new RunOptions();
        var models = new Option<string?>("--model", "-m") { Description = "Models to judge by, separated by commas (default: what the workload asks for and what the target claims)" };
        var folder = new Option<string?>("--out", "-o") { Description = "Where history, results, plots, report and logs go (default: checker-runs/TARGET-WORKLOAD-SEED)" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else" };
        var threads = new Option<int>("--threads") { Description = "Cores to use for checking", DefaultValueFactory = _ => Environment.ProcessorCount };
        threads.Validators.Add(result => { if (result.GetValueOrDefault<int>() <= 0) result.AddError("--threads: expected a positive number of cores"); });
        var command = new Command(
            "run",
            "Sets up a target, generates operations, breaks things, records, heals, checks and plots. Exit code: 0 valid, 1 a violation, 2 unknown, 3 vacuous, 4 the target could not be set up, 254 bad arguments.");
        options.AddTo(command);
        foreach (var option in new Option[] { models, folder, json, threads }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var plan = options.Plan(parsed);
            var chosen = parsed.GetValue(models) is { } names ? Lookup.Models(names) : null;
            var configuration = parsed.InvocationConfiguration;
            var run = new RunAndCheck(plan, chosen, parsed.GetValue(folder), parsed.GetValue(threads), configuration.Output, configuration.Error)
            {
                Json = parsed.GetValue(json),
            };
            // On a thread of its own, so that Ctrl-C reaches the run while it works.
            return Task.Run(() => (int)run.Execute(cancellation), CancellationToken.None);
        });
        return command;
    }
}
