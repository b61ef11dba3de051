namespace Checker.Checkers.Registers;

/// <summary>The writes of one value of one key, as operations of a traced history: ascending, and so session by session.</summary>
internal sealed class ValueWriters
{
    private ValueWriters(int[] operations, SessionWrites[] sessions)
    {
        Operations = operations;
        Sessions = sessions;
    }

    /// <summary>The writes.</summary>
    public int[] Operations { get; }

    /// <summary>Those of each session: ranges of <see cref="Operations"/>.</summary>
    public SessionWrites[] Sessions { get; }

    /// <summary>Groups writes.</summary>
    /// <param name="history">The traced history.</param>
    /// <param name="numbers">The number in it of each operation of the whole history; −1 if it was not kept.</param>
    /// <param name="writers">The writes, by their numbers in the whole history.</param>
    public static ValueWriters Of(RegisterHistory history, int[] numbers, int[] writers)
    {
        int[] operations = [.. writers.Select(writer => numbers[writer]).Where(static number => number >= 0).Order()];
        var sessions = new List<SessionWrites>();
        for (var first = 0; first < operations.Length;)
        {
            var session = history.Session[operations[first]];
            var end = first + 1;
            while (end < operations.Length && history.Session[operations[end]] == session) end++;
            sessions.Add(new SessionWrites(session, first, end));
            first = end;
        }

        return new ValueWriters(operations, [.. sessions]);
    }

    /// <summary>The first of a session's writes after a bound, as an index of <see cref="Operations"/>. O(log n).</summary>
    public int After(in SessionWrites session, int bound)
    {
        var (low, high) = (session.First, session.End);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Operations[middle] <= bound) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
