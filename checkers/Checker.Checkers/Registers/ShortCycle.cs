using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>Finds a short cycle of program order, reads-from and forced edges: the evidence that no order keeps them all.</summary>
internal static class ShortCycle
{
    // Each try is O(operations on cycles); the shortest of a few is short enough.
    private const int Tries = 64;

    /// <summary>Finds one that uses a forced edge.</summary>
    /// <param name="history">The traced history; program order and reads-from alone have no cycle.</param>
    /// <param name="type">The data type, for words.</param>
    /// <param name="edges">The forced edges.</param>
    /// <returns>The cycle with the argument that words it; null if there is none.</returns>
    public static (Argument Argument, IReadOnlyList<Edge> Cycle)? Find(
        RegisterHistory history, DataType type, IReadOnlyList<ForcedEdge> edges)
    {
        if (ForcedGraph.CycleMembers(history, edges) is not { } cyclic) return null;
        var argument = new Argument(history, type, edges.Where(e => cyclic[e.From] && cyclic[e.To]));
        IReadOnlyList<Edge> best = [];
        var tries = 0;
        foreach (var edge in edges)
        {
            if (!cyclic[edge.From] || !cyclic[edge.To]) continue;
            var cycle = argument.Path(edge.From, edge.From, cyclic);
            if (cycle.Count > 0 && (best.Count == 0 || cycle.Count < best.Count)) best = cycle;
            if (best.Count == 2 || (++tries >= Tries && best.Count > 0)) break;
        }

        return (argument, best);
    }
}
