using Checker.Checkers.Prose;

namespace Checker.Checkers.Objects;

/// <summary>Says why results contradict a model.</summary>
/// <param name="rows">The rows.</param>
/// <param name="observed">What results show, if it is known.</param>
internal sealed class Grounds(ObjectHistory rows, Observed? observed)
{
    private readonly OperationText _text = new(rows.History, rows.Type);

    /// <summary>An anomaly of rows whose results contradict the model together.</summary>
    /// <param name="kind">Its name.</param>
    /// <param name="members">The rows.</param>
    /// <param name="edges">What comes before what.</param>
    /// <param name="claim">The claim in words, up to the results that cannot be explained.</param>
    public Anomaly Because(string kind, int[] members, (int From, int To)[] edges, string claim)
    {
        int[] operations = [.. members.Distinct().Select(row => rows.Original[row]).Order()];
        var objects = members.Select(row => rows.Object[row]).Distinct().ToArray();
        var most = string.Join("; ", operations.Take(12).Select(_text.Full));
        var more = operations.Length > 12 ? $"; and {operations.Length - 12} more" : "";
        return new Anomaly(kind, operations, $"{claim} these results together: {most}{more}.")
        {
            Key = rows.ObjectCount == rows.History.KeyCount && objects.Length == 1 ? objects[0] : -1,
            Edges = [.. edges.Select(Explain)],
        };
    }

    private Edge Explain((int From, int To) edge)
    {
        var (from, to) = (rows.Original[edge.From], rows.Original[edge.To]);
        if (observed?.Sees[edge.To].Contains(edge.From) == true)
            return new Edge(from, to, "reads-from", $"{_text.Short(to)} shows {_text.Short(from)}");
        if (rows.Type.Sequential.Name == "queue" && (rows.Process[edge.From] != rows.Process[edge.To] || edge.From > edge.To))
        {
            return observed?.Empty(edge.From) == true
                ? new Edge(from, to, "taken-later", $"{_text.Short(from)} found nothing, and {_text.Short(to)} was taken out after it")
                : new Edge(from, to, "taken-before", $"what {_text.Short(from)} put in was taken out before what {_text.Short(to)} put in");
        }

        return rows.Process[edge.From] == rows.Process[edge.To]
            ? new Edge(from, to, "program-order", $"{_text.Short(from)} came before {_text.Short(to)} in the same process")
            : new Edge(from, to, "listed", $"{_text.Short(from)} is listed before {_text.Short(to)}");
    }
}
