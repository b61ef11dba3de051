using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>Says why a log is not linearizable.</summary>
internal static class LogEvidence
{
    /// <summary>Two sends were told one offset.</summary>
    public static Anomaly Clash(in KeyHistory history, int first, int second, long offset)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(first);
        evidence.Add(second);
        return evidence.Build("inconsistent-offsets", $"{prose.Did(first)}, and {prose.Did(second)}: both were told offset {offset}.");
    }

    /// <summary>A send was told an offset before the first.</summary>
    public static Anomaly Below(in KeyHistory history, int send, long offset)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(send);
        return evidence.Build("inconsistent-offsets", $"{prose.Did(send)}: it was told offset {offset}, but the first offset of a log is 0.");
    }

    /// <summary>A send or poll names an offset that needs more sends than there are.</summary>
    public static Anomaly Beyond(in KeyHistory history, int row, int sends)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(row);
        for (var other = 0; other < history.Count; other++)
        {
            if (history.Functions[other] == Function.Send) evidence.Add(other);
        }

        return evidence.Build("lost-element", $"{prose.Did(row)}, but there were only {sends} sends in all.");
    }

    /// <summary>A poll shows an entry where another one was sent.</summary>
    public static Anomaly Other(in KeyHistory history, int poll, long offset, ValueId entry, int send)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(poll);
        Placed(history, evidence, send, offset);
        return evidence.Build(
            "incompatible-order", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but {prose.Text(history.Inputs[send])} is there: {prose.Did(send)}.");
    }

    /// <summary>A poll shows an entry that nobody can have sent there.</summary>
    public static Anomaly Phantom(in KeyHistory history, int poll, long offset, ValueId entry, LogSends sends)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(poll);
        foreach (var (at, row) in sends.Known())
        {
            if (history.Inputs[row] != entry) continue;
            Placed(history, evidence, row, at);
            return evidence.Build("duplicate-element", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but it was sent only once and is at offset {at}: {prose.Did(row)}.");
        }

        return evidence.Build("phantom-read", $"{prose.Did(poll)}, with {prose.Text(entry)} at offset {offset}, but nobody sent it.");
    }

    /// <summary>Nobody can have sent what must be at an offset.</summary>
    public static Anomaly Hole(in KeyHistory history, LogSends sends, long offset, List<int> unplaced)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var (beyond, after) = sends.Known().First(send => send.Offset > offset);
        Placed(history, evidence, after, beyond);
        foreach (var (at, row) in sends.Known().Where(send => send.Offset < offset && send.Offset >= offset - 100)) Placed(history, evidence, row, at);
        for (var row = 0; unplaced.Count > 0 && row < history.Count; row++) evidence.Add(row); // which of them may be where depends on all others
        var others = unplaced.Count == 0 ? "" : $", as the {unplaced.Count} sends whose offsets nobody told can only be at others";
        return evidence.Build("lost-element", $"{prose.Did(after)}, beyond offset {offset}, but nobody can have sent anything that got offset {offset}{others}.");
    }

    /// <summary>Real time contradicts the offsets.</summary>
    public static Anomaly OutOfTime(in KeyHistory history, SequencedReads sequence, LogSends sends, bool guessed)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var (early, late) = (sequence.Early, sequence.Late);
        evidence.RealTime(early, late);
        evidence.Step(late, early, "forced", "the offsets say so");
        foreach (var (offset, row) in sends.Known())
        {
            if (row == early || row == late) Placed(history, evidence, row, offset);
        }

        // Which send is where nobody told is a guess, though the best one: the contradiction is that of all of them.
        for (var row = 0; guessed && row < history.Count; row++) evidence.Add(row);
        var kind = history.Functions[late] == Function.Poll ? "stale-read" : history.Functions[early] == Function.Poll ? "future-read" : "out-of-order";
        return evidence.Build(kind, $"{prose.Did(early)}, and {prose.Did(late)}, which began only after the former had ended, but by the offsets it came first.");
    }

    /// <summary>A send that nobody told its offset, and for which none is left.</summary>
    public static Anomaly Unplaceable(in KeyHistory history, int send)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        for (var row = 0; row < history.Count; row++) evidence.Add(row);
        return evidence.Build("lost-element", $"{prose.Did(send)}, but there is no offset left for it that real time and the other sends and polls allow.");
    }

    // A send, and the poll that shows where it is if it does not say so itself.
    private static void Placed(in KeyHistory history, EvidenceBuilder evidence, int send, long offset)
    {
        evidence.Add(send);
        if (LogRows.Offset(history, send) is not null) return;
        var values = history.History.Values;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Poll) continue;
            foreach (var pair in LogRows.ItemsOf(values, history.Outputs[row]))
            {
                if (LogRows.Pair(values, pair) != (offset, history.Inputs[send])) continue;
                evidence.Add(row);
                return;
            }
        }
    }

    /// <summary>A poll that shows an entry but not an earlier one that it was asked for; null if there is none.</summary>
    public static Anomaly? Impossible(in KeyHistory history, SequencedReads polls, int length)
    {
        foreach (var (row, least, most) in polls.Reads)
        {
            if (least <= length && least <= most) continue;
            var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
            evidence.Add(row);
            return evidence.Build("lost-element", $"{prose.Did(row)}, without offset {most}, which it was asked for and which comes before others that it shows.");
        }

        return null;
    }
}
