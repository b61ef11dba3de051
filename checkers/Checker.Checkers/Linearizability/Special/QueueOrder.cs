using System.Diagnostics;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>The times of one element of a queue, doubled event numbers.</summary>
/// <param name="InsertInvoke">The insertion's invocation.</param>
/// <param name="InsertReturn">Its return, or the removal's if that is earlier.</param>
/// <param name="RemoveInvoke">The removal's invocation, or the insertion's if that is later.</param>
/// <param name="RemoveReturn">Its return.</param>
internal readonly record struct QueueElement(int InsertInvoke, int InsertReturn, int RemoveInvoke, int RemoveReturn);

/// <summary>
/// The order of elements in a first-in first-out queue: one must come before another if its insertion returned before the other's began,
/// or its
/// removal did. Elements whose insertion and removal both overlap those of all that are left come next; if there is none, two of them
/// contradict
/// each other: the one whose insertion returned first and the one whose removal returned first. O(n) but for sorting.
/// </summary>
/// <remarks>Times are doubled event numbers; a moment between two events, at which the queue has to be empty, is an element with four
/// equal odd times.</remarks>
internal sealed class QueueOrder(int capacity)
{
    private readonly QueueElement[] _elements = GC.AllocateUninitializedArray<QueueElement>(capacity);

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    /// <summary>One element's times.</summary>
    public ref readonly QueueElement this[int element] => ref _elements[element];

    /// <summary>Adds an element. An insertion ends no later than the removal, and a removal begins no earlier than the insertion.</summary>
    public void Add(int insertInvoke, int insertReturn, int removeInvoke, int removeReturn) =>
        _elements[Count++] = new(insertInvoke, Math.Min(insertReturn, removeReturn), Math.Max(removeInvoke, insertInvoke), removeReturn);

    /// <summary>
    /// The elements in an order that satisfies all constraints; null, and the two elements that contradict each other, if there is none.
    /// </summary>
    /// <param name="cores">How many cores may sort.</param>
    /// <param name="conflict">The two.</param>
    public int[]? Sort(int cores, out (int InsertedFirst, int RemovedFirst) conflict)
    {
        using var entries = new Rented<long>(4 * Count);
        SortTimes(entries.Array, cores);
        var byInsertInvoke = entries.Span[..Count];
        var byInsertReturn = entries.Span.Slice(Count, Count);
        var byRemoveInvoke = entries.Span.Slice(2 * Count, Count);
        var byRemoveReturn = entries.Span[(3 * Count)..];
        var order = new int[Count];
        using var conditions = new Rented<byte>(Count); // how many of the two conditions of an element hold; one more once it is placed
        var met = conditions.Span;
        met.Clear();
        var (ready, done) = (0, 0); // order[done..ready] are eligible
        var (inserting, removing, insertEnd, removeEnd) = (0, 0, 0, 0);
        conflict = default;
        while (done < order.Length)
        {
            while (met[PositionSort.NumberOf(byInsertReturn[insertEnd])] == 3) insertEnd++;
            while (met[PositionSort.NumberOf(byRemoveReturn[removeEnd])] == 3) removeEnd++;
            var insertLimit = PositionSort.PositionOf(byInsertReturn[insertEnd]);
            var removeLimit = PositionSort.PositionOf(byRemoveReturn[removeEnd]);
            for (; inserting < order.Length && PositionSort.PositionOf(byInsertInvoke[inserting]) <= insertLimit; inserting++)
            {
                var element = PositionSort.NumberOf(byInsertInvoke[inserting]);
                if (++met[element] == 2) order[ready++] = element;
            }

            for (; removing < order.Length && PositionSort.PositionOf(byRemoveInvoke[removing]) <= removeLimit; removing++)
            {
                var element = PositionSort.NumberOf(byRemoveInvoke[removing]);
                if (++met[element] == 2) order[ready++] = element;
            }

            if (ready == done)
            {
                conflict = (PositionSort.NumberOf(byInsertReturn[insertEnd]), PositionSort.NumberOf(byRemoveReturn[removeEnd]));
                Debug.Assert(conflict.InsertedFirst != conflict.RemovedFirst, "an element does not contradict itself");
                return null;
            }

            while (done < ready) met[order[done++]] = 3;
        }

        return order;
    }

    // The elements by each of the four times, one after another.
    private void SortTimes(long[] entries, int cores)
    {
        if (cores < 2 || Count < 1 << 14)
        {
            for (var time = 0; time < 4; time++) SortTime(time);
        }
        else
        {
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = cores }, SortTime);
        }

        void SortTime(int time)
        {
            var sorted = entries.AsSpan(time * Count, Count);
            for (var i = 0; i < sorted.Length; i++)
            {
                ref readonly var element = ref _elements[i];
                sorted[i] = PositionSort.Entry(
                    time switch { 0 => element.InsertInvoke, 1 => element.InsertReturn, 2 => element.RemoveInvoke, _ => element.RemoveReturn }, i);
            }

            PositionSort.Sort(sorted);
        }
    }
}
