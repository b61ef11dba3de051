using Checker.Checkers.Sessions;
using Checker.Checkers.Tests.Causal;
using Checker.Checkers.Tests.Registers;

namespace Checker.Checkers.Tests.Sessions;

/// <summary>
/// Session guarantees straight from their axioms: is there a relation vis, and for each session an order ar of the writes? Every relation
/// is tried for few reads and writes; for more the least one that has each read's source, which is contained in any other. Every order is
/// tried.
/// </summary>
internal static class SessionReference
{
    public static bool Keeps(SmallHistory history, params SessionGuarantee[] guarantees) =>
        history.Possibilities().Any(ops => ReadsFrom.Ways(ops).Any(sources =>
            Relations(ops, sources, guarantees).Any(vis => Holds(ops, sources, vis, guarantees))));

    // vis[r]: the set of writes that are visible to r.
    private static IEnumerable<int[]> Relations(IReadOnlyList<SmallOp> ops, int[] sources, SessionGuarantee[] guarantees)
    {
        var reads = Indexes(ops, op => op.Reads);
        var writes = Indexes(ops, op => op.Written is not null);
        if (reads.Count * writes.Count > 8)
        {
            int[] least = [.. sources.Select(source => source < 0 ? 0 : 1 << source)];
            while (Grow(ops, least, guarantees))
            {
            }

            yield return least;
            yield break;
        }

        for (var mask = 0; mask < 1 << (reads.Count * writes.Count); mask++)
        {
            var vis = new int[ops.Count];
            for (var bit = 0; bit < reads.Count * writes.Count; bit++)
            {
                if (((mask >> bit) & 1) == 1) vis[reads[bit / writes.Count]] |= 1 << writes[bit % writes.Count];
            }

            if (!Grow(ops, vis, guarantees)) yield return vis;
        }
    }

    // Adds what the axioms demand; whether anything was missing.
    private static bool Grow(IReadOnlyList<SmallOp> ops, int[] vis, SessionGuarantee[] guarantees)
    {
        var grown = false;
        for (var r = 0; r < ops.Count; r++)
        {
            if (!ops[r].Reads) continue;
            var must = vis[r];
            for (var o = 0; o < ops.Count; o++)
            {
                var mine = o < r && ops[o].Process == ops[r].Process;
                if (mine && ops[o].Written is not null && guarantees.Contains(SessionGuarantee.ReadYourWrites)) must |= 1 << o;
                if (mine && ops[o].Reads && guarantees.Contains(SessionGuarantee.MonotonicReads)) must |= vis[o];
                if (ops[o].Written is null || (vis[r] & (1 << o)) == 0) continue;
                for (var e = 0; e <= o; e++)
                {
                    if (ops[e].Process != ops[o].Process) continue;
                    if (e < o && ops[e].Written is not null && guarantees.Contains(SessionGuarantee.MonotonicWrites)) must |= 1 << e;
                    if (ops[e].Reads && guarantees.Contains(SessionGuarantee.WritesFollowReads)) must |= vis[e];
                }
            }

            grown |= must != vis[r];
            vis[r] = must;
        }

        return grown;
    }

    private static bool Holds(IReadOnlyList<SmallOp> ops, int[] sources, int[] vis, SessionGuarantee[] guarantees)
    {
        for (var r = 0; r < ops.Count; r++)
        {
            if (!ops[r].Reads) continue;
            if (sources[r] >= 0 && (vis[r] & (1 << sources[r])) == 0) return false;
            for (var w = 0; w < ops.Count; w++)
            {
                if ((vis[r] & (1 << w)) == 0) continue;
                if (ops[w].Process == ops[r].Process && w >= r) return false;
                if (sources[r] < 0 && ops[w].Key == ops[r].Key) return false;
            }
        }

        return ops.Select(op => op.Process).Distinct().All(session => HasOrder(ops, sources, vis, session, guarantees));
    }

    private static bool HasOrder(IReadOnlyList<SmallOp> ops, int[] sources, int[] vis, int session, SessionGuarantee[] guarantees)
    {
        // before[w]: the writes that must be before w.
        var before = new int[ops.Count];
        for (var b = 0; b < ops.Count; b++)
        {
            for (var a = 0; a <= b; a++)
            {
                if (ops[b].Written is null || ops[a].Process != ops[b].Process) continue;
                if (a < b && ops[a].Written is not null && (ops[a].Key == ops[b].Key
                    || guarantees.Contains(SessionGuarantee.MonotonicWrites))) before[b] |= 1 << a;
                if (ops[a].Reads && (ops[a].Process == session
                    || guarantees.Contains(SessionGuarantee.WritesFollowReads))) before[b] |= vis[a];
            }

            if (ops[b].Process == session && sources[b] is >= 0 and var source)
            {
                for (var w = 0; w < ops.Count; w++)
                {
                    if (w != source && (vis[b] & (1 << w)) != 0 && ops[w].Key == ops[b].Key) before[source] |= 1 << w;
                }
            }
        }

        var writes = Indexes(ops, op => op.Written is not null).Aggregate(0, (mask, w) => mask | (1 << w));
        return ops.Count <= 8 ? CausalReference.Linearizations(ops.Count, writes, before).Any() : IsAcyclic(ops.Count, writes, before);
    }

    // What nothing that is left is before can come next, whatever comes after: there is an order iff this never gets stuck.
    private static bool IsAcyclic(int count, int left, int[] before)
    {
        while (left != 0)
        {
            var next = Enumerable.Range(0, count).Where(i => (left & (1 << i)) != 0 && (before[i] & left) == 0).Aggregate(0, (mask, i) => mask | (1 << i));
            if (next == 0) return false;
            left &= ~next;
        }

        return true;
    }

    private static List<int> Indexes(IReadOnlyList<SmallOp> ops, Func<SmallOp, bool> takes) =>
        [.. Enumerable.Range(0, ops.Count).Where(i => takes(ops[i]))];
}
