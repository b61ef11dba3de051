using Checker.Checkers;
using Checker.Cli.Conventions;
using Checker.Cli.Terminal;
using Checker.Harness.Runs;
using Checker.Histories.Words;
using Spectre.Console;

namespace Checker.Cli.Verbs;

/// <summary>Runs one plan with many seeds and says which showed what; the first seed that shows a violation is worth a report of its own.</summary>
/// <param name="plan">The plan; its seed is the first.</param>
/// <param name="count">How many seeds.</param>
/// <param name="models">What to judge by.</param>
/// <param name="threads">Runs at the same time.</param>
/// <param name="output">Where the outcome is printed.</param>
/// <param name="error">Where each seed is told as it ends.</param>
internal sealed class SeedSweep(RunPlan plan, int count, IReadOnlyList<IConsistencyModel> models, int threads, TextWriter output, TextWriter error)
{
    /// <summary>Runs all seeds.</summary>
    /// <param name="cancellation">Stops early.</param>
    /// <param name="firstViolation">The first seed, in order, that showed a violation.</param>
    public ExitCode Execute(CancellationToken cancellation, out long? firstViolation)
    {
        var seeds = Enumerable.Range(0, count).Select(i => plan.Seed + i);
        var options = new CampaignOptions { Parallelism = threads, Cancellation = cancellation, Observer = new Teller(error) };
        var outcomes = Campaign.Run(plan, seeds, seed => Worlds.Make(plan.World, seed), Judge, options);
        firstViolation = outcomes.FirstOrDefault(outcome => outcome.IsViolation)?.Seed;
        return Summarise(outcomes);
    }

    private List<Verdict> Judge(RunResult result) => [.. models.Select(model => model.Check(result.History, plan.Workload.Type, CheckOptions.Default))];

    private ExitCode Summarise(IReadOnlyList<SeedOutcome> outcomes)
    {
        var console = Screen.On(output);
        var code = outcomes.Count == count ? ExitCode.Valid : ExitCode.Unknown;
        foreach (var outcome in outcomes) code = ExitCodes.Combine(code, CodeOf(outcome));
        int Count(ExitCode which) => outcomes.Count(outcome => CodeOf(outcome) == which);
        console.MarkupLine(
            $"[bold]{Markup.Escape(plan.Target.Name)}[/]: {outcomes.Count} of {Plural.Of(count, "seed")} from {plan.Seed}: " +
            $"{Count(ExitCode.Valid)} valid, {Count(ExitCode.Violation)} with a violation, {Count(ExitCode.Unknown)} unknown, " +
            $"{Count(ExitCode.Vacuous)} vacuous, {Count(ExitCode.Infrastructure)} failed" + (outcomes.Count < count ? "; [yellow]stopped early[/]" : ""));
        foreach (var outcome in outcomes.Where(outcome => CodeOf(outcome) != ExitCode.Valid).Take(10))
        {
            console.MarkupLine($"  seed {outcome.Seed}: {Markup.Escape(Why(outcome))}");
            console.MarkupLine($"    replay: {Markup.Escape(outcome.ReplayCommand)}");
        }

        return code;
    }

    private static ExitCode CodeOf(SeedOutcome outcome)
    {
        if (outcome.End == RunEnd.Failed) return ExitCode.Infrastructure;
        var code = ExitCodes.Of(outcome.Verdict);
        if (outcome.Liveness.Count > 0) code = ExitCodes.Combine(code, ExitCode.Violation);
        return outcome.Vacuity.Count > 0 ? ExitCodes.Combine(code, ExitCode.Vacuous) : code;
    }

    private static string Why(SeedOutcome outcome) =>
        outcome.Error
        ?? outcome.Verdicts
            .SelectMany(verdict => verdict.Anomalies.Select(anomaly => $"not {verdict.Model}: {anomaly.Kind}: {anomaly.Explanation}"))
            .FirstOrDefault()
        ?? outcome.Liveness.Concat(outcome.Vacuity).Select(finding => finding.Explanation).FirstOrDefault()
        ?? outcome.Verdicts.Select(verdict => verdict.Reason).FirstOrDefault(reason => reason is not null)
        ?? "unknown";

    private sealed class Teller(TextWriter writer) : IObserver<SeedOutcome>
    {
        private int _ended;

        public void OnNext(SeedOutcome value)
        {
            _ended++;
            if (CodeOf(value) == ExitCode.Valid && _ended % 20 != 0) return;
            writer.WriteLine($"{Plural.Of(_ended, "seed")} ended; seed {value.Seed}: {CodeOf(value).ToString().ToLowerInvariant()}");
        }

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
