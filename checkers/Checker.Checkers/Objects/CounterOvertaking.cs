namespace Checker.Checkers.Objects;

/// <summary>
/// Refutes writes-follow-reads, and what implies it, of counters that only grow: some sum cannot have been reached first. Of the reads that show at least that
/// much, any sees updates that come after none of them in their processes, or one that does, and with it all that such a read had seen, which is less, as no read
/// sees what its own process does only later; so going from one to the other must end with a read that sees updates of the first kind alone. If those do
/// not sum up to as much, nothing explains the reads.
/// </summary>
/// <remarks>
/// Of one object with increments by one this is all there is: let the updates stand in the order of the most that their processes had read before
/// them, and each read see as many of them as it returned. If no sum is unreachable an update stands at or after the number that its process had read, so what
/// is seen brings along what it follows, and nobody sees what its process does only later. O(rows · log rows).
/// </remarks>
internal sealed class CounterOvertaking(ObjectHistory rows, long[] amount, long[] sum, bool[] reads)
{
    /// <summary>The reads that show what cannot have been reached; null if there are none.</summary>
    public Anomaly? Refute()
    {
        var updates = new List<(long After, long Amount)>[rows.ObjectCount];
        var most = new Dictionary<int, long>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (row == rows.Start[rows.Process[row]]) most.Clear();
            var target = rows.Object[row];
            if (reads[row]) most[target] = Math.Max(sum[row], most.GetValueOrDefault(target));
            else if (amount[row] != 0) (updates[target] ??= []).Add((most.GetValueOrDefault(target), amount[row]));
        }

        for (var target = 0; target < rows.ObjectCount; target++)
        {
            if (updates[target] is { } all && Unreachable(all) is var level and > 0) return Because(target, level);
        }

        return null;
    }

    // A sum that was read, and that all updates before which less was read do not reach; 0 if there is none.
    private static long Unreachable(List<(long After, long Amount)> updates)
    {
        if (updates.Any(static update => update.Amount < 0)) return 0;
        updates.Sort();
        var before = 0L;
        foreach (var (after, more) in updates)
        {
            if (before < after) return after;
            before += more;
        }

        return 0;
    }

    // Of each process the first read that shows as much.
    private Anomaly Because(int target, long level)
    {
        var members = new List<int>();
        for (var process = 0; process < rows.ProcessCount; process++)
        {
            for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
            {
                if (!reads[row] || rows.Object[row] != target || sum[row] < level) continue;
                members.Add(row);
                break;
            }
        }

        return new Grounds(rows, observed: null).Because(
            "OvertakenSum", [.. members], [], "all updates that do not come after one of these sum up to less than each of them shows, so nothing explains");
    }
}
