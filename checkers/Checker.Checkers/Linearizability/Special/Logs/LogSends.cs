using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>Which send got which offset, as far as somebody says so, and the sends of which nobody does.</summary>
internal sealed class LogSends
{
    private readonly int[] _rows; // by offset, +1
    private readonly Dictionary<ValueId, List<int>> _unplaced = [];

    private LogSends(int sends)
    {
        _rows = new int[sends];
        Count = sends;
    }

    /// <summary>How many sends there are: no log is longer.</summary>
    public int Count { get; }

    /// <summary>The greatest offset that somebody told; −1 if nobody told any.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>The send at an offset; −1 if nobody says which.</summary>
    public int this[long offset] => offset >= 0 && offset < _rows.Length ? _rows[offset] - 1 : -1;

    /// <summary>The sends whose offset is known, by offset.</summary>
    public IEnumerable<(long Offset, int Row)> Known()
    {
        for (var offset = 0; offset <= Last; offset++)
        {
            if (_rows[offset] > 0) yield return (offset, _rows[offset] - 1);
        }
    }

    /// <summary>The other sends, by invocation.</summary>
    public List<int> Unplaced()
    {
        var rows = _unplaced.Values.SelectMany(entry => entry).ToList();
        rows.Sort();
        return rows;
    }

    /// <summary>Reads the sends and polls; null, and the verdict, if they contradict each other or do not say enough.</summary>
    public static LogSends? Of(in KeyHistory history, out SpecialVerdict verdict)
    {
        var sends = new LogSends(history.Functions.Count(Function.Send));
        verdict = default;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Send && sends.Add(history, row) is { } anomaly)
            {
                verdict = SpecialVerdict.Invalid(anomaly);
                return null;
            }
        }

        var values = history.History.Values;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll) continue;
            if (!LogRows.IsListOfPairs(values, history.Outputs[row]))
            {
                verdict = SpecialVerdict.NotApplicable("a poll that is no list of [offset,v]");
                return null;
            }

            foreach (var pair in LogRows.ItemsOf(values, history.Outputs[row]))
            {
                var (offset, entry) = LogRows.Pair(values, pair);
                if (sends.Place(history, row, offset, entry) is not { } answer) continue;
                verdict = answer;
                return null;
            }
        }

        return sends;
    }

    private Anomaly? Add(in KeyHistory history, int row)
    {
        if (LogRows.Offset(history, row) is not { } offset)
        {
            if (!_unplaced.TryGetValue(history.Inputs[row], out var rows)) _unplaced.Add(history.Inputs[row], rows = []);
            rows.Add(row);
            return null;
        }

        if (offset < 0) return LogEvidence.Below(history, row, offset);
        if (offset >= Count) return LogEvidence.Beyond(history, row, Count);
        if (_rows[offset] > 0) return LogEvidence.Clash(history, _rows[offset] - 1, row, offset);
        _rows[offset] = row + 1;
        Last = Math.Max(Last, (int)offset);
        return null;
    }

    // A poll shows an entry at an offset: it must be what was sent there, or a send that did not say where.
    private SpecialVerdict? Place(in KeyHistory history, int poll, long offset, ValueId entry)
    {
        if (this[offset] is >= 0 and var send)
        {
            return history.Inputs[send] == entry ? null : SpecialVerdict.Invalid(LogEvidence.Other(history, poll, offset, entry, send));
        }

        if (!_unplaced.TryGetValue(entry, out var rows) || rows.Count == 0 || offset < 0)
        {
            return SpecialVerdict.Invalid(LogEvidence.Phantom(history, poll, offset, entry, this));
        }

        if (offset >= Count) return SpecialVerdict.Invalid(LogEvidence.Beyond(history, poll, Count));
        if (rows.Count > 1) return SpecialVerdict.NotApplicable($"several sends of {history.History.Values.Text(entry)} without offsets");
        _rows[offset] = rows[0] + 1;
        Last = Math.Max(Last, (int)offset);
        rows.Clear();
        return null;
    }
}
