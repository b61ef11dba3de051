using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of a lock: an acquire goes with the release after it. Where an owner's operations overlap, have unknown outcomes or leases only in part, all of them go together.
/// An answer that the lock was taken depends on every hold.
/// </summary>
internal static class LockLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var whole = history.History;
        var owners = new ValueId[history.Count];
        var blurred = new HashSet<ValueId>(); // owners whose holds cannot be told apart
        var leased = new Dictionary<ValueId, bool>();
        var lastReturn = new Dictionary<ValueId, int>();
        for (var row = 0; row < history.Count; row++)
        {
            var argument = LockArgument.Of(
                whole.Values, history.Types[row], history.Inputs[row], history.Outputs[row], whole.Process[history.Operations[row]]);
            var owner = owners[row] = argument.Owner;
            if (IsRefusal(history, row)) continue;
            if (history.Functions[row] == Function.Acquire && !leased.TryAdd(owner, argument.Lease is not null) && leased[owner] != (argument.Lease is not null)) blurred.Add(owner);
            var overlaps = lastReturn.TryGetValue(owner, out var end) && end > history.Invokes[row];
            if (overlaps || history.Types[row] == OperationType.Info) blurred.Add(owner);
            lastReturn[owner] = Math.Max(end, history.Returns[row]);
        }

        var holds = new Dictionary<ValueId, int>(); // by owner: the acquire of the last hold
        for (var row = 0; row < history.Count; row++)
        {
            var owner = owners[row];
            if (IsRefusal(history, row))
            {
                links.TakesAll[row] = true;
                continue;
            }

            if (owner == history.Initial) links.Stays[row] = true; // its release may be what lets the others in
            if (history.Functions[row] == Function.Acquire) holds[owner] = row;
            var hold = blurred.Contains(owner) ? -1 : holds.GetValueOrDefault(owner, -1);
            var fact = whole.Values.Integer(hold);
            links.Give(row, owner, fact);
            links.Take(row, owner, fact);
            if (history.Functions[row] == Function.Release) holds.Remove(owner);
        }
    }

    private static bool IsRefusal(in KeyHistory history, int row) =>
        LockArgument.IsRefusal(history.Functions[row], history.Types[row], history.Outputs[row]);
}
