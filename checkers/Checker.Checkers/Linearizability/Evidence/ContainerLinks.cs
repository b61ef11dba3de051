using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of queues, bags, stacks and priority queues: everything with one element goes together, of an element that comes again everything of one
/// of its <see cref="Lifetimes"/>. An element that was there at first cannot be left out, and a removal of unknown outcome stays while something is left
/// that it may have taken.
/// </summary>
internal static class ContainerLinks
{
    /// <summary>Whether a type is one of these.</summary>
    public static bool IsContainer(DataType type) => type.Name is "queue" or "unordered-queue" or "stack" or "priority-queue";

    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var initial = Malformations.ItemsOf(history.History.Values, history.Initial).ToArray();
        var lifetimes = Lifetimes.Of(history);
        var stays = HasLeft(history, initial);
        var last = LastReturn(history);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Peek)
            {
                var (from, to) = lifetimes.Of(history, row);
                for (var lifetime = from; lifetime <= to && !history.Outputs[row].IsNull; lifetime++)
                {
                    links.Take(row, Key(history, lifetime), history.Outputs[row]);
                }
            }
            else if (IsInsertion(history.Functions[row]))
            {
                var key = lifetimes.IsAlone(history, row) ? history.History.Values.Integer(~row) : Key(history, lifetimes.Of(history, row).First);
                links.Share(row, key, history.Inputs[row]);
            }
            else if (history.Types[row] == OperationType.Info)
            {
                // What it took it says later, if the history was cut before that.
                if (LaterElement(history, row) is { IsNull: false } element) links.Share(row, Key(history, lifetimes.LastOf(element)), element);
                else links.Stays[row] = stays && history.Invokes[row] < last;
            }
            else if (!history.Outputs[row].IsNull)
            {
                var lifetime = lifetimes.Of(history, row).First;
                links.Stays[row] = lifetime == 0 && initial.Contains(history.Outputs[row]);
                links.Share(row, Key(history, lifetime), history.Outputs[row]);
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
        var stays = history.Types.Contains(OperationType.Info) && HasLeft(history, initial);
        var last = stays ? LastReturn(history) : 0;
        var elements = new FewElements();
        var rows = new List<int>();
        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row] || ElementOf(history, row) is not { IsNull: false } element) continue;
            elements.Add(element);
            rows.Add(row);
        }

        var lifetimes = Lifetimes.Of(history, elements);
        var needed = new HashSet<(ValueId, int)>();
        foreach (var row in rows)
        {
            var (from, to) = lifetimes.Of(history, row);
            for (var lifetime = from; lifetime <= to; lifetime++) needed.Add((ElementOf(history, row), lifetime));
        }

        foreach (var element in initial) elements.Add(element);
        var functions = history.Functions;
        var types = history.Types;
        var inputs = history.Inputs;
        var outputs = history.Outputs;
        for (var row = 0; row < functions.Length; row++)
        {
            if (kept[row] || functions[row] == Function.Peek) continue;
            var inserts = IsInsertion(functions[row]);
            if (!inserts && types[row] == OperationType.Info)
            {
                kept[row] = stays && history.Invokes[row] < last;
                continue;
            }

            var element = inserts ? inputs[row] : outputs[row];
            if (element.IsNull || !elements.Contains(element)) continue;
            var lifetime = lifetimes.Of(history, row).First;
            kept[row] = needed.Contains((element, lifetime)) || (lifetime == 0 && !inserts && initial.Contains(element));
        }
    }

    /// <summary>Whether something puts an element in.</summary>
    public static bool IsInsertion(Function function) => function is Function.Enqueue or Function.Push or Function.Insert;

    /// <summary>Whether a row certainly took an element out.</summary>
    public static bool IsRemoval(in KeyHistory history, int row) =>
        history.Functions[row] != Function.Peek && !IsInsertion(history.Functions[row]) && history.Types[row] == OperationType.Ok && !history.Outputs[row].IsNull;

    /// <summary>The element that a row inserts, takes or shows; null if none is known.</summary>
    public static ValueId ElementOf(in KeyHistory history, int row)
    {
        if (IsInsertion(history.Functions[row])) return history.Inputs[row];
        return history.Types[row] == OperationType.Info ? ValueId.Null : history.Outputs[row];
    }

    private static ValueId LaterElement(in KeyHistory history, int row)
    {
        var operation = history.Operations[row];
        return history.History.Types[operation] == OperationType.Ok ? history.History.Output[operation] : ValueId.Null;
    }

    /// <summary>What a row that inserts nothing took out, as it says at once or later; null if nothing, or nothing known.</summary>
    public static ValueId Taken(in KeyHistory history, int row)
    {
        if (IsRemoval(history, row)) return history.Outputs[row];
        return history.Types[row] == OperationType.Info && !IsInsertion(history.Functions[row]) ? LaterElement(history, row) : ValueId.Null;
    }

    // Facts without a key are cheaper, and most elements have one lifetime.
    private static ValueId Key(in KeyHistory history, int lifetime) => lifetime == 0 ? default : history.History.Values.Integer(lifetime);

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
            else if (!Taken(history, row).IsNull) more--;
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
            else if (Taken(history, row) is { IsNull: false } element)
            {
                left[element] = left.GetValueOrDefault(element) - 1;
            }
        }

        return left.Values.Any(count => count > 0);
    }
}
