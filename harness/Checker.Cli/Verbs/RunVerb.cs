using System.CommandLine;
using Checker.Cli.Conventions;
using Checker.Harness.Runs;

namespace Checker.Cli.Verbs;

/// <summary><c>checker run</c>: the main job.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var options = new RunOptions();
        var models = new Option<string?>("--model", "-m") { HelpName = "NAME,NAME…", Description = "Models to judge by, separated by commas (default: what the workload asks for and what the target claims)" };
        var folder = new Option<string?>("--out", "-o") { HelpName = "DIR", Description = "Where history, results, plots, report and logs go (default: checker-runs/TARGET-WORKLOAD-SEED)" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else" };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Cores to use for checking", DefaultValueFactory = _ => Environment.ProcessorCount };
        var seeds = new Option<int>("--seeds") { HelpName = "N", Description = "Run this many seeds, one after another from --seed, and report on the first that shows a violation", DefaultValueFactory = _ => 1 };
        seeds.Validators.Add(result => { if (result.GetValueOrDefault<int>() <= 0) result.AddError("--seeds: expected a positive number"); });
        threads.Validators.Add(result => { if (result.GetValueOrDefault<int>() <= 0) result.AddError("--threads: expected a positive number of cores"); });
        var command = new Command(
            "run",
            "Sets up a target, generates operations, breaks things, records, heals, checks and plots. Exit code: 0 valid, 1 a violation, 2 unknown, 3 vacuous, 4 the target could not be set up, 254 bad arguments, 255 a crash of Checker.");
        options.AddTo(command);
        foreach (var option in new Option[] { models, seeds, folder, json, threads }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var plan = options.Plan(parsed);
            var chosen = parsed.GetValue(models) is { } names ? Lookup.Models(names) : RunAndCheck.ModelsOf(plan);
            Judging.Require(chosen, plan.Workload.Type, $"workload {plan.Workload.Name}");
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var cores = parsed.GetValue(threads);

            // On a thread of its own, so that Ctrl-C reaches the run while it works.
            return Task.Run(() => (int)Execute(), CancellationToken.None);

            ExitCode Execute()
            {
                RunAndCheck Single(RunPlan one) => new(one, chosen, parsed.GetValue(folder), cores, output, error) { Json = parsed.GetValue(json) };
                if (parsed.GetValue(seeds) == 1) return Single(plan).Execute(cancellation);
                var sweep = new SeedSweep(plan, parsed.GetValue(seeds), chosen, cores, output, error);
                var code = sweep.Execute(cancellation, out var first);
                return first is { } seed ? ExitCodes.Combine(code, Single(plan with { Seed = seed }).Execute(cancellation)) : code;
            }
        });
        return command;
    }
}
