using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Collects the rows that show a violation and the steps of the argument, and makes an <see cref="Anomaly"/> of them.</summary>
internal sealed class EvidenceBuilder(KeyHistory history)
{
    private readonly List<int> _rows = [];
    private readonly List<Edge> _edges = [];

    /// <summary>A row that the argument needs.</summary>
    public void Add(int row) => _rows.Add(row);

    /// <summary>One row returned before another was invoked.</summary>
    public void RealTime(int from, int to)
    {
        var prose = new Prose(history);
        Step(from, to, "real-time", $"it ended at {prose.Ended(from)}, before the other began at {prose.Began(to)}");
    }

    /// <summary>One row must come before another.</summary>
    public void Step(int from, int to, string relation, string why)
    {
        _rows.Add(from);
        _rows.Add(to);
        _edges.Add(new Edge(history.Operations[from], history.Operations[to], relation, why));
    }

    /// <summary>The anomaly.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="explanation">Why nothing explains the results; empty if there is nothing to say but that.</param>
    public Anomaly Build(string kind, string explanation)
    {
        _rows.Sort();
        var operations = new List<int>(_rows.Count);
        foreach (var row in _rows)
        {
            if (operations.Count == 0 || operations[^1] != history.Operations[row]) operations.Add(history.Operations[row]);
        }

        var said = explanation.Length == 0 ? "" : char.ToUpperInvariant(explanation[0]) + explanation[1..];
        return new Anomaly(kind, operations, said) { Key = history.Key, Edges = _edges };
    }
}
