using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of a semaphore: a release goes with the acquires before it by the same process whose permits it gives back, and they with it; what gives back
/// something else counts for every acquire that ends after it began. Behind the last acquire nothing counts.
/// </summary>
/// <remarks>
/// Without a release and as many permits that were acquired before it began there are never fewer permits left than with them, wherever the three stand.
/// </remarks>
internal static class SemaphoreLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var last = -1;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Acquire) continue;
            links.TakeUpTo(row, history.Returns[row]);
            last = Math.Max(last, history.Returns[row]);
        }

        var holds = new PermitHolds(history);
        var hold = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Acquire)
            {
                holds.Acquire(row);
                continue;
            }

            var released = holds.Release(row, hold);
            if (history.Invokes[row] > last) continue;
            if (!released)
            {
                links.GiveFrom(row, history.Invokes[row]);
                continue;
            }

            var fact = history.History.Values.Integer(row);
            links.Share(row, fact);
            foreach (var acquire in hold) links.Share(acquire, fact);
        }
    }
}
