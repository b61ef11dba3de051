using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The parts of a history that can be left out of a valid one without making it invalid. What is left out must not be what gives another
/// operation its
/// result, so a write goes only with everything that may have seen it.
/// </summary>
internal static class DeletableParts
{
    /// <summary>
    /// The kinds of parts, in the order in which they are worth trying. The parts of one kind can be left out in any number, earlier ones
    /// first.
    /// </summary>
    public static IReadOnlyList<Func<KeyHistory, List<int[]>>> Kinds { get; } = [UnseenWrites.Of, Observations, Groups];

    // Operations that change nothing, or whose absence can only help others.
    private static List<int[]> Observations(KeyHistory history)
    {
        var parts = new List<int[]>();
        for (var row = 0; row < history.Count; row++)
        {
            if (OnlyObserves(history, row)) parts.Add([row]);
        }

        return parts;
    }

    private static bool OnlyObserves(KeyHistory history, int row) => history.Functions[row] switch
    {
        Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot or Function.Generate => true,
        Function.Dequeue or Function.Pop or Function.ExtractMax => history.Types[row] == OperationType.Ok && history.Outputs[row].IsNull,
        Function.Cas => history.Types[row] == OperationType.Fail,
        Function.Acquire => history.Type.Name == "semaphore",
        _ => false,
    };

    // Everything about one value, element, owner or key; together with whatever looks at all of them at once.
    private static List<int[]> Groups(KeyHistory history)
    {
        if (history.Functions.Contains(Function.Append) || history.Functions.Contains(Function.Transaction)) return [];
        var names = Names(history);
        if (names is null) return [];
        var groups = new Dictionary<ValueId, List<int>>();
        var everywhere = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (LooksAtAll(history, row))
            {
                everywhere.Add(row);
            }
            else if (names[row] is { } name)
            {
                if (!groups.TryGetValue(name, out var group)) groups.Add(name, group = []);
                group.Add(row);
            }
        }

        return [.. groups.Values.Select(group => group.Concat(everywhere).Order().ToArray())];
    }

    private static bool LooksAtAll(KeyHistory history, int row) => history.Functions[row] switch
    {
        Function.Cas => history.Types[row] == OperationType.Fail,
        Function.Read => history.Type.Name == "set",
        Function.Snapshot => true,
        Function.Acquire => history.Types[row] == OperationType.Ok && history.Outputs[row] == ValueId.Boolean(false),
        _ => false,
    };

    private static ValueId?[]? Names(KeyHistory history)
    {
        switch (history.Type.Name)
        {
            case "register" or "cas-register" or "kv": return RegisterGroups.Names(history);
            case "set" or "queue" or "unordered-queue" or "stack" or "priority-queue":
                var elements = new ValueId?[history.Count];
                for (var row = 0; row < history.Count; row++)
                {
                    var taken = history.Functions[row] is Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax;
                    elements[row] = !taken
                        ? history.Inputs[row]
                        : history.Types[row] == OperationType.Ok && !history.Outputs[row].IsNull
                        ? history.Outputs[row]
                        : null;
                }

                return elements;
            case "snapshot":
                var keys = new ValueId?[history.Count];
                for (var row = 0; row < history.Count; row++)
                    keys[row] = history.History.KeyId(history.History.Key[history.Operations[row]]);
                return keys;
            case "lock":
                var owners = new ValueId?[history.Count];
                for (var row = 0; row < history.Count; row++)
                {
                    owners[row] = LockArgument.Of(
                        history.History.Values, history.Types[row], history.Inputs[row], default, history.History.Process[history.Operations[row]]).Owner;
                }

                return owners;
            default: return null;
        }
    }
}
