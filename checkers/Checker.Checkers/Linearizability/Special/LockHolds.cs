using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides locks whose owners act one step at a time: each acquire is a hold, which lasts at least from its return to the invocation of
/// the owner's release, or to the end of its lease where that comes first. Lasting holds that share a moment exclude each other's order;
/// otherwise their order is forced, and fencing tokens must grow along it. A hold whose lease ran out before its acquire returned may have
/// been a moment, and finds a place between the lasting ones or not; tokens then say the order themselves. O(n) but for sorting.
/// </summary>
internal sealed class LockHolds : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "lock holds";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Lock.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        if (!history.Initial.IsNull) return SpecialVerdict.NotApplicable("the lock is held at first");
        using var ownerOf = new Rented<int>(history.Count);
        if (FindOwners(history, ownerOf.Span, out var owners) is { } reason) return SpecialVerdict.NotApplicable(reason);
        var holds = new List<LockHold>(history.Count / 2);
        var late = new List<int>(); // releases that did nothing
        if (FindHolds(history, ownerOf.Span, owners, holds, late, out var answer) is { } other) return SpecialVerdict.NotApplicable(other);
        return answer.Outcome == SpecialOutcome.Invalid ? answer : LockSchedule.Decide(history, holds, late, options);
    }

    // Every owner acts one step at a time, and none after a step of unknown outcome: else the steps have no order yet.
    private static string? FindOwners(in KeyHistory history, Span<int> ownerOf, out int count)
    {
        using var owners = new ValueNumbers(16);
        count = 0;
        var last = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] is not (Function.Acquire or Function.Release)) return "not a lock of acquires and releases";
            if (LockArgument.IsRefusal(history.Functions[row], history.Types[row], history.Outputs[row])) return "an acquire that was refused";
            if (!LockArgument.IsFormed(history.History.Values, history.Types[row], history.Inputs[row], history.Outputs[row])) return "a lease without form";
            var owner = owners.NumberOf(Argument(history, row).Owner);
            if (owner == last.Count) last.Add(row);
            else if (history.Returns[last[owner]] > history.Invokes[row]) return "an owner with several operations at once";
            last[owner] = row;
            ownerOf[row] = owner;
        }

        count = owners.Count;
        return null;
    }

    private static string? FindHolds(
        in KeyHistory history, ReadOnlySpan<int> ownerOf, int owners, List<LockHold> holds, List<int> late, out SpecialVerdict answer)
    {
        var last = new int[owners]; // by owner: the last row
        var open = new int[owners]; // by owner: the acquire that is not released, or -1
        var lessee = new bool[owners]; // by owner: whether it has had a lease
        Array.Fill(last, -1);
        Array.Fill(open, -1);
        answer = default;
        for (var row = 0; row < history.Count; row++)
        {
            var owner = ownerOf[row];
            var unknown = history.Returns[row] == KeyHistory.Never;
            var earlier = last[owner];
            last[owner] = row;
            if (history.Functions[row] == Function.Acquire)
            {
                if (unknown) continue; // nobody needs it
                var leased = Argument(history, row).Lease is not null;
                if (open[owner] >= 0)
                {
                    if (Argument(history, open[owner]).Lease is null)
                    {
                        answer = SpecialVerdict.Invalid(LockEvidence.Twice(history, open[owner], row));
                        return null;
                    }

                    holds.Add(Hold(history, open[owner], -1));
                }

                open[owner] = row;
                lessee[owner] |= leased;
            }
            else if (open[owner] >= 0)
            {
                var hold = Hold(history, open[owner], row);
                holds.Add(hold);
                if (hold.Release < 0 && !unknown) late.Add(row);
                open[owner] = -1;
            }
            else if (!unknown && lessee[owner])
            {
                late.Add(row);
            }
            else if (!unknown)
            {
                answer = SpecialVerdict.Invalid(LockEvidence.NotHeld(history, earlier, row));
                return null;
            }
        }

        foreach (var acquire in open)
        {
            if (acquire >= 0) holds.Add(Hold(history, acquire, -1));
        }

        return null;
    }

    private static LockHold Hold(in KeyHistory history, int acquire, int release)
    {
        var (_, lease, token) = Argument(history, acquire);
        var invoke = history.Invokes[acquire];
        var lapse = lease is { } milliseconds ? LeaseEnds.Of(history.History).After(invoke, milliseconds) : LeaseEnds.Never;
        var released = release < 0 ? LeaseEnds.Never : 2L * history.Invokes[release];
        return new(acquire, released < lapse ? release : -1, 2L * invoke, 2L * history.Returns[acquire], Math.Min(released, lapse), token);
    }

    private static LockArgument Argument(in KeyHistory history, int row) => LockArgument.Of(
        history.History.Values, history.Types[row], history.Inputs[row], history.Outputs[row], history.History.Process[history.Operations[row]]);
}
