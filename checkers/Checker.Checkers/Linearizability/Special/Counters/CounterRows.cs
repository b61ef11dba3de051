using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>What the rows of a counter say.</summary>
internal static class CounterRows
{
    /// <summary>
    /// Why a counter's reads are no layers (<see cref="CounterLayers"/>), or its increments not by one where that is wanted; null if they may be.
    /// </summary>
    public static string? Obstacle(in KeyHistory history, bool unit)
    {
        var (up, down, large) = (false, false, false);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read)
            {
                if (!history.History.Values.TryGetInteger(history.Outputs[row], out _)) return "a result or an amount without form";
                continue;
            }

            if (Amount(history, row) is not { } amount) return "a result or an amount without form";
            (up, down, large) = (up | (amount > 0), down | (amount < 0), large | (amount is < -1 or > 1));
            if (up && down) return "a counter that goes up and down";
            if (unit && large) return "increments by more than one";
        }

        return null;
    }

    /// <summary>By how much a row that is no read changes the counter; null if it is not formed.</summary>
    public static long? Amount(in KeyHistory history, int row)
    {
        if (history.Functions[row] is not (Function.Add or Function.Increment or Function.Decrement)) return null;
        var amount = 1L;
        var one = history.Inputs[row].IsNull && history.Functions[row] != Function.Add;
        if (!one && !history.History.Values.TryGetInteger(history.Inputs[row], out amount)) return null;
        if (history.Type.Name == DataTypes.Counter.Name && amount < 0) return null;
        return amount == long.MinValue ? null : history.Functions[row] == Function.Decrement ? -amount : amount;
    }
}
