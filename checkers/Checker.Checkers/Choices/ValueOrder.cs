using Checker.Checkers.Orders;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Choices;

/// <summary>One sequential order by values, for which no read needs to be traced: tried without going back, then by a little of a search.</summary>
/// <param name="Order">The order, by numbers in the history; null if none was found.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record ValueOrder(int[]? Order, long Steps)
{
    // Of the budget, for the search.
    private const int Share = 20;

    /// <summary>Looks for one.</summary>
    public static ValueOrder Of(CandidateWrites candidates, CheckOptions options) =>
        Preparations.Get(options, candidates.History, () => Find(candidates, options));

    private static ValueOrder Find(CandidateWrites candidates, CheckOptions options)
    {
        var possible = candidates.Possible();
        var operations = FrontierOperations.ByValue(possible, candidates.Values);
        IEnumerable<int>? order = GreedyOrder.TryFind(operations, [], out var steps, options.Cancellation);
        if (order is null)
        {
            var search = new FrontierSearch(operations, []);
            var limits = new SearchLimits(options.MaxSteps / Share, options.MaxBytes / Share, options.Cancellation);
            if (Components.Of(possible).All(sessions => search.Run(sessions, limits) == VerdictKind.Valid)) order = search.Order;
            steps += search.Steps;
        }

        return new ValueOrder(order is null ? null : [.. order.Select(op => possible.Original[op])], steps);
    }
}
