using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// The operations in an order that keeps program order and reads-from and otherwise follows real time closely: so what a session knows, and what knows
/// of it, lies in few stretches of it.
/// </summary>
internal sealed class TimedSort
{
    /// <summary>Sorts; program order and reads-from must have no cycle. O(operations).</summary>
    public TimedSort(RegisterHistory history)
    {
        var count = history.Count;
        var byTime = Enumerable.Range(0, count).ToArray();
        Array.Sort(history.Original.AsSpan().ToArray(), byTime);
        Operation = new int[count];
        Rank = new int[count];
        Array.Fill(Rank, -1);
        var stack = new Stack<int>();
        var end = 0;
        foreach (var root in byTime)
        {
            if (Rank[root] >= 0) continue;
            stack.Push(root);
            while (stack.TryPeek(out var op))
            {
                var (previous, source) = (history.Previous(op), history.Source[op]);
                if (previous >= 0 && Rank[previous] < 0) stack.Push(previous);
                else if (source >= 0 && Rank[source] < 0) stack.Push(source);
                else if (stack.Pop() is var next && Rank[next] < 0) (Operation[end], Rank[next]) = (next, end++);
            }
        }

        Previous = new int[count];
        Source = new int[count];
        for (var at = 0; at < count; at++)
        {
            var op = Operation[at];
            Previous[at] = history.Previous(op) is >= 0 and var previous ? Rank[previous] : -1;
            Source[at] = history.Source[op] is >= 0 and var source ? Rank[source] : -1;
        }
    }

    /// <summary>The operation at each place.</summary>
    public int[] Operation { get; }

    /// <summary>The place of each operation.</summary>
    public int[] Rank { get; }

    /// <summary>For each place that of the operation before it in its session; −1 if there is none.</summary>
    public int[] Previous { get; }

    /// <summary>For each place that of the write it reads from; −1 if there is none.</summary>
    public int[] Source { get; }
}
