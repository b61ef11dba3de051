using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// The events of one object, numbered from 0 without holes, so that tables over time are as long as the object is, not the history.
/// Gap g lies between the events g and g + 1; an operation may take effect in gap g iff invocation ≤ g &lt; return.
/// </summary>
internal sealed class LocalTime
{
    /// <summary>Numbers the events, O(n) as returns come nearly sorted.</summary>
    public LocalTime(in KeyHistory history)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        var count = history.Count;
        Invoke = new int[count];
        Return = new int[count];
        var finished = 0;
        using var sorted = new Rented<long>(count);
        for (var row = 0; row < count; row++)
        {
            if (returns[row] != KeyHistory.Never) sorted.Span[finished++] = PositionSort.Entry(returns[row], row);
        }

        var entries = sorted.Span[..finished];
        PositionSort.Sort(entries);
        var next = 0;
        for (var row = 0; row < count; row++)
        {
            while (next < finished && PositionSort.PositionOf(entries[next]) < invokes[row]) Return[PositionSort.NumberOf(entries[next++])] = Events++;
            Invoke[row] = Events++;
        }

        while (next < finished) Return[PositionSort.NumberOf(entries[next++])] = Events++;
        for (var row = 0; row < count; row++)
        {
            if (returns[row] == KeyHistory.Never) Return[row] = Events;
        }
    }

    /// <summary>How many events there are; the return of an operation that never returned.</summary>
    public int Events { get; private set; }

    /// <summary>The number of each row's invocation.</summary>
    public int[] Invoke { get; }

    /// <summary>The number of each row's return; <see cref="Events"/> if it never returned.</summary>
    public int[] Return { get; }
}
