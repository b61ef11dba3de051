using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Decides whether holds of one lock can follow each other, and in which order.</summary>
/// <remarks>
/// The holds are blocks, as those of a register are: one must precede another iff it has begun for certain before all of the other can be
/// over. Without tokens blocks that do not contradict each other in pairs have an order; with tokens on all of them the order is given
/// and is tried; with tokens on some, and holds that may have been moments, the question is left to a search.
/// </remarks>
internal static class LockSchedule
{
    /// <summary>Decides, O(n log n).</summary>
    public static SpecialVerdict Decide(in KeyHistory history, List<LockHold> holds, List<int> late, CheckOptions options)
    {
        holds.Sort(static (a, b) => Math.Min(a.From, a.Over).CompareTo(Math.Min(b.From, b.Over)));
        var allLast = holds.TrueForAll(static hold => hold.IsLasting);
        if (allLast || holds.TrueForAll(static hold => hold.Token is null)) return InTime(history, holds, late, options);
        if (!holds.TrueForAll(static hold => hold.Token is not null)) return SpecialVerdict.NotApplicable("tokens on some leases only");
        return ByToken(history, holds, late, options);
    }

    private static SpecialVerdict InTime(in KeyHistory history, List<LockHold> holds, List<int> late, CheckOptions options)
    {
        var lasting = -1; // the last lasting hold
        var greatest = -1; // the hold with the greatest token so far
        var places = new long[holds.Count];
        for (var i = 0; i < holds.Count; i++)
        {
            var hold = holds[i];
            if (lasting >= 0 && (hold.IsLasting ? hold.From < holds[lasting].To : hold.From < holds[lasting].To && holds[lasting].From < hold.Over))
                return SpecialVerdict.Invalid(LockEvidence.Overlap(history, holds[lasting], hold));
            places[i] = hold.IsLasting ? hold.From : Math.Max(hold.Over, lasting < 0 ? 0 : holds[lasting].To);
            if (hold.IsLasting) lasting = i;
            if (hold.Token is null) continue;
            if (greatest >= 0 && hold.Token <= holds[greatest].Token)
                return SpecialVerdict.Invalid(LockEvidence.Tokens(history, holds[greatest], hold));
            greatest = i;
        }

        return SpecialVerdict.Valid(options.Certify ? Order(history, holds, places, late) : null);
    }

    private static SpecialVerdict ByToken(in KeyHistory history, List<LockHold> holds, List<int> late, CheckOptions options)
    {
        holds.Sort(static (a, b) => a.Token!.Value.CompareTo(b.Token!.Value));
        var places = new long[holds.Count];
        var (now, latest) = (0L, -1); // the latest: the hold whose invocation or end made it that late
        for (var i = 0; i < holds.Count; i++)
        {
            var hold = holds[i];
            if (i > 0 && hold.Token == holds[i - 1].Token) return SpecialVerdict.Invalid(LockEvidence.Tokens(history, holds[i - 1], hold));
            if (now > hold.From) return SpecialVerdict.Invalid(LockEvidence.TooLate(history, holds[latest], hold));
            if (hold.Begin > now) (now, latest) = (hold.Begin, i);
            places[i] = now;
            if (hold.To > now) (now, latest) = (hold.To, i);
        }

        return SpecialVerdict.Valid(options.Certify ? Order(history, holds, places, late) : null);
    }

    // Of what has one place, holds go first, each with its release if that is there too, then releases that did nothing.
    private static int[] Order(in KeyHistory history, List<LockHold> holds, long[] places, List<int> late)
    {
        var entries = new List<(long Place, int Order, int Row)>((2 * holds.Count) + late.Count);
        for (var i = 0; i < holds.Count; i++)
        {
            entries.Add((places[i], (2 * i) + 1, holds[i].Acquire));
            if (holds[i].Release >= 0) entries.Add((Math.Max(places[i], holds[i].To), (2 * i) + 2, holds[i].Release));
        }

        foreach (var row in late) entries.Add((2L * history.Invokes[row], int.MaxValue, row));
        entries.Sort();
        return RealTime.ToOperations([.. entries.Select(entry => entry.Row)], history);
    }
}
