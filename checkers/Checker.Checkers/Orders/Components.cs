using Checker.Checkers.Registers;

namespace Checker.Checkers.Orders;

/// <summary>
/// The sessions that share keys, directly or through others. Sequential consistency is not local to keys (Herlihy and Wing 1990, section
/// 3.3), but groups of sessions that share no key may be ordered one after another.
/// </summary>
internal static class Components
{
    /// <summary>The groups, each with its sessions ascending. O(operations).</summary>
    public static IReadOnlyList<int[]> Of(RegisterHistory history)
    {
        var parent = Enumerable.Range(0, history.SessionCount).ToArray();
        var owner = new int[history.KeyCount];
        Array.Fill(owner, -1);
        for (var op = 0; op < history.Count; op++)
        {
            ref var first = ref owner[history.Key[op]];
            if (first < 0) first = history.Session[op];
            else parent[Root(first)] = Root(history.Session[op]);
        }

        return [.. Enumerable.Range(0, history.SessionCount).GroupBy(Root).Select(group => group.ToArray())];

        int Root(int session)
        {
            while (parent[session] != session) session = parent[session] = parent[parent[session]];
            return session;
        }
    }
}
