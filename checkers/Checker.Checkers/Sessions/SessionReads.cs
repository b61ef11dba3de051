using Checker.Checkers.Registers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Sessions;

/// <summary>
/// What a session's own reads and writes of one key say about the order of that key's writes. A guarantee forces each write that must be
/// visible to be older than the one that was read; together with the order in which each session wrote the key that has a cycle iff one
/// of the patterns here occurs. Each search is one pass, O(operations).
/// </summary>
internal sealed class SessionReads(RegisterHistory history, DataType type)
{
    /// <summary>The reads of a value that their own session writes only later.</summary>
    public IEnumerable<Conflict> OwnFutureWrites()
    {
        for (var read = 0; read < history.Count; read++)
        {
            var source = history.Source[read];
            if (source < read || history.Session[source] != history.Session[read]) continue;
            var later = read;
            yield return new Conflict(() => OwnFutureWrite(source, later), () => [later]);
        }
    }

    /// <summary>
    /// The reads that miss their own session's last write of the key: they found the initial value, an older write of the same session, or
    /// what the session had seen before it wrote, or something older than that. Any other write may be newer.
    /// </summary>
    public IEnumerable<Conflict> LostOwnWrites()
    {
        var groupOf = Groups();
        var lastOwn = NoneYet();
        var seen = new Seen[history.SessionWrites.Length];
        Array.Fill(seen, new Seen(-1, -1, -1));
        for (var op = 0; op < history.Count; op++)
        {
            var start = history.Start[history.Session[op]];
            var own = lastOwn[history.Key[op]];
            var source = history.Source[op];
            if (history.Writes[op]) lastOwn[history.Key[op]] = op;
            if (source == RegisterHistory.Initial && own >= start) yield return Lost(own, op, "the value before any write", -1);
            if (source < 0) continue;
            if (own >= start && source < own && history.Session[source] == history.Session[op])
            {
                yield return Lost(own, op, "its own older value", -1);
            }

            var group = seen[groupOf[source]];
            if (group.Newest < start) group = new Seen(-1, -1, own);
            if (group.Own != own) group = new Seen(group.Newest, group.Newest, own);
            if (group.Replaced >= start && source <= history.Source[group.Replaced])
            {
                yield return Lost(own, op, "what it had overwritten", group.Replaced);
            }

            if (group.Newest < start || source > history.Source[group.Newest]) group = group with { Newest = op };
            seen[groupOf[source]] = group;
        }
    }

    /// <summary>
    /// The reads that go back: to the initial value after another; to a value left for another one before; or to a write whose own session
    /// had replaced it by one that was read before.
    /// </summary>
    public IEnumerable<Conflict> NonMonotonicReads()
    {
        var groupOf = Groups();
        var lastRead = NoneYet();
        var newest = new int[history.SessionWrites.Length];
        Array.Fill(newest, -1);
        for (var read = 0; read < history.Count; read++)
        {
            var source = history.Source[read];
            if (source == RegisterHistory.NoRead) continue;
            var start = history.Start[history.Session[read]];
            var previous = lastRead[history.Key[read]];
            lastRead[history.Key[read]] = read;
            var seenBefore = previous >= start ? history.Source[previous] : RegisterHistory.Initial;
            if (source == RegisterHistory.Initial)
            {
                if (seenBefore >= 0) yield return Back(previous, read, -1);
                continue;
            }

            // newest: of each session that writes the key, the read that saw its latest write so far.
            var saw = newest[groupOf[source]];
            var known = saw >= start;
            if (known && source != seenBefore && source <= history.Source[saw])
            {
                yield return Back(source == history.Source[saw] ? previous : saw, read, saw);
            }

            if (!known || source > history.Source[saw]) newest[groupOf[source]] = read;
        }
    }

    private Anomaly OwnFutureWrite(int source, int read)
    {
        var argument = new Argument(history, type, []);
        return Of(
            "ReadOfOwnFutureWrite",
            $"{argument.Full(read)}, a value that the same process itself wrote only later: {argument.Full(source)}.",
            argument.Path(read, source),
            read,
            source);
    }

    private Conflict Lost(int own, int read, string found, int seenBefore) =>
        new(() => ExplainLost(own, read, found, seenBefore), () => seenBefore < 0 ? [read] : [read, seenBefore]);

    private Conflict Back(int before, int read, int first) => new(() => ExplainBack(before, read, first), () => RestOfBack(before, read, first));

    // Where all that counts of the earlier read is that it saw another write, it does not matter which if it found another value.
    private List<int> RestOfBack(int before, int read, int first)
    {
        var rests = new List<int> { read };
        if (first >= 0) rests.Add(first);
        var left = first < 0 || (before != first && history.Source[first] == history.Source[read]);
        if (!left || ValueFound(before) == ValueFound(read)) rests.Add(before);
        return rests;
    }

    private ValueId ValueFound(int read)
    {
        var original = history.Original[read];
        return history.History.Functions[original] == Function.Cas
            ? history.History.Values.Items(history.History.Input[original])[0] : history.History.Output[original];
    }

    private Anomaly ExplainLost(int own, int read, string found, int seenBefore)
    {
        var argument = new Argument(history, type, []);
        var seen = seenBefore < 0 || seenBefore == own ? "" : $" after it had seen {argument.Written(history.Source[seenBefore])}: " +
            $"{argument.Full(seenBefore)}";
        return Of(
            "ReadYourWritesViolation",
            $"{argument.Full(read)}, {found}, although it had itself written {argument.Written(own)} to {argument.KeyText(read)} " +
            $"before: {argument.Full(own)}{seen}.",
            argument.Path(own, read),
            own,
            read,
            history.Source[read],
            seenBefore);
    }

    // before: the earlier read of something newer; first: the read that had seen this very value, or else an older one.
    private Anomaly ExplainBack(int before, int read, int first)
    {
        var argument = new Argument(history, type, []);
        var source = history.Source[read];
        var newer = history.Source[before];
        var why = source < 0
            ? "the value before any write"
            : newer < 0
                ? "a value it had already left for the one before any write"
                : history.Session[source] == history.Session[newer] && source < newer
                    ? $"which is older, because the same process wrote {argument.Written(newer)} after {argument.Written(source)}"
                    : $"a value it had already left for {argument.Written(newer)}";
        return Of(
            "MonotonicReadsViolation",
            $"{argument.Full(read)}, {why}; but before that {argument.Full(before)}. A version of {argument.KeyText(read)} that was " +
            $"seen must not be unseen.",
            argument.Path(before, read),
            first,
            before,
            read,
            newer,
            source);
    }

    private Anomaly Of(string kind, string explanation, IReadOnlyList<Edge> edges, params ReadOnlySpan<int> ops)
    {
        var operations = new List<int>();
        foreach (var op in ops)
        {
            if (op >= 0 && !operations.Contains(history.Original[op])) operations.Add(history.Original[op]);
        }

        return new Anomaly(kind, operations, explanation) { Key = history.Key[ops[1]], Edges = edges };
    }

    private int[] NoneYet()
    {
        var none = new int[history.KeyCount];
        Array.Fill(none, -1);
        return none;
    }

    // For each write the number of its (key, session) entry.
    private int[] Groups()
    {
        var groupOf = new int[history.Count];
        for (var group = 0; group < history.SessionWrites.Length; group++)
        {
            var writes = history.SessionWrites[group];
            for (var at = writes.First; at < writes.End; at++) groupOf[history.Writers[at]] = group;
        }

        return groupOf;
    }

    // What a session saw of the writes of one key by one session. Newest: the read of the latest; Replaced: the same before its own write
    // Own.
    private readonly record struct Seen(int Newest, int Replaced, int Own);
}
