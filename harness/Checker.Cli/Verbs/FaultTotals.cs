using Checker.Harness.Runs;
using Checker.Reports;

namespace Checker.Cli.Verbs;

/// <summary>What each kind of fault did in a run, added up.</summary>
internal static class FaultTotals
{
    public static IEnumerable<FaultSummary> Of(RunResult result) => result.Faults
        .GroupBy(fault => (fault.Fault, fault.Evidence.What))
        .Select(group => new FaultSummary(group.Key.Fault, group.Count(), group.Sum(fault => fault.Evidence.Hits), group.Key.What))
        .OrderBy(summary => summary.Name, StringComparer.Ordinal);
}
