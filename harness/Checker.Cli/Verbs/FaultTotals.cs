using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Reports;

namespace Checker.Cli.Verbs;

/// <summary>What the faults of a run did, added up.</summary>
internal static class FaultTotals
{
    /// <summary>By the kind of fault, as the nemesis picked it.</summary>
    public static IEnumerable<FaultSummary> ByFault(RunResult result) => By(result, fault => fault.Fault);

    /// <summary>By nemesis, as the user named it.</summary>
    public static IEnumerable<FaultSummary> ByNemesis(RunResult result) => By(result, fault => fault.Nemesis);

    private static IEnumerable<FaultSummary> By(RunResult result, Func<FaultReport, string> name) => result.Faults
        .GroupBy(fault => (Name: name(fault), fault.Evidence.What))
        .Select(group => new FaultSummary(group.Key.Name, group.Count(), group.Sum(fault => fault.Evidence.Hits), group.Key.What))
        .OrderBy(summary => summary.Name, StringComparer.Ordinal);
}
