using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// Refutes stacks by what is left of them if only one or two values are kept. An order of a stack stays one without everything that has to do with some
/// value; pops of unknown outcome stay, as they may have taken anything. What is left has far fewer contents, and a contradiction mostly concerns few values.
/// </summary>
internal static class StackProjections
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "stack projections (repeated values)";

    private const int MostValues = 24;
    private const long StepsForOne = 20_000;

    /// <summary>Searches what each value leaves, and each two; null if none of them is refuted.</summary>
    /// <param name="history">The object.</param>
    /// <param name="turns">What may be spent.</param>
    public static SearchResult? Refute(in KeyHistory history, Turns turns)
    {
        if (history.Type.Name != DataTypes.Stack.Name || !history.IsEmptyAtFirst) return null;
        var values = new HashSet<ValueId>();
        for (var row = 0; row < history.Count && values.Count <= MostValues; row++)
        {
            if (ValueOf(history, row) is { IsNull: false } value) values.Add(value);
        }

        if (values.Count is < 3 or > MostValues) return null;
        var all = values.ToArray();
        for (var distance = 0; distance < all.Length; distance++)
        {
            for (var one = 0; one + distance < all.Length && !turns.Spent; one++)
            {
                var rest = Only(history, all[one], all[one + distance]);
                if (StackProblem.Of(rest) is not { } stack) return null;
                var result = new StackSearch(stack, turns.Next(StepsForOne + (16L * rest.Count))).Run(rest);
                turns.Count(result);
                if (result.Kind == VerdictKind.Invalid) return result;
            }
        }

        return null;
    }

    private static KeyHistory Only(in KeyHistory history, ValueId one, ValueId other)
    {
        var rows = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            var value = ValueOf(history, row);
            if (value.IsNull || value == one || value == other) rows.Add(row);
        }

        return history.Only([.. rows]);
    }

    // Null for what found nothing, and for what may have taken anything.
    private static ValueId ValueOf(in KeyHistory history, int row) =>
        history.Functions[row] == Function.Push ? history.Inputs[row] : history.Types[row] == OperationType.Info ? default : history.Outputs[row];
}
