using System.Diagnostics;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

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
    private readonly List<(int InsertInvoke, int InsertReturn, int RemoveInvoke, int RemoveReturn)> _elements = new(capacity);

    /// <summary>How many elements there are.</summary>
    public int Count => _elements.Count;

    /// <summary>One element's times.</summary>
    public (int InsertInvoke, int InsertReturn, int RemoveInvoke, int RemoveReturn) this[int element] => _elements[element];

    /// <summary>Adds an element. An insertion ends no later than the removal, and a removal begins no earlier than the insertion.</summary>
    public void Add(int insertInvoke, int insertReturn, int removeInvoke, int removeReturn) =>
        _elements.Add((insertInvoke, Math.Min(insertReturn, removeReturn), Math.Max(removeInvoke, insertInvoke), removeReturn));

    /// <summary>
    /// The elements in an order that satisfies all constraints; null, and the two elements that contradict each other, if there is none.
    /// </summary>
    public int[]? Sort(out (int InsertedFirst, int RemovedFirst) conflict)
    {
        var count = _elements.Count;
        var byInsertInvoke = Sorted(static element => element.InsertInvoke);
        var byInsertReturn = Sorted(static element => element.InsertReturn);
        var byRemoveInvoke = Sorted(static element => element.RemoveInvoke);
        var byRemoveReturn = Sorted(static element => element.RemoveReturn);
        var order = new int[count];
        var met = new byte[count]; // how many of the two conditions hold
        var placed = new bool[count];
        var (ready, done) = (0, 0); // order[done..ready] are eligible
        var (inserting, removing, insertEnd, removeEnd) = (0, 0, 0, 0);
        conflict = default;
        while (done < count)
        {
            while (insertEnd < count && placed[byInsertReturn[insertEnd]]) insertEnd++;
            while (removeEnd < count && placed[byRemoveReturn[removeEnd]]) removeEnd++;
            var insertLimit = _elements[byInsertReturn[insertEnd]].InsertReturn;
            var removeLimit = _elements[byRemoveReturn[removeEnd]].RemoveReturn;
            for (; inserting < count && _elements[byInsertInvoke[inserting]].InsertInvoke <= insertLimit; inserting++)
            {
                if (++met[byInsertInvoke[inserting]] == 2) order[ready++] = byInsertInvoke[inserting];
            }

            for (; removing < count && _elements[byRemoveInvoke[removing]].RemoveInvoke <= removeLimit; removing++)
            {
                if (++met[byRemoveInvoke[removing]] == 2) order[ready++] = byRemoveInvoke[removing];
            }

            if (ready == done)
            {
                conflict = (byInsertReturn[insertEnd], byRemoveReturn[removeEnd]);
                Debug.Assert(conflict.InsertedFirst != conflict.RemovedFirst, "an element does not contradict itself");
                return null;
            }

            while (done < ready) placed[order[done++]] = true;
        }

        return order;
    }

    private int[] Sorted(Func<(int InsertInvoke, int InsertReturn, int RemoveInvoke, int RemoveReturn), int> time)
    {
        using var scratch = new Rented<long>(_elements.Count);
        var entries = scratch.Span;
        for (var element = 0; element < entries.Length; element++)
            entries[element] = PositionSort.Entry(Math.Min(time(_elements[element]), int.MaxValue - 1), element);
        PositionSort.Sort(entries);
        var numbers = new int[entries.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = PositionSort.NumberOf(entries[i]);
        return numbers;
    }
}
