using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>Which send got which offset, as far as somebody says so, and the sends of which nobody does.</summary>
internal sealed class LogSends
{
    private readonly int[] _rows; // by offset, +1
    private readonly Dictionary<ValueId, List<int>> _unplaced = [];

    private LogSends(in KeyHistory history)
    {
        Count = history.Functions.Count(Function.Send);
        _rows = new int[Count];
        Polls = new SequencedReads(history, Count, history.Functions.Count(Function.Poll));
    }

    /// <summary>How many sends there are: no log is longer.</summary>
    public int Count { get; }

    /// <summary>The polls, and how many sends come before each.</summary>
    public SequencedReads Polls { get; }

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
        var sends = new LogSends(history);
        verdict = sends.ReadSends(history) ?? sends.ReadPolls(history) ?? default;
        return verdict.Outcome == SpecialOutcome.NotApplicable && verdict.Reason is null ? sends : null;
    }

    private SpecialVerdict? ReadSends(in KeyHistory history)
    {
        var values = history.History.Values;
        var functions = history.Functions;
        var types = history.Types;
        var inputs = history.Inputs;
        var outputs = history.Outputs;
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] != Function.Send) continue;
            var offset = LogRows.Offset(values, types[row], inputs[row], outputs[row]);
            if (offset >= 0 && offset < _rows.Length && _rows[offset.Value] == 0)
            {
                _rows[offset.Value] = row + 1;
                Last = Math.Max(Last, (int)offset.Value);
            }
            else if (offset is null)
            {
                if (!_unplaced.TryGetValue(inputs[row], out var rows)) _unplaced.Add(inputs[row], rows = []);
                rows.Add(row);
            }
            else
            {
                return SpecialVerdict.Invalid(Misplaced(history, row, offset.Value));
            }
        }

        return null;
    }

    private SpecialVerdict? ReadPolls(in KeyHistory history)
    {
        var values = history.History.Values;
        var functions = history.Functions;
        var inputs = history.Inputs;
        var outputs = history.Outputs;
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] != Function.Poll) continue;
            if (!LogRows.TryGetPairs(values, outputs[row], out var pairs)) return SpecialVerdict.NotApplicable("a poll that is no list of [offset,v]");
            foreach (var pair in pairs)
            {
                var (offset, entry) = LogRows.Pair(values, pair);
                if (this[offset] is >= 0 and var send && inputs[send] == entry) continue;
                if (Place(history, row, offset, entry) is { } answer) return answer;
            }

            Polls.Read(row, LogRows.Least(values, pairs), LogRows.Most(values, inputs[row], pairs));
        }

        return null;
    }

    private Anomaly Misplaced(in KeyHistory history, int row, long offset) =>
        offset < 0 ? LogEvidence.Below(history, row, offset)
        : offset >= Count ? LogEvidence.Beyond(history, row, Count)
        : LogEvidence.Clash(history, _rows[offset] - 1, row, offset);

    // A poll shows an entry at an offset where it is not known to be: it must be a send that did not say where.
    private SpecialVerdict? Place(in KeyHistory history, int poll, long offset, ValueId entry)
    {
        if (this[offset] is >= 0 and var send) return SpecialVerdict.Invalid(LogEvidence.Other(history, poll, offset, entry, send));

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
