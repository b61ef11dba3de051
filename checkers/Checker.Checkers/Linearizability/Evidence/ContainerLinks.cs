using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of queues, bags, stacks and priority queues: everything with one element goes together. An element that was there at first cannot be
/// left out, and a removal of unknown outcome stays while something is left that it may have taken.
/// </summary>
internal static class ContainerLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var values = history.History.Values;
        var initial = values.Kind(history.Initial) == ValueKind.List ? values.Items(history.Initial).ToArray() : [];
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

    private static int LastReturn(in KeyHistory history)
    {
        var last = -1;
        foreach (var end in history.Returns) last = end == KeyHistory.Never ? last : Math.Max(last, end);
        return last;
    }

    // Whether some element was inserted more often than it was removed for certain.
    private static bool HasLeft(in KeyHistory history, ValueId[] initial)
    {
        var left = new Dictionary<ValueId, int>();
        foreach (var element in initial) left[element] = left.GetValueOrDefault(element) + 1;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] is Function.Enqueue or Function.Push or Function.Insert)
            {
                left[history.Inputs[row]] = left.GetValueOrDefault(history.Inputs[row]) + 1;
            }
            else if (history.Functions[row] != Function.Peek && history.Types[row] == OperationType.Ok && !history.Outputs[row].IsNull)
            {
                left[history.Outputs[row]] = left.GetValueOrDefault(history.Outputs[row]) - 1;
            }
        }

        return left.Values.Any(count => count > 0);
    }
}
