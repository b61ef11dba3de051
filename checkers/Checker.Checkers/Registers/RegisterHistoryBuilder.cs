using System.Runtime.InteropServices;
using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>Makes a <see cref="RegisterHistory"/>.</summary>
internal static class RegisterHistoryBuilder
{
    /// <summary>Whether the type is one of registers whose operations this understands.</summary>
    public static bool Supports(DataType type) => type.Sequential == DataTypes.Register || type == DataTypes.CasRegister || type == DataTypes.Kv;

    /// <summary>Whether some operation is none of a register's own, as an append is: then the history is an object's like any other.</summary>
    public static bool IsForeign(History history, DataType type) => !Supports(type)
        || history.Functions.IndexOfAnyExcept([Function.Read, Function.Write, Function.Cas, Function.Delete]) >= 0;

    /// <summary>Numbers the operations that are kept, session by session. O(n).</summary>
    /// <param name="history">The history.</param>
    /// <param name="values">What the operations read and write.</param>
    /// <param name="source">For each operation of the history the one that it reads from; <see cref="RegisterHistory.Initial"/>; or
    /// <see cref="RegisterHistory.NoRead"/>.</param>
    /// <param name="kept">The operations that are kept.</param>
    /// <param name="optional">Those of them that may have happened or not; null: none.</param>
    /// <param name="chosen">The reads whose source is a choice; null: none.</param>
    public static RegisterHistory Number(
        History history, RegisterValues values, int[] source, bool[] kept, bool[]? optional = null, bool[]? chosen = null)
    {
        var sessions = new Dictionary<int, int>();
        var sessionOf = new int[history.Count];
        for (var op = 0; op < history.Count; op++)
        {
            if (!kept[op]) continue;
            ref var session = ref CollectionsMarshal.GetValueRefOrAddDefault(sessions, history.Process[op], out var known);
            if (!known) session = sessions.Count - 1;
            sessionOf[op] = session;
        }

        var start = new int[sessions.Count + 1];
        for (var op = 0; op < history.Count; op++)
        {
            if (kept[op]) start[sessionOf[op] + 1]++;
        }

        for (var s = 0; s < sessions.Count; s++) start[s + 1] += start[s];
        var count = start[^1];
        var number = new int[history.Count];
        var next = start.AsSpan(0, sessions.Count).ToArray();
        for (var op = 0; op < history.Count; op++) number[op] = kept[op] ? next[sessionOf[op]]++ : -1;

        var original = new int[count];
        var sessionColumn = new int[count];
        var key = new int[count];
        var writes = new bool[count];
        var from = new int[count];
        var isOptional = new bool[count];
        var writersStart = new int[history.KeyCount + 1];
        for (var op = 0; op < history.Count; op++)
        {
            var at = number[op];
            if (at < 0) continue;
            original[at] = op;
            sessionColumn[at] = sessionOf[op];
            key[at] = history.Key[op];
            writes[at] = values.Writes(op);
            from[at] = source[op] < 0 ? source[op] : number[source[op]];
            isOptional[at] = optional is not null && optional[op];

            if (writes[at]) writersStart[key[at] + 1]++;
        }

        for (var k = 0; k < history.KeyCount; k++) writersStart[k + 1] += writersStart[k];
        var writers = new int[writersStart[^1]];
        var free = writersStart.AsSpan(0, history.KeyCount).ToArray();
        for (var at = 0; at < count; at++)
        {
            if (writes[at]) writers[free[key[at]]++] = at;
        }

        var readersStart = new int[count + 1];
        foreach (var writer in from)
        {
            if (writer >= 0) readersStart[writer + 1]++;
        }

        for (var at = 0; at < count; at++) readersStart[at + 1] += readersStart[at];
        var readers = new int[readersStart[^1]];
        free = readersStart.AsSpan(0, count).ToArray();
        for (var at = 0; at < count; at++)
        {
            if (from[at] >= 0) readers[free[from[at]]++] = at;
        }

        var (sessionWrites, sessionWritesStart) = GroupBySession(writers, writersStart, sessionColumn);
        return new RegisterHistory
        {
            History = history,
            Start = start,
            Original = original,
            Session = sessionColumn,
            Key = key,
            Writes = writes,
            Source = from,
            Optional = isOptional,
            Chosen = chosen is null ? null : Array.ConvertAll(original, op => chosen[op]),
            Writers = writers,
            WritersStart = writersStart,
            Readers = readers,
            ReadersStart = readersStart,
            SessionWrites = sessionWrites,
            SessionWritesStart = sessionWritesStart,
        };
    }

    private static (SessionWrites[] Groups, int[] Start) GroupBySession(int[] writers, int[] writersStart, int[] session)
    {
        var groups = new List<SessionWrites>();
        var start = new int[writersStart.Length];
        for (var key = 0; key + 1 < writersStart.Length; key++)
        {
            for (var first = writersStart[key]; first < writersStart[key + 1];)
            {
                var end = first + 1;
                while (end < writersStart[key + 1] && session[writers[end]] == session[writers[first]]) end++;
                groups.Add(new SessionWrites(session[writers[first]], first, end));
                first = end;
            }

            start[key + 1] = groups.Count;
        }

        return ([.. groups], start);
    }
}

/// <summary>Why the reads of a history cannot be traced to their writes.</summary>
/// <param name="Anomaly">What no order could mend; or null.</param>
/// <param name="Reason">Why it is unclear which write a read saw, or null.</param>
internal sealed record Untraceable(Anomaly? Anomaly, string? Reason)
{
    public static Untraceable Because(string reason) => new(null, reason);

    /// <summary>What that means for a model: no model allows a read out of thin air; a read that may mean two writes leaves it
    /// open.</summary>
    public Verdict Verdict(string model, string algorithm) => Anomaly is null
        ? Checkers.Verdict.Unknown(model, algorithm, Reason!)
        : Checkers.Verdict.Invalid(model, algorithm, [Anomaly]);
}
