using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The insertions of unknown outcome that can be left out before searching a queue, stack, set or append-only list of the bundled
/// meaning: those whose element no finished operation found. In any linearization such an element can be taken out together with the
/// operation of unknown outcome that removed it, if one did. No finished operation notices: one that found the container empty still
/// does, one that found another element still finds it, as the others keep their order, and a read that did not list the element came
/// before it or after its removal.
/// </summary>
internal readonly struct UnseenInsertions
{
    private readonly Function _insertion;
    private readonly HashSet<ValueId>? _found;

    private UnseenInsertions(Function insertion, HashSet<ValueId> found)
    {
        _insertion = insertion;
        _found = found;
    }

    /// <summary>Collects what was found, O(results). Empty, and free, where nothing inserted is of unknown outcome.</summary>
    public static UnseenInsertions Of(in KeyHistory history)
    {
        if (InsertionOf(history.Type) is not { } insertion || !HasUnknown(history, insertion)) return default;
        var table = history.History.Values;
        var found = new HashSet<ValueId>();
        var isSet = history.Type.Name == DataTypes.Set.Name;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Types[row] != OperationType.Ok) continue;

            // What a set answers to an addition, a removal or a question may depend on the presence of its argument.
            if (isSet) found.Add(history.Inputs[row]);
            var output = history.Outputs[row];
            found.Add(output);
            if (table.Kind(output) != ValueKind.List) continue;
            foreach (var item in table.Items(output)) found.Add(item);
        }

        return new UnseenInsertions(insertion, found);
    }

    /// <summary>Whether an operation can be left out.</summary>
    public bool Contains(Function function, OperationType type, ValueId input) =>
        type == OperationType.Info && _found is not null && function == _insertion && !_found.Contains(input);

    private static bool HasUnknown(in KeyHistory history, Function insertion)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Types[row] == OperationType.Info && history.Functions[row] == insertion) return true;
        }

        return false;
    }

    private static Function? InsertionOf(DataType type) => type.Name switch
    {
        "queue" or "unordered-queue" => Function.Enqueue,
        "stack" => Function.Push,
        "priority-queue" => Function.Insert,
        "set" => Function.Add,
        "append-list" => Function.Append,
        _ => null,
    };
}
