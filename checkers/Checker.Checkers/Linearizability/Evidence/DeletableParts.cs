using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The parts of a history that can be left out of a valid one without making it invalid.</summary>
internal static class DeletableParts
{
    /// <summary>The parts, as rows; each row may be in several.</summary>
    public static List<int[]> Of(in KeyHistory history)
    {
        var parts = new List<int[]>();
        for (var row = 0; row < history.Count; row++)
        {
            if (OnlyObserves(history.Functions[row], history.Types[row])) parts.Add([row]);
        }

        parts.AddRange(ByValue(history));
        return parts;
    }

    private static bool OnlyObserves(Function function, OperationType type) => function switch
    {
        Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot => true,
        Function.Cas => type == OperationType.Fail,
        _ => false,
    };

    // All operations that write, read or replace a value; values joined by a compare-and-set belong together.
    private static IEnumerable<int[]> ByValue(in KeyHistory history)
    {
        var values = history.History.Values;
        var group = new Dictionary<ValueId, ValueId>();
        var rowValue = new ValueId?[history.Count];
        for (var row = 0; row < history.Count; row++)
        {
            var input = history.Inputs[row];
            switch (history.Functions[row])
            {
                case Function.Write: rowValue[row] = input; break;
                case Function.Read: rowValue[row] = history.Outputs[row]; break;
                case Function.Cas when values.Kind(input) == ValueKind.List && values.Items(input) is [var expected, var replacement]:
                    rowValue[row] = expected;
                    if (history.Types[row] != OperationType.Fail) group[Find(group, expected)] = Find(group, replacement);
                    break;
                default: break;
            }
        }

        var parts = new Dictionary<ValueId, List<int>>();
        for (var row = 0; row < history.Count; row++)
        {
            if (rowValue[row] is not { } value) continue;
            var root = Find(group, value);
            if (!parts.TryGetValue(root, out var part)) parts.Add(root, part = []);
            part.Add(row);
        }

        // The initial value was never written: what replaces it cannot be left out with it.
        parts.Remove(Find(group, history.Initial));
        return parts.Values.Select(part => part.ToArray());
    }

    private static ValueId Find(Dictionary<ValueId, ValueId> group, ValueId value)
    {
        while (group.TryGetValue(value, out var next) && next != value) value = next;
        return value;
    }
}
