using System.Diagnostics.CodeAnalysis;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>What an operation of a register does, as far as the frontier distinguishes.</summary>
internal enum RegisterAction : byte
{
    /// <summary>Finds <see cref="RegisterOperations.Operand"/>; also a compare-and-set that replaces a value by itself.</summary>
    Read,

    /// <summary>Finds another value than <see cref="RegisterOperations.Operand"/>: an observed failed compare-and-set.</summary>
    Miss,

    /// <summary>Leaves <see cref="RegisterOperations.Result"/> whatever was there.</summary>
    Write,

    /// <summary>Replaces <see cref="RegisterOperations.Operand"/> by <see cref="RegisterOperations.Result"/>.</summary>
    Cas,
}

/// <summary>
/// The operations of one register, prepared for the frontier: values as small numbers, events in order, and a slot for each operation that
/// no other has
/// while it is open. Unfinished operations come last among the slots, in the order of invocation, and those that nobody can have observed
/// are left out.
/// </summary>
internal sealed class RegisterOperations
{
    private RegisterOperations(int count)
    {
        Operations = new int[count];
        Actions = new RegisterAction[count];
        Operand = new int[count];
        Result = new int[count];
        Slots = new int[count];
        Returns = new int[count];
    }

    /// <summary>The number in the whole history of each row.</summary>
    public int[] Operations { get; private set; }

    public RegisterAction[] Actions { get; }

    /// <summary>The value that each row needs to find or not to find.</summary>
    public int[] Operand { get; }

    /// <summary>The value that each row leaves.</summary>
    public int[] Result { get; }

    public int[] Slots { get; }

    /// <summary>The position of each return, or <see cref="KeyHistory.Never"/>.</summary>
    public int[] Returns { get; }

    /// <summary>The events in order: row ≥ 0 is its invocation, ~row its return.</summary>
    public int[] Events { get; private set; } = [];

    public int SlotCount { get; private set; }

    /// <summary>The values by number; the initial one has number 0.</summary>
    public List<ValueId> Values { get; } = [];

    /// <summary>Whether some row needs not to find a value; then no write is idle.</summary>
    public bool HasMisses { get; private set; }

    /// <summary>Prepares an object; false if it does more than a register can.</summary>
    public static bool TryPrepare(in KeyHistory history, [NotNullWhen(true)] out RegisterOperations? prepared)
    {
        prepared = null;
        if (history.Functions.IndexOfAnyExcept([Function.Read, Function.Write, Function.Cas, Function.Delete]) >= 0) return false;
        var all = new RegisterOperations(history.Count);
        var invokes = new int[history.Count];
        if (!all.Translate(history, invokes)) return false;
        var kept = all.HasMisses ? null : all.Observed();
        var rows = 0;
        for (var row = 0; row < history.Count; row++)
        {
            if (all.Returns[row] == KeyHistory.Never && (all.Actions[row] == RegisterAction.Read || (kept is not null && !kept[row])))
                continue;
            all.Operations[rows] = history.Operations[row];
            all.Actions[rows] = all.Actions[row];
            all.Operand[rows] = all.Operand[row];
            all.Result[rows] = all.Result[row];
            all.Returns[rows] = all.Returns[row];
            invokes[rows++] = invokes[row];
        }

        all.Operations = all.Operations[..rows];
        all.Events = EventOrder.Of(invokes.AsSpan(0, rows), all.Returns.AsSpan(0, rows));
        all.AssignSlots();
        prepared = all;
        return true;
    }

    private bool Translate(in KeyHistory history, int[] invokes)
    {
        var numbers = new Dictionary<ValueId, int> { [history.Initial] = 0 };
        Values.Add(history.Initial);
        var table = history.History.Values;
        for (var row = 0; row < history.Count; row++)
        {
            invokes[row] = history.Invokes[row];
            Returns[row] = history.Returns[row];
            var input = history.Inputs[row];
            switch (history.Functions[row])
            {
                case Function.Read:
                    Operand[row] = Number(numbers, history.Types[row] == OperationType.Ok ? history.Outputs[row] : history.Initial);
                    break;
                case Function.Write or Function.Delete:
                    Actions[row] = RegisterAction.Write;
                    Result[row] = Number(numbers, history.Functions[row] == Function.Write ? input : ValueId.Null);
                    Operand[row] = -1;
                    break;
                default:
                    if (table.Kind(input) != ValueKind.List || table.Items(input) is not [var expected, var replacement]) return false;
                    Operand[row] = Number(numbers, expected);
                    Result[row] = Number(numbers, replacement);
                    Actions[row] = history.Types[row] == OperationType.Fail ? RegisterAction.Miss
                        : expected == replacement ? RegisterAction.Read : RegisterAction.Cas;
                    HasMisses |= Actions[row] == RegisterAction.Miss;
                    break;
            }
        }

        return true;
    }

    private int Number(Dictionary<ValueId, int> numbers, ValueId value)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var known);
        if (known) return number;
        number = Values.Count;
        Values.Add(value);
        return number;
    }

    // An unfinished write or compare-and-set can only have mattered if something may have found its value; to a fixed point, as the
    // finders may be unfinished too.
    private bool[] Observed()
    {
        var observed = new bool[Values.Count];
        var kept = new bool[Actions.Length];
        for (var row = 0; row < Actions.Length; row++)
        {
            kept[row] = Returns[row] != KeyHistory.Never;
            if (kept[row] && Operand[row] >= 0) observed[Operand[row]] = true;
        }

        for (var changed = true; changed;)
        {
            changed = false;
            for (var row = 0; row < Actions.Length; row++)
            {
                if (kept[row] || Actions[row] == RegisterAction.Read || !observed[Result[row]]) continue;
                kept[row] = changed = true;
                if (Operand[row] >= 0) observed[Operand[row]] = true;
            }
        }

        return kept;
    }

    private void AssignSlots()
    {
        var free = new PriorityQueue<int, int>();
        var used = 0;
        foreach (var e in Events)
        {
            if (e < 0) free.Enqueue(Slots[~e], Slots[~e]);
            else if (Returns[e] != KeyHistory.Never) Slots[e] = free.Count > 0 ? free.Dequeue() : used++;
        }

        for (var row = 0; row < Operations.Length; row++)
        {
            if (Returns[row] == KeyHistory.Never) Slots[row] = used++;
        }

        SlotCount = used;
    }
}
