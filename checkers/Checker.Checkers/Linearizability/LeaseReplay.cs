using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Linearizability;

/// <summary>
/// Verifies that an order of a lock's operations leaves every lease its time: gives each operation the earliest moment that the order and the
/// clocks allow, and looks whether it had returned by then. The other rules are the specification's.
/// </summary>
internal static class LeaseReplay
{
    /// <summary>Says which operation is too late, or null. O(operations).</summary>
    public static string? Refute(History history, IReadOnlyList<int> order)
    {
        foreach (var group in order.GroupBy(operation => history.Key[operation]))
        {
            var holder = -1; // the acquire of the present hold
            var moment = 0L; // a place: twice a position, less where a lease has lapsed before it
            foreach (var operation in group)
            {
                var argument = Argument(history, operation);
                moment = Math.Max(moment, 2L * history.Invoke[operation]);
                if (history.Functions[operation] == Function.Release)
                {
                    if (holder >= 0 && Argument(history, holder).Owner == argument.Owner) holder = -1;
                }
                else if (!LockArgument.IsRefusal(history.Functions[operation], history.Types[operation], history.Output[operation]))
                {
                    if (holder >= 0) moment = Math.Max(moment, LeaseEnds.Of(history).After(history.Invoke[holder], Argument(history, holder).Lease ?? 0));
                    holder = operation;
                }

                if (history.Types[operation] != OperationType.Info && moment > 2L * history.Complete[operation])
                    return $"operation {operation} had returned before the lease before it was over";
            }
        }

        return null;
    }

    private static LockArgument Argument(History history, int operation) => LockArgument.Of(
        history.Values, history.Types[operation], history.Input[operation], history.Output[operation], history.Process[operation]);
}
