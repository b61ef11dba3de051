using Checker.Checkers.Prose;
using Checker.Histories;

namespace Checker.Checkers.RealTime;

/// <summary>Says why a read returned what no read of a regular register may return, by the fewest operations that show it.</summary>
internal sealed class ReadEvidence(RegisterTimes times, ReadSources sources, IReadOnlySet<int> never, DataType type, bool regular)
{
    private readonly OperationText _text = new(times.History, type);

    /// <summary>The anomaly of a read for which <see cref="ReadSources.IsIrregular"/> holds.</summary>
    public Anomaly Explain(int read) => sources.Source(read) == ReadSources.Nobody ? Unwritten(read) : Stale(read);

    // A write lies between the source and the read.
    private Anomaly Stale(int read)
    {
        var source = sources.Source(read);
        var newer = sources.Newest(read);
        var edges = new List<Edge>();
        if (source >= 0) edges.Add(RealTimeEdge(source, newer));
        edges.Add(RealTimeEdge(newer, read));
        if (source >= 0) edges.Add(new Edge(source, read, "reads-from", $"{_text.Short(read)} returned what {_text.Short(source)} wrote"));
        var old = source >= 0
            ? $"that value was out of date: {_text.Full(source)}; after that had ended,"
            : "that is the value before any write, and was out of date:";
        return new Anomaly(
            "stale-read",
            source >= 0 ? [source, newer, read] : [newer, read],
            $"{_text.Full(read)}, but {old} {_text.Full(newer)}; and that ended before the read began.{Overlap(read)}")
        {
            Key = times.History.Key[read],
            Edges = edges,
        };
    }

    private Anomaly Unwritten(int read)
    {
        var text = _text.Text(times.ReadValue(read));
        var attempt = Attempt(read);
        if (attempt < 0) return Of(read, "phantom-read", [], [read], $"nobody ever wrote {text}");
        if (!times.Writes(attempt)) return Of(read, "phantom-read", [], [attempt, read], $"the only attempt to write {text} failed: {_text.Full(attempt)}");
        if (never.Contains(attempt)) return Impossible(read, attempt);
        Edge[] edges =
        [
            RealTimeEdge(read, attempt),
            new Edge(attempt, read, "reads-from", $"{_text.Short(read)} returned what {_text.Short(attempt)} wrote"),
        ];
        return Of(read, "future-read", edges, [read, attempt], $"nobody had begun to write {text} when that read ended: {_text.Full(attempt)}");
    }

    // The only writer is a compare-and-set of unknown outcome that cannot have happened, because its own source cannot, and so on.
    private Anomaly Impossible(int read, int swap)
    {
        List<int> chain = [read, swap];
        for (var next = swap; sources.Source(next) == ReadSources.Nobody && (next = Attempt(next)) >= 0 && never.Contains(next);) chain.Add(next);
        var because = sources.Source(chain[^1]) == ReadSources.Nobody ? Unwritten(chain[^1]) : Stale(chain[^1]);
        var through = chain.Count == 2 ? "" : ", because the value that it replaced could only come from another that cannot have happened, and so on";
        return Of(
            read,
            because.Kind,
            because.Edges,
            [.. because.Operations.Concat(chain).Distinct().Order()],
            $"only {_text.Short(swap)} could have written {_text.Text(times.ReadValue(read))}, and that cannot have happened{through}: " +
            $"{because.Explanation.TrimEnd('.')}");
    }

    // The operation that came nearest to writing what was read: one that came too late says most, one that failed least.
    private int Attempt(int read)
    {
        var history = times.History;
        var value = times.ReadValue(read);
        var best = -1;
        for (var op = 0; op < history.Count; op++)
        {
            if (op == read || history.Key[op] != history.Key[read] || history.Functions[op] == Function.Read) continue;
            if (times.WrittenValue(op) != value || (history.Functions[op] == Function.Cas && times.ReadValue(op) == value)) continue;
            if (best < 0 || Weight(op) > Weight(best)) best = op;
        }

        return best;
    }

    private Anomaly Of(int read, string kind, IReadOnlyList<Edge> edges, IReadOnlyList<int> operations, string why) =>
        new(kind, operations, $"{_text.Full(read)}, but {why}.{Overlap(read)}") { Key = times.History.Key[read], Edges = edges };

    private string Overlap(int read) => regular || !times.IsCertain(read) ? "" : " No write was under way during that read.";

    private int Weight(int op) => times.IsCertain(op) ? 3 : never.Contains(op) ? 1 : times.Writes(op) ? 2 : 0;

    private Edge RealTimeEdge(int from, int to) => new(
        from, to, "real-time", $"{_text.Short(from)} ended at {_text.Ended(from)}, before {_text.Short(to)} began at {_text.Began(to)}");
}
