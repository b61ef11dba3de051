namespace Checker.Checkers.Linearizability.Problems;

/// <summary>An order of some of an object's operations that cannot be continued.</summary>
/// <param name="Order">The rows placed, first to last.</param>
/// <param name="Stuck">The rows that ended and would have to come next.</param>
/// <param name="State">The state after the order, in words.</param>
internal sealed record StuckOrder(int[] Order, int[] Stuck, string State);
