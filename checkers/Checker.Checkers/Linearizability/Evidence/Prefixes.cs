using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// Beginnings of a register's history that can be left out of a valid one. A blind write that happened makes everything before it
/// forgotten: what returned
/// before it began can go, together with the reads that may stand before it, provided that no finished compare-and-set may stand there and
/// stay.
/// Unfinished operations that stood there need not have happened.
/// </summary>
internal static class Prefixes
{
    /// <summary>Beginnings, as marks on the rows that go; the longest first, then such that the rest grows by half each time.</summary>
    public static IEnumerable<bool[]> Of(KeyHistory history)
    {
        if (history.Type.Name is not ("register" or "cas-register" or "kv") || !new RegisterRows(history).Simple) yield break;
        var smallest = 1;
        for (var row = history.Count - 1; row >= 0; row--)
        {
            if (history.Count - row < smallest || !IsCut(history, row)) continue;
            smallest = (history.Count - row) * 3 / 2;
            var gone = new bool[history.Count];
            for (var other = 0; other < history.Count; other++) gone[other] = Goes(history, row, other);
            if (KeepWriters(history, gone) && gone.Contains(true)) yield return gone;
        }
    }

    private static bool IsCut(KeyHistory history, int write)
    {
        if (history.Types[write] != OperationType.Ok || history.Functions[write] is not (Function.Write or Function.Delete)) return false;
        for (var other = 0; other < history.Count && history.Invokes[other] < history.Returns[write]; other++)
        {
            var stays = history.Returns[other] > history.Invokes[write];
            if (stays && history.Functions[other] == Function.Cas && history.Types[other] == OperationType.Ok) return false;
        }

        return true;
    }

    private static bool Goes(KeyHistory history, int write, int other)
    {
        if (history.Returns[other] < history.Invokes[write]) return true;
        var reads = history.Functions[other] == Function.Read || history.Types[other] == OperationType.Fail;
        return reads && history.Invokes[other] < history.Returns[write];
    }

    // A value that is found later must not look as if nobody had written it: its last blind write stays, which harms nobody. False if
    // there is none.
    private static bool KeepWriters(KeyHistory history, bool[] gone)
    {
        var rows = new RegisterRows(history);
        var lastWriter = new Dictionary<Histories.Values.ValueId, int>();
        var written = new HashSet<Histories.Values.ValueId> { history.Initial };
        for (var row = 0; row < history.Count; row++)
        {
            if (rows.Written(row) is not { } value) continue;
            if (!gone[row]) written.Add(value);
            else if (history.Functions[row] != Function.Cas || !lastWriter.ContainsKey(value)) lastWriter[value] = row;
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (gone[row] || rows.MaySee(row) is not { } value || !written.Add(value) || !lastWriter.TryGetValue(value, out var writer))
                continue;
            if (history.Functions[writer] == Function.Cas) return false;
            gone[writer] = false;
        }

        return true;
    }
}
