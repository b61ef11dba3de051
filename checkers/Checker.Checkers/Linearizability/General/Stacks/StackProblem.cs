using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>
/// The operations of a stack that is empty at first. Finished ones have a slot that no other one has that is open at the same time; of unknown pushes
/// those count whose value somebody found.
/// </summary>
internal sealed class StackProblem
{
    private const int MostSlots = 64;

    private readonly StackOperation[] _operations; // finished ones, by return
    private readonly int[][] _bySlot; // the numbers of the operations of each slot, in order
    private readonly int[][] _unknownPushes; // by value: the rows, in order of invocation
    private readonly int[] _unknownPops; // rows, in order of invocation
    private readonly int[] _invokes; // of rows

    private StackProblem(StackOperation[] operations, int[][] bySlot, int[][] unknownPushes, int[] unknownPops, int[] invokes) =>
        (_operations, _bySlot, _unknownPushes, _unknownPops, _invokes) = (operations, bySlot, unknownPushes, unknownPops, invokes);

    /// <summary>How many finished operations there are.</summary>
    public int Count => _operations.Length;

    /// <summary>How many slots there are.</summary>
    public int SlotCount => _bySlot.Length;

    /// <summary>A finished operation; they are numbered by return.</summary>
    public ref readonly StackOperation this[int number] => ref _operations[number];

    /// <summary>Reads a stack; null if the object is none, is not empty at first, or more than 64 finished operations are open at once.</summary>
    public static StackProblem? Of(in KeyHistory history)
    {
        if (history.Type.Name != DataTypes.Stack.Name || !history.IsEmptyAtFirst) return null;
        using var numbers = new ValueNumbers(history.Count);
        var time = new LocalTime(history);
        var (operations, found) = (new List<StackOperation>(), new HashSet<int>());
        var (pops, pushes) = (new List<int>(), new List<(int Row, int Value)>());
        for (var row = 0; row < history.Count; row++)
        {
            var (push, unknown) = (history.Functions[row] == Function.Push, history.Types[row] == OperationType.Info);
            var value = push ? history.Inputs[row] : history.Outputs[row];
            if (history.Functions[row] is not (Function.Push or Function.Pop) || (push && value.IsNull)) return null;
            var number = (!push && unknown) || value.IsNull ? -1 : numbers.NumberOf(value);
            if (!unknown) operations.Add(new(row, push, number, time.Invoke[row], time.Return[row], Slot: 0));
            else if (push) pushes.Add((row, number));
            else pops.Add(row);
            if (!push && number >= 0) found.Add(number);
        }

        operations.Sort(static (a, b) => a.Return.CompareTo(b.Return));
        var finished = operations.ToArray();
        if (Slots(finished) is not { } bySlot) return null;
        var unknownPushes = new int[numbers.Count][];
        Array.Fill(unknownPushes, []);
        foreach (var group in pushes.Where(push => found.Contains(push.Value)).GroupBy(push => push.Value))
            unknownPushes[group.Key] = [.. group.Select(push => push.Row)];
        return new StackProblem(finished, bySlot, unknownPushes, [.. pops], time.Invoke);
    }

    /// <summary>The number of the operation that has a slot at a time, or had it last; −1 if there was none.</summary>
    public int At(int slot, int time)
    {
        var numbers = _bySlot[slot];
        var (low, high) = (0, numbers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_operations[numbers[middle]].Invoke < time) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? -1 : numbers[low - 1];
    }

    /// <summary>The row of an operation of unknown outcome, by order of invocation; −1 if it has not begun before a time.</summary>
    /// <param name="value">Of the pushes of a value; of the pops if −1.</param>
    /// <param name="number">Which of them.</param>
    /// <param name="time">The time.</param>
    public int Unknown(int value, int number, int time)
    {
        var rows = value < 0 ? _unknownPops : _unknownPushes[value];
        return number < rows.Length && _invokes[rows[number]] < time ? rows[number] : -1;
    }

    /// <summary>The event of the invocation of the last pop of unknown outcome that began before a time; −1 if there is none.</summary>
    public int LastUnknownPop(int time)
    {
        var (low, high) = (0, _unknownPops.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_invokes[_unknownPops[middle]] < time) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? -1 : _invokes[_unknownPops[low - 1]];
    }

    /// <summary>The event of the invocation of a row.</summary>
    public int InvokeOf(int row) => _invokes[row];

    private static int[][]? Slots(StackOperation[] operations)
    {
        var (byInvoke, bySlot) = (Enumerable.Range(0, operations.Length).OrderBy(number => operations[number].Invoke), new List<List<int>>());
        var (open, free) = (new PriorityQueue<int, int>(), new PriorityQueue<int, int>());
        foreach (var number in byInvoke)
        {
            while (open.TryPeek(out var slotOf, out var end) && end < operations[number].Invoke)
            {
                open.Dequeue();
                free.Enqueue(slotOf, slotOf);
            }

            if (!free.TryDequeue(out var slot, out _))
            {
                slot = bySlot.Count;
                if (slot == MostSlots) return null;
                bySlot.Add([]);
            }

            bySlot[slot].Add(number);
            operations[number] = operations[number] with { Slot = slot };
            open.Enqueue(slot, operations[number].Return);
        }

        return [.. bySlot.Select(numbers => numbers.ToArray())];
    }
}
