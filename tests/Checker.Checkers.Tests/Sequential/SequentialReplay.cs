using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Sequential;

/// <summary>Verifies that an order is a sequential order of a history of registers, by replaying it; shares nothing with the
/// algorithm.</summary>
internal static class SequentialReplay
{
    /// <summary>What is wrong with the order; null if nothing is.</summary>
    public static string? Refute(History history, IReadOnlyList<int> order)
    {
        if (order.Distinct().Count() != order.Count) return "an operation twice";
        var placed = order.ToHashSet();
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Types[op] == OperationType.Ok && !placed.Contains(op)) return $"operation {op} is missing";
            if (history.Types[op] == OperationType.Fail && placed.Contains(op)) return $"operation {op} never happened";
        }

        var last = new Dictionary<int, int>();
        var state = new Dictionary<int, ValueId>();
        foreach (var op in order)
        {
            if (last.GetValueOrDefault(history.Process[op], -1) > op) return $"operation {op} before an earlier one of its process";
            last[history.Process[op]] = op;
            var holds = state.GetValueOrDefault(history.Key[op], ValueId.Null);
            if (history.Functions[op] == Function.Read && history.Output[op] != holds) return $"operation {op} cannot read that there";
            if (history.Functions[op] == Function.Cas && history.Values.Items(history.Input[op])[0] != holds) return $"operation {op} " +
                $"cannot succeed there";
            if (history.Functions[op] == Function.Write) state[history.Key[op]] = history.Input[op];
            if (history.Functions[op] == Function.Cas) state[history.Key[op]] = history.Values.Items(history.Input[op])[1];
        }

        return null;
    }
}
