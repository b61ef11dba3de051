namespace Checker.Checkers.Linearizability.Problems;

/// <summary>Puts invocations and returns into one sequence.</summary>
internal static class EventOrder
{
    /// <summary>
    /// Merges invocations, which are sorted, with returns. Positions are distinct; row ≥ 0 is an invocation, ~row a return.
    /// </summary>
    public static int[] Of(ReadOnlySpan<int> invokes, ReadOnlySpan<int> returns)
    {
        var finished = 0;
        foreach (var at in returns) finished += at == KeyHistory.Never ? 0 : 1;
        var sorted = new long[finished];
        var n = 0;
        for (var i = 0; i < returns.Length; i++)
        {
            if (returns[i] != KeyHistory.Never) sorted[n++] = ((long)returns[i] << 32) | (uint)i;
        }

        Array.Sort(sorted);
        var events = new int[invokes.Length + finished];
        var next = 0;
        var at2 = 0;
        for (var i = 0; i < invokes.Length; i++)
        {
            while (next < finished && (int)(sorted[next] >> 32) < invokes[i]) events[at2++] = ~(int)sorted[next++];
            events[at2++] = i;
        }

        while (next < finished) events[at2++] = ~(int)sorted[next++];
        return events;
    }
}
