using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>The frontier of registers, where the operations are those of a register.</summary>
internal static class RegisterJudge
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "register frontier (repeated values)";

    /// <summary>Prepares an object; null if it is not a register, or uses more than reads, writes, compare-and-sets and deletes.</summary>
    public static RegisterOperations? Prepare(in KeyHistory history)
    {
        if (history.Type.Name is not ("register" or "cas-register" or "kv")) return null;
        return RegisterOperations.TryPrepare(history, out var operations) ? operations : null;
    }

    /// <summary>Judges a prepared object.</summary>
    public static SearchResult Judge(in KeyHistory history, RegisterOperations operations, SearchBudget budget)
    {
        var values = history.History.Values;
        return new RegisterFrontier(operations, budget).Run(
            value => value.IsNull ? "the register is unwritten (null)" : $"the register holds {values.Text(value)}");
    }
}
