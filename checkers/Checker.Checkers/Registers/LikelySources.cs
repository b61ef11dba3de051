using System.Runtime.InteropServices;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>
/// Puts the candidates of open reads in the order in which they are likely: first what the process saw or wrote last; then the latest write begun
/// before the read; then later ones. O(operations).
/// </summary>
internal static class LikelySources
{
    /// <summary>Orders the candidates of all open reads.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="isImpossible">Whether an operation cannot have happened.</param>
    public static void Order(CandidateWrites candidates, Func<int, bool> isImpossible)
    {
        CountFuture(candidates, isImpossible);
        var (history, values, open) = (candidates.History, candidates.Values, candidates.Open);
        var sources = candidates.Sources;
        var latest = new Dictionary<(int Process, int Key), int>();
        var next = 0;
        for (var op = 0; op < history.Count; op++)
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, (history.Process[op], history.Key[op]), out var known);
            if (!known) last = RegisterHistory.Initial;
            if (next < open.Count && open[next].Reader == op)
            {
                var read = open[next++];
                read.Prefer(last);
                last = read[0];
            }
            else if (sources[op] >= RegisterHistory.Initial)
            {
                last = sources[op];
            }

            if (values.Writes(op) && history.Types[op] == OperationType.Ok) last = op;
        }
    }

    // How many writes of the same value each reader's process makes later: they are no candidates.
    private static void CountFuture(CandidateWrites candidates, Func<int, bool> isImpossible)
    {
        var (history, values, open) = (candidates.History, candidates.Values, candidates.Open);
        var later = new Dictionary<(int Process, int Key, ValueId Value), int>();
        var next = open.Count - 1;
        for (var op = history.Count - 1; op >= 0 && next >= 0; op--)
        {
            if (open[next].Reader == op)
            {
                if (!open[next].IsListed) open[next].Later = later.GetValueOrDefault((history.Process[op], history.Key[op], values.Read(op)));
                next--;
            }

            if (history.Types[op] == OperationType.Fail || !values.Writes(op) || isImpossible(op)) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(later, (history.Process[op], history.Key[op], values.Written(op)), out _)++;
        }
    }
}
