using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// One object's operations, prepared for searching: events in order, equal operations in classes, and for each operation a slot that no
/// other
/// operation has while it is open. Operations without effect or observation (unfinished reads) are left out.
/// </summary>
internal sealed class SearchProblem
{
    private SearchProblem()
    {
    }

    /// <summary>The number in the whole history of each row.</summary>
    public required int[] Operations { get; init; }

    /// <summary>The events in order: row ≥ 0 is its invocation, ~row its return. Unfinished operations never return.</summary>
    public required int[] Events { get; init; }

    /// <summary>The slot of each row. The unfinished rows of one class share one slot.</summary>
    public required int[] Slots { get; init; }

    /// <summary>The class of each row: equal operations have equal classes.</summary>
    public required int[] Classes { get; init; }

    /// <summary>The position of each row's return, or <see cref="KeyHistory.Never"/>.</summary>
    public required int[] Returns { get; init; }

    /// <summary>The operation of each class.</summary>
    public required SpecOperation[] ByClass { get; init; }

    /// <summary>How many operations each class has.</summary>
    public required int[] ClassSizes { get; init; }

    /// <summary>Whether the operations of each class never change the state.</summary>
    public required bool[] ReadOnly { get; init; }

    /// <summary>For each class of unfinished operations its rows, in the order of invocation; null for the other classes.</summary>
    public required int[]?[] Unfinished { get; init; }

    /// <summary>How many slots are needed: the most finished operations open at once, and one for each class of unfinished ones.</summary>
    public required int SlotCount { get; init; }

    /// <summary>Prepares an object; on a malformed operation says what is wrong with it instead.</summary>
    public static SearchProblem? Prepare<TSpec, TState>(in KeyHistory history, TSpec spec, out string? malformed)
        where TSpec : struct, ISequentialSpec<TState>
        where TState : notnull, IEquatable<TState>
    {
        var known = new Dictionary<SpecOperation, int>();
        var byClass = new List<SpecOperation>();
        var readOnly = new List<bool>();
        var count = history.Count;
        var rows = 0;
        var operations = new int[count];
        var classes = new int[count];
        var invokes = new int[count];
        var returns = new int[count];
        var usesProcess = spec.UsesProcess;
        var processes = history.History.Process;
        var keys = history.History.Key;
        malformed = null;
        for (var i = 0; i < count; i++)
        {
            var number = history.Operations[i];
            var type = history.Types[i];
            var operation = new SpecOperation(
                history.Functions[i],
                type,
                history.History.KeyId(keys[number]),
                history.Inputs[i],
                type == OperationType.Ok ? history.Outputs[i] : ValueId.Null,
                usesProcess ? processes[number] : 0);
            if (!known.TryGetValue(operation, out var cls))
            {
                malformed = spec.Malformed(operation);
                if (malformed is not null)
                {
                    malformed = $"{malformed} (line {history.History.Line(history.Invokes[i])})";
                    return null;
                }

                cls = byClass.Count;
                known.Add(operation, cls);
                byClass.Add(operation);
                readOnly.Add(spec.IsReadOnly(operation));
            }

            if (type == OperationType.Info && readOnly[cls]) continue;
            operations[rows] = number;
            classes[rows] = cls;
            invokes[rows] = history.Invokes[i];
            returns[rows] = history.Returns[i];
            rows++;
        }

        spec.Prepare(byClass);
        var events = EventOrder.Of(invokes.AsSpan(0, rows), returns.AsSpan(0, rows));
        var sizes = new int[byClass.Count];
        foreach (var cls in classes.AsSpan(0, rows)) sizes[cls]++;
        var unfinished = UnfinishedRows(byClass, sizes, classes.AsSpan(0, rows));
        var slots = new int[rows];
        var slotCount = AssignSlots(events, classes, unfinished, slots);
        return new SearchProblem
        {
            Operations = operations[..rows],
            Events = events,
            Slots = slots,
            Classes = classes[..rows],
            Returns = returns[..rows],
            ByClass = [.. byClass],
            ClassSizes = sizes,
            ReadOnly = [.. readOnly],
            Unfinished = unfinished,
            SlotCount = slotCount,
        };
    }

    private static int[]?[] UnfinishedRows(List<SpecOperation> byClass, int[] sizes, ReadOnlySpan<int> classes)
    {
        var rows = new int[]?[byClass.Count];
        var next = new int[byClass.Count];
        for (var row = 0; row < classes.Length; row++)
        {
            var cls = classes[row];
            if (!byClass[cls].IsInfo) continue;
            var members = rows[cls] ??= new int[sizes[cls]];
            members[next[cls]++] = row;
        }

        return rows;
    }

    private static int AssignSlots(int[] events, int[] classes, int[]?[] unfinished, int[] slots)
    {
        var free = new PriorityQueue<int, int>();
        var used = 0;
        foreach (var e in events)
        {
            if (e < 0) free.Enqueue(slots[~e], slots[~e]);
            else if (unfinished[classes[e]] is null) slots[e] = free.Count > 0 ? free.Dequeue() : used++;
        }

        foreach (var rows in unfinished)
        {
            if (rows is null) continue;
            foreach (var row in rows) slots[row] = used;
            used++;
        }

        return used;
    }
}
