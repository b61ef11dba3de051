namespace Checker.Checkers;

/// <summary>One thing that is wrong with a history, with the few operations that show it.</summary>
/// <param name="Kind">The field's name for it, such as <c>stale-read</c>, <c>lost-update</c>, <c>CyclicCO</c>.</param>
/// <param name="Operations">The operations that show it, by number; as few as the algorithm can name.</param>
/// <param name="Explanation">Prose that a person follows without knowing the algorithm: processes, values, times, and which rule is broken.</param>
public sealed record Anomaly(string Kind, IReadOnlyList<int> Operations, string Explanation)
{
    /// <summary>The object concerned, by number; −1 if it concerns several.</summary>
    public int Key { get; init; } = -1;

    /// <summary>Why which operation must come before which: the edges of the drawing, in the order of the argument.</summary>
    public IReadOnlyList<Edge> Edges { get; init; } = [];

    /// <summary>The longest orders that work, each with where it is stuck. Empty where the algorithm has no such thing.</summary>
    public IReadOnlyList<PartialOrder> Partials { get; init; } = [];
}

/// <summary>One step of an argument: an operation must come before another.</summary>
/// <param name="From">The earlier operation.</param>
/// <param name="To">The later operation.</param>
/// <param name="Relation">A short name: <c>real-time</c>, <c>program-order</c>, <c>reads-from</c>, <c>forced</c> …</param>
/// <param name="Why">A sentence that says why.</param>
public sealed record Edge(int From, int To, string Relation, string Why);

/// <summary>An attempt at an order that could not be continued.</summary>
/// <param name="Order">The operations placed, first to last.</param>
/// <param name="Stuck">The operations that had to come next and cannot.</param>
/// <param name="Why">A sentence that says why, including the state reached.</param>
public sealed record PartialOrder(IReadOnlyList<int> Order, IReadOnlyList<int> Stuck, string Why);
