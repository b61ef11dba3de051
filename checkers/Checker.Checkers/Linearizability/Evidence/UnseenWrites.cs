using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The writes of a register that nothing can have seen: everything that found their value returned before they began, or began after
/// another write
/// had come in between for certain. A valid history stays valid without them. The last write before an operation that found its value is
/// kept all the
/// same: without it the value would look as if nobody had ever written it.
/// </summary>
internal static class UnseenWrites
{
    /// <summary>The rows, by invocation: leaving out an earlier one does not make a later one seen.</summary>
    public static List<int> Of(KeyHistory history)
    {
        if (history.Type.Name is not ("register" or "cas-register" or "kv")) return [];
        var rows = new RegisterRows(history);
        if (!rows.Simple) return [];
        var seen = Observers(history, rows, out var misses);
        var (invokes, nextEnds) = NextWriteEnds(history, rows);
        var parts = new List<int>();
        var laterWriter = new Dictionary<ValueId, int>();
        for (var row = history.Count - 1; row >= 0; row--)
        {
            if (rows.Written(row) is not { } value || history.Returns[row] == KeyHistory.Never) continue;
            var at = Array.BinarySearch(invokes, history.Returns[row]);
            var hidden = nextEnds[at < 0 ? ~at : at];
            var from = history.Invokes[row];
            seen.TryGetValue(value, out var observers);
            var isLast = observers is not null && observers.FirstEnd(from) < laterWriter.GetValueOrDefault(value, KeyHistory.Never);
            if (!isLast && observers?.Any(from, hidden) != true && !misses.Any(from, hidden)) parts.Add(row);
            laterWriter[value] = from;
        }

        parts.Reverse();
        KeepFirstWriters(rows, seen, laterWriter.Keys, parts);
        return parts;
    }

    // Of a value that was found, though before it was written or long after, one write stays: nobody shall say that it was never written.
    private static void KeepFirstWriters(RegisterRows rows, Dictionary<ValueId, Intervals> seen, IEnumerable<ValueId> written, List<int> parts)
    {
        var going = parts.ToHashSet();
        foreach (var value in written.Where(seen.ContainsKey).ToArray())
        {
            var writers = rows.Writers(value);
            if (writers.TrueForAll(going.Contains)) parts.Remove(writers[0]);
        }
    }

    private static Dictionary<ValueId, Intervals> Observers(KeyHistory history, RegisterRows rows, out Intervals misses)
    {
        var seen = new Dictionary<ValueId, Intervals>();
        misses = new Intervals();
        for (var row = 0; row < history.Count; row++)
        {
            if (rows.MaySee(row) is { } value)
            {
                if (!seen.TryGetValue(value, out var observers)) seen.Add(value, observers = new Intervals());
                observers.Add(history.Invokes[row], history.Returns[row]);
            }
            else if (history.Types[row] == OperationType.Fail)
            {
                misses.Add(history.Invokes[row], history.Returns[row]);
            }
        }

        return seen;
    }

    // The invocations of the writes that happened for certain, and for each the earliest return of those from it on.
    private static (int[] Invokes, int[] Ends) NextWriteEnds(KeyHistory history, RegisterRows rows)
    {
        var writes = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Types[row] == OperationType.Ok && rows.Written(row) is not null) writes.Add(row);
        }

        var invokes = new int[writes.Count];
        var ends = new int[writes.Count + 1];
        ends[^1] = KeyHistory.Never;
        for (var i = writes.Count - 1; i >= 0; i--)
        {
            invokes[i] = history.Invokes[writes[i]];
            ends[i] = Math.Min(ends[i + 1], history.Returns[writes[i]]);
        }

        return (invokes, ends);
    }

    /// <summary>Intervals, added by their beginnings.</summary>
    private sealed class Intervals
    {
        private readonly List<int> _begins = [];
        private readonly List<int> _latestEnds = [];
        private readonly List<int> _ends = [];
        private bool _sorted;

        public void Add(int begin, int end)
        {
            _latestEnds.Add(_latestEnds.Count == 0 ? end : Math.Max(end, _latestEnds[^1]));
            _begins.Add(begin);
            _ends.Add(end);
        }

        /// <summary>The earliest end from <paramref name="from"/> on; <see cref="KeyHistory.Never"/> if there is none.</summary>
        public int FirstEnd(int from)
        {
            if (!_sorted) _ends.Sort();
            _sorted = true;
            var at = _ends.BinarySearch(from);
            at = at < 0 ? ~at : at;
            return at < _ends.Count ? _ends[at] : KeyHistory.Never;
        }

        /// <summary>Whether one ends no earlier than <paramref name="from"/> and begins no later than <paramref name="to"/>.</summary>
        public bool Any(int from, int to)
        {
            var count = _begins.BinarySearch(to);
            count = count < 0 ? ~count : count + 1;
            return count > 0 && _latestEnds[count - 1] >= from;
        }
    }
}
