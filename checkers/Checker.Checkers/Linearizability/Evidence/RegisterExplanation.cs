using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The common violations of a register, recognised in a minimal history and said in one sentence.</summary>
internal static class RegisterExplanation
{
    /// <summary>The kind, the sentence and the edges of the argument; null if the violation is none of the common ones.</summary>
    public static (string Kind, string Sentence, IReadOnlyList<Edge> Edges)? Of(KeyHistory history, OperationText text)
    {
        if (history.Type != DataTypes.Register && history.Type != DataTypes.CasRegister && history.Type != DataTypes.Kv) return null;
        var rows = new RegisterRows(history);
        if (!rows.Simple) return null;
        for (var reader = 0; reader < history.Count; reader++)
        {
            if (rows.Seen(reader) is not { } value) continue;
            if (Phantom(history, rows, text, reader, value) is { } phantom) return phantom;
            if (Stale(history, rows, text, reader, value) is { } stale) return stale;
        }

        return LostUpdate(history, rows, text);
    }

    private static (string, string, IReadOnlyList<Edge>)? Phantom(KeyHistory history, RegisterRows rows, OperationText text,
        int reader, ValueId value)
    {
        if (value == history.Initial) return null;
        var writers = rows.Writers(value);
        var read = history.Operations[reader];
        if (writers.Count == 0)
        {
            return ("phantom-read",
                $"{text.Full(read)}, but {FailedWrite(history, text, value) ?? $"nobody wrote {text.Text(value)}"}", []);
        }

        if (writers.Any(w => history.Invokes[w] < history.Returns[reader])) return null;
        var first = history.Operations[writers[0]];
        return (
            "future-read",
            $"{text.Full(read)}, but the first write of {text.Text(value)} ({text.Short(first)}) began only at {text.Began(first)}, after the read had ended",
            [new Edge(read, first, "real-time", "the read ended before the write began"), new Edge(first, read, "reads-from",
                "the read returned what it wrote")]);
    }

    private static (string, string, IReadOnlyList<Edge>)? Stale(KeyHistory history, RegisterRows rows, OperationText text, int reader,
        ValueId value)
    {
        var writers = rows.Writers(value);
        var lastEnd = writers.Count == 0 ? -1 : writers.Max(w => history.Returns[w]);
        for (var other = 0; other < history.Count; other++)
        {
            if (rows.Written(other) is not { } newer || newer == value) continue;
            if (history.Invokes[other] < lastEnd || history.Returns[other] > history.Invokes[reader] || other == reader) continue;
            var read = history.Operations[reader];
            var write = history.Operations[other];
            var edges = new List<Edge>
            {
                new(write, read, "real-time", "the write ended before the read began"),
            };
            var old = writers.Count == 0 ? "the initial value" : text.Text(value);
            foreach (var writer in writers)
            {
                edges.Add(new(history.Operations[writer], write, "real-time", "the older write ended before the newer began"));
                edges.Add(new(history.Operations[writer], read, "reads-from", "the read returned what it wrote"));
            }

            return (
                "stale-read",
                $"{text.Full(read)}, but {old} was overwritten by {text.Text(newer)}, whose write ({text.Short(write)}) began at {text.Began(write)} " +
                $"and ended at {text.Ended(write)}, before the read began",
                edges);
        }

        return null;
    }

    private static (string, string, IReadOnlyList<Edge>)? LostUpdate(KeyHistory history, RegisterRows rows, OperationText text)
    {
        for (var first = 0; first < history.Count; first++)
        {
            for (var second = first + 1; second < history.Count; second++)
            {
                if (!rows.IsDoneCas(first) || !rows.IsDoneCas(second) || rows.Seen(first) is not { } value || rows.Seen(second) != value)
                    continue;
                if (rows.Writers(value).Count + (value == history.Initial ? 1 : 0) > 1) continue;
                var (a, b) = (history.Operations[first], history.Operations[second]);
                return (
                    "lost-update",
                    $"{text.Full(a)} and {text.Full(b)} both replaced {text.Text(value)}, which was written only once: one update was lost",
                    [new Edge(a, b, "forced", "both replaced the same value"), new Edge(b, a, "forced", "both replaced the same value")]);
            }
        }

        return null;
    }

    private static string? FailedWrite(KeyHistory history, OperationText text, ValueId value)
    {
        var whole = history.History;
        for (var i = 0; i < whole.Count; i++)
        {
            if (whole.Types[i] != OperationType.Fail || whole.Key[i] != history.Key) continue;
            if (RegisterRows.WrittenBy(whole.Values, whole.Functions[i], whole.Input[i]) == value)
            {
                return $"the only attempt to write {text.Text(value)} failed: {text.Short(i)}";
            }
        }

        return null;
    }
}
