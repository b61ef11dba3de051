using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The insertions of unknown outcome that can be left out before searching a queue, stack, set or append-only list of the bundled
/// meaning, and the writes of unknown outcome of registers that are written or read together: those whose element no finished operation found. In any linearization such an element can be taken out together with the
/// operation of unknown outcome that removed it, if one did. No finished operation notices: one that found the container empty still
/// does, one that found another element still finds it, as the others keep their order, and a read that did not list the element came
/// before it or after its removal. Of a register, nobody read anything between such a write and the next one.
/// </summary>
internal readonly struct UnseenInsertions
{
    private readonly Function _insertion;
    private readonly HashSet<ValueId>? _found;
    private readonly ValueTable? _values;

    private UnseenInsertions(Function insertion, HashSet<ValueId> found, ValueTable values)
    {
        _insertion = insertion;
        _found = found;
        _values = values;
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
            if (insertion == Function.Transaction && output.IsNull) output = history.Inputs[row];
            if (table.Kind(output) is not (ValueKind.List or ValueKind.Map)) continue;
            foreach (var item in table.Items(output))
            {
                found.Add(item);
                if (insertion != Function.Transaction || table.Kind(item) != ValueKind.List) continue;
                foreach (var part in table.Items(item)) found.Add(part);
            }
        }

        return new UnseenInsertions(insertion, found, table);
    }

    /// <summary>Whether an operation can be left out.</summary>
    public bool Contains(Function function, OperationType type, ValueId input) =>
        type == OperationType.Info && _found is not null && function == _insertion && (function == Function.Transaction ? !AnyFound(input) : !_found.Contains(input));

    private bool AnyFound(ValueId micros)
    {
        foreach (var micro in _values!.Items(micros))
        {
            var items = _values.Items(micro);
            if (MultiRegisterSpec.IsWriteName(_values, items[0]) == true && _found!.Contains(items[2])) return true;
        }

        return false;
    }

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
        "multi-register" => Function.Transaction,
        "snapshot" => Function.Write,
        _ => null,
    };
}
