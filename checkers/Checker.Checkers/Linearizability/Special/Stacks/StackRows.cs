using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>The rows of a stack whose values may repeat, apart by what they do, each list in the order of invocation.</summary>
internal sealed class StackRows
{
    private StackRows(int[] values, LocalTime time) => (Values, Time) = (values, time);

    /// <summary>The number of each row's value; −1 if it has none, or none that is known.</summary>
    public int[] Values { get; }

    /// <summary>The events.</summary>
    public LocalTime Time { get; }

    /// <summary>The pushes, those of unknown outcome included.</summary>
    public List<int> Pushes { get; } = [];

    /// <summary>The pops that found something.</summary>
    public List<int> Pops { get; } = [];

    /// <summary>The pops that found nothing.</summary>
    public List<int> Empties { get; } = [];

    /// <summary>The pops of unknown outcome.</summary>
    public List<int> Unknown { get; } = [];

    /// <summary>Whether a row's outcome is unknown.</summary>
    public bool IsUnknown(int row) => Time.Return[row] == Time.Events;

    /// <summary>Reads a stack; null if it is not empty at first, or somebody looked at it without popping.</summary>
    public static StackRows? Of(in KeyHistory history)
    {
        if (!history.IsEmptyAtFirst) return null;
        using var numbers = new ValueNumbers(history.Count);
        var rows = new StackRows(new int[history.Count], new LocalTime(history));
        for (var row = 0; row < history.Count; row++)
        {
            var push = history.Functions[row] == Function.Push;
            if (!push && history.Functions[row] != Function.Pop) return null;
            var value = push ? history.Inputs[row] : history.Outputs[row];
            var unknown = history.Types[row] == OperationType.Info;
            if (push && value.IsNull) return null;
            rows.Values[row] = (!push && unknown) || value.IsNull ? -1 : numbers.NumberOf(value);
            (push ? rows.Pushes : unknown ? rows.Unknown : value.IsNull ? rows.Empties : rows.Pops).Add(row);
        }

        return rows;
    }
}
