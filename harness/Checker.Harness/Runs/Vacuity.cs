using Checker.Harness.Nemeses;
using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>Finds out why a run says nothing about its target.</summary>
public static class Vacuity
{
    /// <summary>The reasons; none if the run says something.</summary>
    /// <param name="nemeses">The nemeses that were asked for.</param>
    /// <param name="faults">What became of the faults.</param>
    /// <param name="main">The operations of the main phase, by function.</param>
    /// <param name="whole">The operations of the whole run, final reads included, by function.</param>
    /// <param name="type">The data type.</param>
    public static IReadOnlyList<RunFinding> Of(
        IReadOnlyList<INemesis> nemeses,
        IReadOnlyList<FaultReport> faults,
        IReadOnlyDictionary<string, RunCounts> main,
        IReadOnlyDictionary<string, RunCounts> whole,
        DataType type)
    {
        var findings = new List<RunFinding>();
        var total = main.Values.Sum(counts => counts.Total);
        var read = FunctionNames.Of(Function.Read);
        if (total == 0)
        {
            findings.Add(new RunFinding("no-operation", "no operation was invoked while the workload ran"));
        }
        else if (main.Values.All(counts => counts.Ok == 0))
        {
            findings.Add(new RunFinding("no-operation-succeeded", $"none of the {total} operations of the workload succeeded"));
        }
        else
        {
            if (type.Knows(Function.Read) && whole.GetValueOrDefault(read).Ok == 0)
            {
                findings.Add(new RunFinding("no-read-succeeded", "no read succeeded: whatever was written, nobody ever looked"));
            }

            if (type.Functions.Any(IsUpdate) && main.Where(entry => entry.Key != read).All(entry => entry.Value.Ok == 0))
            {
                findings.Add(
                    new RunFinding("no-write-succeeded", "nothing but reads succeeded: nothing ever changed that a read could miss"));
            }
        }

        foreach (var nemesis in nemeses)
        {
            var mine = faults.Where(fault => fault.Nemesis == nemesis.Name).ToArray();
            if (mine.All(fault => fault.Error is not null && fault.Evidence.Hits == 0))
            {
                var errors = mine.Select(fault => fault.Error).Distinct().ToArray();
                findings.Add(new RunFinding(
                    "fault-never-injected",
                    $"the nemesis \"{nemesis.Name}\" never injected a fault: " +
                    (errors.Length == 0 ? "the run was too short, or there was nothing to aim at" : string.Join("; ", errors))));
            }
            else if (mine.All(fault => fault.Evidence.Hits == 0))
            {
                var what = mine.Select(fault => fault.Evidence.What).Where(text => !string.IsNullOrEmpty(text)).Distinct().ToArray();
                findings.Add(new RunFinding(
                    "fault-never-bit",
                    $"the nemesis \"{nemesis.Name}\" injected {mine.Length} faults, but none ever bit" +
                    (what.Length == 0 ? "" : $": {string.Join(", ", what)}: 0")));
            }
        }

        return findings;
    }

    private static bool IsUpdate(Function function) =>
        function is not (Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot);
}
