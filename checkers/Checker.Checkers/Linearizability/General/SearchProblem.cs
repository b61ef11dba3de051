using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// One object's operations, prepared for searching: events in order, equal operations in classes, and for each operation a slot that no other
/// operation has while it is open. Operations without effect or observation (unfinished reads) are left out.
/// </summary>
internal sealed class SearchProblem
{
    private SearchProblem(
        int[] operations,
        int[] events,
        int[] slots,
        int[] classes,
        int[] returns,
        SpecOperation[] byClass,
        int[] classSizes,
        bool[] readOnly,
        int slotCount)
    {
        Operations = operations;
        Events = events;
        Slots = slots;
        Classes = classes;
        Returns = returns;
        ByClass = byClass;
        ClassSizes = classSizes;
        ReadOnly = readOnly;
        SlotCount = slotCount;
    }

    /// <summary>The number in the whole history of each row.</summary>
    public int[] Operations { get; }

    /// <summary>The events in order: row ≥ 0 is its invocation, ~row its return. Unfinished operations never return.</summary>
    public int[] Events { get; }

    /// <summary>The slot of each row.</summary>
    public int[] Slots { get; }

    /// <summary>The class of each row: equal operations have equal classes.</summary>
    public int[] Classes { get; }

    /// <summary>The position of each row's return, or <see cref="KeyHistory.Never"/>.</summary>
    public int[] Returns { get; }

    /// <summary>The operation of each class.</summary>
    public SpecOperation[] ByClass { get; }

    /// <summary>How many operations each class has.</summary>
    public int[] ClassSizes { get; }

    /// <summary>Whether the operations of each class never change the state.</summary>
    public bool[] ReadOnly { get; }

    /// <summary>How many slots are needed: the most operations open at once.</summary>
    public int SlotCount { get; }

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
        var slots = new int[rows];
        var slotCount = AssignSlots(events, slots);
        var sizes = new int[byClass.Count];
        foreach (var cls in classes.AsSpan(0, rows)) sizes[cls]++;
        return new SearchProblem(
            operations[..rows], events, slots, classes[..rows], returns[..rows], [.. byClass], sizes, [.. readOnly], slotCount);
    }

    private static int AssignSlots(int[] events, int[] slots)
    {
        var free = new PriorityQueue<int, int>();
        var used = 0;
        foreach (var e in events)
        {
            if (e >= 0) slots[e] = free.Count > 0 ? free.Dequeue() : used++;
            else free.Enqueue(slots[~e], slots[~e]);
        }

        return used;
    }
}
