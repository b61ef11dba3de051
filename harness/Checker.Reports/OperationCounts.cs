using Checker.Histories;

namespace Checker.Reports;

/// <summary>How many operations ended how, and how many processes there were.</summary>
/// <param name="Ok">Operations that happened.</param>
/// <param name="Fail">Operations that did not happen.</param>
/// <param name="Info">Operations of which nobody knows.</param>
/// <param name="Processes">Distinct processes.</param>
public sealed record OperationCounts(int Ok, int Fail, int Info, int Processes)
{
    /// <summary>Counts a history.</summary>
    public static OperationCounts Of(History history)
    {
        var counts = new int[3];
        foreach (var type in history.Types) counts[(int)type]++;
        var processes = new HashSet<int>();
        foreach (var process in history.Process) processes.Add(process);
        return new(counts[(int)OperationType.Ok], counts[(int)OperationType.Fail], counts[(int)OperationType.Info], processes.Count);
    }
}
