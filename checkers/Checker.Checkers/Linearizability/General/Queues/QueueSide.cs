using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>One operation at an end of a queue.</summary>
/// <param name="Row">Its row; −1 for what the queue held at first.</param>
/// <param name="Value">The number of its value.</param>
/// <param name="Invoke">The event of its invocation.</param>
/// <param name="Return">The event of its return.</param>
internal readonly record struct QueueOperation(int Row, int Value, int Invoke, int Return);

/// <summary>
/// The finished operations at one end of a queue, which are placed in an order of their own. What is placed is an initial part of real time,
/// so it is described by the first return that was not passed and, of the operations open there, those that are placed.
/// </summary>
internal sealed class QueueSide
{
    private readonly QueueOperation[] _byReturn;
    private readonly int[] _slots; // of each operation: no other one that is open at the same time has it
    private readonly List<List<int>> _bySlot = [];

    public QueueSide(List<QueueOperation> operations)
    {
        _byReturn = [.. operations.OrderBy(operation => operation.Return)];
        _slots = new int[_byReturn.Length];
        var byInvoke = new long[_byReturn.Length];
        for (var i = 0; i < byInvoke.Length; i++) byInvoke[i] = PositionSort.Entry(_byReturn[i].Invoke, i);
        PositionSort.Sort(byInvoke);
        var free = new PriorityQueue<int, int>();
        var returned = 0;
        foreach (var entry in byInvoke)
        {
            var number = PositionSort.NumberOf(entry);
            while (_byReturn[returned].Return < _byReturn[number].Invoke) free.Enqueue(_slots[returned], _slots[returned++]);
            if (!free.TryDequeue(out var slot, out _))
            {
                slot = _bySlot.Count;
                _bySlot.Add([]);
            }

            _slots[number] = slot;
            _bySlot[slot].Add(number);
        }
    }

    /// <summary>How many operations there are, numbered by return.</summary>
    public int Count => _byReturn.Length;

    /// <summary>How many are open at once at most.</summary>
    public int SlotCount => _bySlot.Count;

    /// <summary>One operation.</summary>
    public ref readonly QueueOperation this[int number] => ref _byReturn[number];

    /// <summary>The first return that was not passed; later than all events if all were.</summary>
    public int FirstReturn(int passed) => passed < _byReturn.Length ? _byReturn[passed].Return : int.MaxValue;

    /// <summary>Adds the operations that are open at the first return that was not passed and not placed, by return.</summary>
    public void Open(int passed, ReadOnlySpan<ulong> placed, List<int> into)
    {
        if (passed == _byReturn.Length) return;
        var from = into.Count;
        var at = _byReturn[passed].Return;
        for (var slot = 0; slot < _bySlot.Count; slot++)
        {
            if ((placed[slot >> 6] >> slot & 1) != 0) continue;
            var number = Last(_bySlot[slot], at);
            if (number >= passed) into.Add(number);
        }

        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(into)[from..].Sort();
    }

    /// <summary>
    /// Places an operation and passes the returns of what is placed; says how many are passed then. A slot that is marked belongs to the
    /// next operation to return that has it: any other one of that slot began after that return, too late to be placed.
    /// </summary>
    public int Place(int number, int passed, Span<ulong> placed)
    {
        placed[_slots[number] >> 6] |= 1UL << _slots[number];
        while (passed < _byReturn.Length && (placed[_slots[passed] >> 6] >> _slots[passed] & 1) != 0)
        {
            placed[_slots[passed] >> 6] &= ~(1UL << _slots[passed]);
            passed++;
        }

        return passed;
    }

    // The last operation of a slot that was invoked before an event.
    private int Last(List<int> operations, int before)
    {
        var (low, high) = (0, operations.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byReturn[operations[middle]].Invoke < before) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? -1 : operations[low - 1];
    }
}
