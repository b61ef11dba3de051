using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>The frontier of registers, where the operations are those of a register.</summary>
internal static class RegisterJudge
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "register frontier (repeated values)";

    /// <summary>Judges an object; null if it is not a register, or uses more than reads, writes, compare-and-sets and deletes.</summary>
    public static SearchResult? TryJudge(in KeyHistory history, SearchBudget budget)
    {
        if (history.Type.Name is not ("register" or "cas-register" or "kv")) return null;
        if (!RegisterOperations.TryPrepare(history, out var operations)) return null;
        var values = history.History.Values;
        return new RegisterFrontier(operations, budget).Run(
            value => value.IsNull ? "the register is unwritten (null)" : $"the register holds {values.Text(value)}");
    }
}
