using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>When operations begin and end, in order, as <see cref="VersionSearch"/> goes through it.</summary>
internal static class VersionEvents
{
    private const int NoEvent = int.MinValue;

    /// <summary>
    /// The begins and ends of operations that are not idle; in a gap operations end before others begin. O(n), or O(n log n) if the times were narrowed.
    /// </summary>
    /// <param name="history">The operations.</param>
    /// <param name="bounds">Their times.</param>
    /// <returns>Operation ≥ 0 is open from there on, ~operation no longer.</returns>
    public static int[] Of(VersionHistory history, VersionBounds bounds) => bounds.IsNarrow ? Sorted(history, bounds) : Plain(history, bounds);

    /// <summary>A slot for each operation that no other has while it is open. O(n).</summary>
    /// <param name="events">The events.</param>
    /// <param name="count">How many operations there are.</param>
    /// <param name="most">How many slots there are.</param>
    public static int[] Slots(int[] events, int count, out int most)
    {
        var slots = new int[count];
        var free = new Stack<int>();
        most = 0;
        foreach (var operation in events)
        {
            if (operation < 0) free.Push(slots[~operation]);
            else slots[operation] = free.TryPop(out var slot) ? slot : most++;
        }

        return slots;
    }

    private static int[] Sorted(VersionHistory history, VersionBounds bounds)
    {
        var entries = new List<long>(2 * history.Count);
        for (var operation = 0; operation < history.Count; operation++)
        {
            if (history.IsIdle(operation)) continue;
            entries.Add(PositionSort.Entry((2 * bounds.First[operation]) + 1, operation));
            entries.Add(PositionSort.Entry(2 * bounds.Last[operation], ~operation));
        }

        PositionSort.Sort(CollectionsMarshal.AsSpan(entries));
        var events = new int[entries.Count];
        for (var i = 0; i < events.Length; i++) events[i] = PositionSort.NumberOf(entries[i]);
        return events;
    }

    // If each gap has one event at most, as the times of a history are, but for the ends of operations of unknown outcome: those come behind it.
    private static int[] Plain(VersionHistory history, VersionBounds bounds)
    {
        var (end, count) = (0, 0);
        var unknown = new List<long>();
        for (var operation = 0; operation < history.Count; operation++)
        {
            end = Math.Max(end, Math.Max(history.First[operation], history.Last[operation]) + 1);
            if (history.IsIdle(operation)) continue;
            count += 2;
            if (history.Unknown[operation]) unknown.Add(PositionSort.Entry(bounds.Last[operation], ~operation));
        }

        PositionSort.Sort(CollectionsMarshal.AsSpan(unknown));
        using var column = new Rented<int>(end);
        var places = column.Span;
        places.Fill(NoEvent);
        for (var operation = 0; operation < history.Count; operation++)
        {
            if (history.IsIdle(operation)) continue;
            places[history.First[operation]] = operation;
            if (!history.Unknown[operation]) places[history.Last[operation]] = ~operation;
        }

        var events = GC.AllocateUninitializedArray<int>(count);
        var (next, nextUnknown) = (0, 0);
        for (var place = 0; place < end; place++)
        {
            if (places[place] != NoEvent) events[next++] = places[place];
            while (nextUnknown < unknown.Count && PositionSort.PositionOf(unknown[nextUnknown]) == place)
                events[next++] = PositionSort.NumberOf(unknown[nextUnknown++]);
        }

        return events;
    }
}
