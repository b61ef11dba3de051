using Checker.Checkers.Prose;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.RealTime;

/// <summary>Says why an operation must come before one that had ended when it began: step by step, and for each forced step the way on
/// which the read that forces it came to know of the older write. A few passes over the operations.</summary>
internal sealed class RealTimeCausalEvidence(RegisterHistory history, RealTimeCycles cycles, DataType type)
{
    /// <summary>The anomaly, if <see cref="RealTimeCycles.Search"/> found that time runs backwards.</summary>
    public Anomaly Explain()
    {
        var (ended, began) = (cycles.Ended, cycles.Began);
        var argument = new Argument(history, type, cycles.Edges);

        // Whatever lies between the two began no later than the one that began last of all that leads here.
        var between = new bool[history.Count];
        for (var op = 0; op < history.Count; op++) between[op] = cycles.Begin(op) <= cycles.Begin(began);
        var path = argument.Path(began, ended, between);
        var (first, last) = (history.Original[ended], history.Original[began]);
        var text = new OperationText(history.History, type);
        var realTime = new Edge(
            first, last, "real-time", $"{text.Short(first)} ended at {text.Ended(first)}, before {text.Short(last)} began at {text.Began(last)}");
        IReadOnlyList<Edge> edges = [.. path, realTime, .. Knowledge(path)];
        return new Anomaly(
            "CyclicRealTime",
            argument.Operations(edges),
            $"{argument.Short(began)} must come before {argument.Short(ended)}, although that had ended when it began. Step by step: " +
            $"{Argument.Because([.. path, realTime])}. No one order of the writes agrees with the reads and with real time.")
        {
            Key = path.Count == 1 ? history.Key[began] : -1,
            Edges = edges,
        };
    }

    // For each forced step: how the read that forces it knew of the older write.
    private List<Edge> Knowledge(IReadOnlyList<Edge> path)
    {
        var known = new List<Edge>();
        var causal = new Argument(history, type, []);
        var steps = path.Where(edge => edge.Relation == "forced").Select(edge => (edge.From, edge.To)).ToHashSet();
        foreach (var edge in cycles.Edges)
        {
            if (!steps.Remove((history.Original[edge.From], history.Original[edge.To]))) continue;
            foreach (var step in causal.Path(edge.From, edge.Because))
            {
                if (!known.Contains(step)) known.Add(step);
            }
        }

        return known;
    }
}
