using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides append-only logs whose sends are known by offset: from their own results, or from polls that show an entry that was sent once.
/// The
/// offsets fix the order of the sends; a poll comes after the last entry it shows and before the first one it was asked for and does not
/// show.
/// O(n log n) and the lengths of what was polled.
/// </summary>
internal sealed class UniqueLog : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "log offsets";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Log.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (!history.Initial.IsNull && !(values.Kind(history.Initial) == ValueKind.List && values.Items(history.Initial).IsEmpty))
        {
            return SpecialVerdict.NotApplicable("the log is not empty at first");
        }

        var sends = new Dictionary<long, int>(); // the row at an offset
        if (ReadSends(history, sends, out var unplaced) is { } early) return early;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll) continue;
            if (!IsListOfPairs(values, history.Outputs[row])) return SpecialVerdict.NotApplicable("a poll that is no list of [offset,v]");
            foreach (var pair in ItemsOf(values, history.Outputs[row]))
            {
                var (offset, entry) = Pair(values, pair);
                if (Place(history, row, offset, entry, sends, unplaced) is { } verdict) return verdict;
            }
        }

        var unknown = new List<int>(); // sends of unknown outcome that no poll shows, by invocation
        foreach (var rows in unplaced.Values)
        {
            foreach (var row in rows)
            {
                if (history.Types[row] == OperationType.Ok) return SpecialVerdict.NotApplicable("a send without an offset");
                unknown.Add(row);
            }
        }

        unknown.Sort();
        var sequence = new SequencedReads(history);
        var filled = 0;
        var last = sends.Count == 0 ? -1 : sends.Keys.Max();
        for (var offset = 0L; offset <= last; offset++)
        {
            // Offsets beyond the number of sends leave a hole, so that this ends there: no offset that gets past the loop is large.
            // Such a send can be anywhere from its invocation on: the first ones do best in the first holes.
            if (sends.TryGetValue(offset, out var row)) sequence.Write(row);
            else if (filled < unknown.Count) sequence.Write(unknown[filled++]);
            else return SpecialVerdict.Invalid(Hole(history, sends, offset, unknown));
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Poll) sequence.Read(row, Least(history, row), Most(history, row));
        }

        if (Impossible(history, (int)last + 1) is { } wrong) return SpecialVerdict.Invalid(wrong);
        if (sequence.Order() is not { } order) return SpecialVerdict.Invalid(OutOfTime(history, sequence, sends, anyHole: filled > 0));
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
    }

    private static SpecialVerdict? ReadSends(in KeyHistory history, Dictionary<long, int> sends, out Dictionary<ValueId, List<int>> unplaced)
    {
        unplaced = [];
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Send) continue;
            if (Offset(history, row) is { } offset)
            {
                if (offset < 0) return SpecialVerdict.Invalid(Below(history, row, offset));
                if (sends.TryAdd(offset, row)) continue;
                return SpecialVerdict.Invalid(Clash(history, sends[offset], row, offset));
            }

            if (!unplaced.TryGetValue(history.Inputs[row], out var rows)) unplaced.Add(history.Inputs[row], rows = []);
            rows.Add(row);
        }

        return null;
    }

    // A poll shows an entry at an offset: it must be what was sent there, or a send that did not say where.
    private static SpecialVerdict? Place(
        in KeyHistory history, int poll, long offset, ValueId entry, Dictionary<long, int> sends, Dictionary<ValueId, List<int>> unplaced)
    {
        if (sends.TryGetValue(offset, out var send))
        {
            return history.Inputs[send] == entry ? null : SpecialVerdict.Invalid(Other(history, poll, offset, entry, send));
        }

        if (!unplaced.TryGetValue(entry, out var rows) || rows.Count == 0 || offset < 0)
        {
            return SpecialVerdict.Invalid(Phantom(history, poll, offset, entry, sends));
        }

        if (rows.Count > 1) return SpecialVerdict.NotApplicable($"several sends of {history.History.Values.Text(entry)} without offsets");
        sends.Add(offset, rows[0]);
        rows.Clear();
        return null;
    }

    private static long? Offset(in KeyHistory history, int row)
    {
        if (history.Types[row] != OperationType.Ok || history.Outputs[row] == history.Inputs[row]) return null;
        var values = history.History.Values;
        var output = history.Outputs[row];
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [var first, var sent] && sent == history.Inputs[row]) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }

    private static int Least(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        var least = 0L;
        foreach (var pair in ItemsOf(values, history.Outputs[row])) least = Math.Max(least, Pair(values, pair).Offset + 1);
        return (int)least;
    }

    private static int Most(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        if (values.Kind(history.Inputs[row]) != ValueKind.List) return int.MaxValue;
        var shown = ItemsOf(values, history.Outputs[row]);
        var most = (long)int.MaxValue;
        foreach (var asked in values.Items(history.Inputs[row]))
        {
            if (!values.TryGetInteger(asked, out var offset) || offset < 0) continue;
            var found = false;
            foreach (var pair in shown) found |= values.Items(pair)[0] == asked;
            if (!found) most = Math.Min(most, offset);
        }

        return (int)most;
    }

    // A poll that shows an entry but not an earlier one that it was asked for.
    private static Anomaly? Impossible(in KeyHistory history, int length)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll || Least(history, row) is var least && (least <= length && least <= Most(history, row))) continue;
            var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
            evidence.Add(row);
            return evidence.Build("lost-element", $"{prose.Did(row)}, without offset {Most(history, row)}, which it was asked for and which comes before others that it shows.");
        }

        return null;
    }

    private static Anomaly Clash(in KeyHistory history, int first, int second, long offset)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(first);
        evidence.Add(second);
        return evidence.Build("inconsistent-offsets", $"{prose.Did(first)}, and {prose.Did(second)}: both were told offset {offset}.");
    }

    private static Anomaly Below(in KeyHistory history, int send, long offset)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(send);
        return evidence.Build("inconsistent-offsets", $"{prose.Did(send)}: it was told offset {offset}, but the first offset of a log is 0.");
    }

    private static Anomaly Other(in KeyHistory history, int poll, long offset, ValueId entry, int send)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(poll);
        Placed(history, evidence, send, offset);
        return evidence.Build(
            "incompatible-order", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but {prose.Text(history.Inputs[send])} is there: {prose.Did(send)}.");
    }

    private static Anomaly Phantom(in KeyHistory history, int poll, long offset, ValueId entry, Dictionary<long, int> sends)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(poll);
        foreach (var (at, row) in sends)
        {
            if (history.Inputs[row] != entry) continue;
            Placed(history, evidence, row, at);
            return evidence.Build("duplicate-element", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but it was sent only once and is at offset {at}: {prose.Did(row)}.");
        }

        return evidence.Build("phantom-read", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but nobody sent it.");
    }

    private static Anomaly Hole(in KeyHistory history, Dictionary<long, int> sends, long offset, List<int> unknown)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var (beyond, after) = sends.Where(send => send.Key > offset).MinBy(send => send.Key);
        Placed(history, evidence, after, beyond);
        foreach (var (_, row) in sends.Where(send => send.Key < offset && send.Key >= offset - 100)) evidence.Add(row);
        foreach (var row in unknown) evidence.Add(row);
        var others = unknown.Count == 0 ? "" : $", as the {unknown.Count} sends of unknown outcome can only be at lesser ones";
        return evidence.Build("lost-element", $"{prose.Did(after)}, beyond offset {offset}, but nobody can have sent anything that got offset {offset}{others}.");
    }

    private static Anomaly OutOfTime(in KeyHistory history, SequencedReads sequence, Dictionary<long, int> sends, bool anyHole)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var (early, late) = (sequence.Early, sequence.Late);
        evidence.RealTime(early, late);
        evidence.Step(late, early, "forced", "the offsets say so");
        foreach (var (offset, row) in sends)
        {
            if (row == early || row == late) Placed(history, evidence, row, offset);
        }

        // Which send filled a hole is a guess, though the best one: the contradiction is that of all of them.
        for (var row = 0; anyHole && row < history.Count; row++) evidence.Add(row);
        var kind = history.Functions[late] == Function.Poll ? "stale-read" : history.Functions[early] == Function.Poll ? "future-read" : "out-of-order";
        return evidence.Build(kind, $"{prose.Did(early)}, and {prose.Did(late)}, which began only after the former had ended, but by the offsets it came first.");
    }

    // A send, and the poll that shows where it is if it does not say so itself.
    private static void Placed(in KeyHistory history, EvidenceBuilder evidence, int send, long offset)
    {
        evidence.Add(send);
        if (Offset(history, send) is not null) return;
        var values = history.History.Values;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll) continue;
            foreach (var pair in ItemsOf(values, history.Outputs[row]))
            {
                if (Pair(values, pair) != (offset, history.Inputs[send])) continue;
                evidence.Add(row);
                return;
            }
        }
    }

    private static (long Offset, ValueId Entry) Pair(ValueTable values, ValueId pair)
    {
        var items = values.Items(pair);
        return (values.TryGetInteger(items[0], out var offset) ? offset : -1, items[1]);
    }

    private static bool IsListOfPairs(ValueTable values, ValueId list)
    {
        if (list.IsNull) return true;
        if (values.Kind(list) != ValueKind.List) return false;
        foreach (var pair in values.Items(list))
        {
            if (values.Kind(pair) != ValueKind.List || values.Items(pair).Length != 2 || !values.TryGetInteger(values.Items(pair)[0], out _)) return false;
        }

        return true;
    }

    private static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) => list.IsNull ? [] : values.Items(list);
}
