using System.Numerics;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// The events of one object, numbered from 0 without holes, so that tables over time are as long as the object is, not the history.
/// Gap g lies between the events g and g + 1; an operation may take effect in gap g iff invocation ≤ g &lt; return.
/// </summary>
internal sealed class LocalTime
{
    private const int Sparse = 64; // positions for each event

    /// <summary>Numbers the events, O(n) as returns come nearly sorted.</summary>
    public LocalTime(in KeyHistory history)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        var count = history.Count;
        Invoke = GC.AllocateUninitializedArray<int>(count);
        Return = GC.AllocateUninitializedArray<int>(count);
        var last = count == 0 ? 0 : invokes[^1];
        var finished = 0;
        foreach (var at in returns)
        {
            if (at == KeyHistory.Never) continue;
            finished++;
            if (at > last) last = at;
        }

        var span = count == 0 ? 0 : (long)last - invokes[0] + 1;
        if (span == (long)count + finished) Shift(invokes, returns, count == 0 ? 0 : invokes[0]);
        else if (span <= (long)Sparse * count) Rank(invokes, returns, (int)span);
        else Sort(invokes, returns);
    }

    // The positions have no holes.
    private void Shift(ReadOnlySpan<int> invokes, ReadOnlySpan<int> returns, int first)
    {
        for (var row = 0; row < invokes.Length; row++)
        {
            Invoke[row] = invokes[row] - first;
            Return[row] = returns[row] - first;
            Events += returns[row] == KeyHistory.Never ? 1 : 2;
        }

        for (var row = 0; row < returns.Length; row++)
        {
            if (returns[row] == KeyHistory.Never) Return[row] = Events;
        }
    }

    // An event's number is how many events there are before it: counted word by word in a map of all positions.
    private void Rank(ReadOnlySpan<int> invokes, ReadOnlySpan<int> returns, int span)
    {
        using var map = new Rented<ulong>((span + 63) / 64);
        using var ranks = new Rented<int>(map.Length);
        var words = map.Span;
        var before = ranks.Span;
        var first = span == 0 ? 0 : invokes[0];
        words.Clear();
        for (var row = 0; row < invokes.Length; row++)
        {
            var (invoke, end) = (invokes[row] - first, returns[row] - first);
            words[invoke >> 6] |= 1UL << invoke;
            if (returns[row] != KeyHistory.Never) words[end >> 6] |= 1UL << end;
        }

        for (var word = 0; word < words.Length; word++)
        {
            before[word] = Events;
            Events += BitOperations.PopCount(words[word]);
        }

        for (var row = 0; row < invokes.Length; row++)
        {
            var (invoke, end) = (invokes[row] - first, returns[row] - first);
            Invoke[row] = before[invoke >> 6] + BitOperations.PopCount(words[invoke >> 6] & ((1UL << invoke) - 1));
            Return[row] = returns[row] == KeyHistory.Never
                ? Events
                : before[end >> 6] + BitOperations.PopCount(words[end >> 6] & ((1UL << end) - 1));
        }
    }

    private void Sort(ReadOnlySpan<int> invokes, ReadOnlySpan<int> returns)
    {
        var count = invokes.Length;
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
