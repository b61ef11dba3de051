using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of queues, bags, stacks and priority queues: everything with one element goes together. An element that was there at first cannot be
/// left out, and a removal of unknown outcome stays while something is left that it may have taken.
/// </summary>
internal static class ContainerLinks
{
    /// <summary>Whether a type is one of these.</summary>
    public static bool IsContainer(DataType type) => type.Name is "queue" or "unordered-queue" or "stack" or "priority-queue";

    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var initial = Malformations.ItemsOf(history.History.Values, history.Initial).ToArray();
        var stays = HasLeft(history, initial);
        var last = LastReturn(history);
        for (var row = 0; row < history.Count; row++)
        {
            var unknown = history.Types[row] == OperationType.Info;
            switch (history.Functions[row])
            {
                case Function.Enqueue or Function.Push or Function.Insert: links.Share(row, history.Inputs[row]); break;
                case Function.Peek:
                    if (!history.Outputs[row].IsNull) links.Take(row, default, history.Outputs[row]);
                    break;
                default:
                    if (unknown) links.Stays[row] = stays && history.Invokes[row] < last;
                    else if (initial.Contains(history.Outputs[row])) links.Stays[row] = true;
                    else if (!history.Outputs[row].IsNull) links.Share(row, history.Outputs[row]);
                    break;
            }
        }
    }

    /// <summary>
    /// Marks what the rows that are marked need, as <see cref="Dependence.AddNeeds(bool[], bool)"/> does, without a list of what goes with what: of long
    /// histories.
    /// </summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        var initial = Malformations.ItemsOf(history.History.Values, history.Initial).ToArray();
        var stays = HasLeft(history, initial);
        var last = LastReturn(history);
        var elements = new HashSet<ValueId>();
        var functions = history.Functions;
        var inputs = history.Inputs;
        var outputs = history.Outputs;
        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row]) continue;
            if (IsInsertion(functions[row])) elements.Add(inputs[row]);
            else if (Shows(history, row, initial)) elements.Add(outputs[row]);
        }

        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) continue;
            if (IsInsertion(functions[row])) kept[row] = elements.Contains(inputs[row]);
            else if (functions[row] == Function.Peek) continue;
            else if (history.Types[row] == OperationType.Info) kept[row] = stays && history.Invokes[row] < last;
            else kept[row] = initial.Contains(outputs[row]) || (!outputs[row].IsNull && elements.Contains(outputs[row]));
        }
    }

    // Whether a row that is no insertion takes an element that was inserted.
    private static bool Shows(in KeyHistory history, int row, ValueId[] initial)
    {
        if (history.Outputs[row].IsNull) return false;
        return history.Functions[row] == Function.Peek || (history.Types[row] != OperationType.Info && !initial.Contains(history.Outputs[row]));
    }

    private static bool IsInsertion(Function function) => function is Function.Enqueue or Function.Push or Function.Insert;

    private static int LastReturn(in KeyHistory history)
    {
        var last = -1;
        foreach (var end in history.Returns) last = end == KeyHistory.Never ? last : Math.Max(last, end);
        return last;
    }

    // Whether some element was inserted more often than it was removed for certain.
    private static bool HasLeft(in KeyHistory history, ValueId[] initial)
    {
        long more = initial.Length;
        for (var row = 0; row < history.Count; row++)
        {
            if (IsInsertion(history.Functions[row])) more++;
            else if (IsRemoval(history, row)) more--;
        }

        if (more > 0) return true;
        var left = new Dictionary<ValueId, int>();
        foreach (var element in initial) left[element] = left.GetValueOrDefault(element) + 1;
        for (var row = 0; row < history.Count; row++)
        {
            if (IsInsertion(history.Functions[row]))
            {
                left[history.Inputs[row]] = left.GetValueOrDefault(history.Inputs[row]) + 1;
            }
            else if (IsRemoval(history, row))
            {
                left[history.Outputs[row]] = left.GetValueOrDefault(history.Outputs[row]) - 1;
            }
        }

        return left.Values.Any(count => count > 0);
    }

    private static bool IsRemoval(in KeyHistory history, int row) =>
        history.Functions[row] != Function.Peek && history.Types[row] == OperationType.Ok && !history.Outputs[row].IsNull;
}
