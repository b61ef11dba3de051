using System.Globalization;
using Checker.Harness.Nemeses;
using Checker.Harness.Workloads;

namespace Checker.Harness.Runs;

/// <summary>The command that does a run again.</summary>
internal static class ReplayCommand
{
    public static string Of(RunPlan plan)
    {
        var defaults = WorkloadOptions.Default;
        var options = plan.WorkloadOptions;
        var words = new List<string> { "checker", "run", plan.Target.Name };
        void Add(string flag, string value) => words.AddRange([flag, Quote(value)]);
        void Number(string flag, IFormattable value, IFormattable byDefault)
        {
            if (!value.Equals(byDefault)) Add(flag, value.ToString(null, CultureInfo.InvariantCulture));
        }

        Add("--workload", plan.Workload.Name);
        Add("--nemesis", plan.Nemeses.Count == 0 ? NemesisCatalogue.None : string.Join(",", plan.Nemeses.Select(nemesis => nemesis.Name)));
        if (plan.NemesisOptions.Interval is { } interval) Add("--nemesis-interval", Durations.Text(interval));
        Add("--time-limit", Durations.Text(plan.TimeLimit));
        Add("--rate", options.Rate.ToString(CultureInfo.InvariantCulture));
        Add("--concurrency", plan.Concurrency.ToString(CultureInfo.InvariantCulture));
        Add("--nodes", plan.Nodes.ToString(CultureInfo.InvariantCulture));
        Number("--read-fraction", options.ReadFraction, defaults.ReadFraction);
        if (options.CasFraction is { } cas) Add("--cas-fraction", cas.ToString(CultureInfo.InvariantCulture));
        Number("--keys", options.Keys, defaults.Keys);
        Number("--ops-per-key", options.OperationsPerKey, defaults.OperationsPerKey);
        if (options.KeyChoice != defaults.KeyChoice) Add("--key-choice", options.KeyChoice.ToString().ToLowerInvariant());
        if (!options.UniqueValues) Add("--values", options.Values.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in plan.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            Add("--set", $"{name}={value}");
        }

        foreach (var bug in plan.Bugs) Add("--bug", bug);
        Add("--world", plan.World);
        Add("--seed", plan.Seed.ToString(CultureInfo.InvariantCulture));
        return string.Join(' ', words);
    }

    // Single quotes, as every shell of the Unix kind reads them.
    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_.,:=/+".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
