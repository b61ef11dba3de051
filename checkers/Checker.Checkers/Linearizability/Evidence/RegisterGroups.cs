using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Which operations of a register stand or fall together: those of one value, and of values joined by a compare-and-set.</summary>
internal static class RegisterGroups
{
    /// <summary>For each row the name of its group; null if it cannot be left out, as what replaces the initial value cannot.</summary>
    public static ValueId?[] Names(KeyHistory history)
    {
        var values = history.History.Values;
        var joined = new Dictionary<ValueId, ValueId>();
        var names = new ValueId?[history.Count];
        for (var row = 0; row < history.Count; row++)
        {
            var input = history.Inputs[row];
            switch (history.Functions[row])
            {
                case Function.Write: names[row] = input; break;
                case Function.Delete: names[row] = ValueId.Null; break;
                case Function.Read: names[row] = history.Outputs[row]; break;
                case Function.Cas when values.Kind(input) == ValueKind.List && values.Items(input) is [var expected, var replacement]:
                    names[row] = expected;
                    if (history.Types[row] == OperationType.Fail) break;
                    var (from, to) = (Root(joined, expected), Root(joined, replacement));
                    if (from != to) joined[from] = to;
                    break;
                default: break;
            }
        }

        var initial = Root(joined, history.Initial);
        for (var row = 0; row < names.Length; row++)
        {
            if (names[row] is not { } name) continue;
            var root = Root(joined, name);
            names[row] = root == initial ? null : root;
        }

        return names;
    }

    private static ValueId Root(Dictionary<ValueId, ValueId> joined, ValueId value)
    {
        while (joined.TryGetValue(value, out var next)) value = next;
        return value;
    }
}
