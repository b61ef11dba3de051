using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides locks whose owners act one step at a time: each acquire with the owner's release is a hold, which lasts at least from the
/// return of the
/// one to the invocation of the other. Holds that share a moment exclude each other's order; otherwise their order is forced, and fencing
/// tokens
/// must grow along it. O(n) but for sorting.
/// </summary>
internal sealed class LockHolds : ISpecialAlgorithm
{
    private readonly record struct Hold(int Acquire, int Release, int From, int To);

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
        var last = new int[owners]; // by owner: the last row
        var open = new int[owners]; // by owner: the acquire that is not released, or -1
        Array.Fill(last, -1);
        Array.Fill(open, -1);
        var holds = new List<Hold>();
        for (var row = 0; row < history.Count; row++)
        {
            var owner = ownerOf.Span[row];
            var unknown = history.Returns[row] == KeyHistory.Never;
            var earlier = last[owner];
            last[owner] = row;
            if (history.Functions[row] == Function.Acquire)
            {
                if (unknown) continue; // nobody needs it
                if (open[owner] >= 0) return SpecialVerdict.Invalid(Twice(history, open[owner], row));
                open[owner] = row;
            }
            else if (open[owner] >= 0)
            {
                holds.Add(new(open[owner], row, history.Returns[open[owner]], history.Invokes[row]));
                open[owner] = -1;
            }
            else if (!unknown)
            {
                return SpecialVerdict.Invalid(NotHeld(history, earlier, row));
            }
        }

        foreach (var acquire in open)
        {
            if (acquire >= 0) holds.Add(new(acquire, -1, history.Returns[acquire], int.MaxValue));
        }

        holds.Sort(static (a, b) => a.From.CompareTo(b.From));
        return Judge(history, holds, options);
    }

    // Every owner acts one step at a time, and none after a step of unknown outcome: else the steps have no order yet.
    private static string? FindOwners(in KeyHistory history, Span<int> ownerOf, out int count)
    {
        var values = history.History.Values;
        using var owners = new ValueNumbers(16);
        count = 0;
        var last = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] is not (Function.Acquire or Function.Release)) return "not a lock of acquires and releases";
            if (values.Kind(history.Inputs[row]) == ValueKind.Map) return "a lease";
            if (history.Types[row] == OperationType.Ok && history.Outputs[row] == ValueId.Boolean(false))
            {
                return "an acquire that was refused";
            }

            var owner = owners.NumberOf(Owner(history, row));
            if (owner == last.Count) last.Add(row);
            else if (history.Returns[last[owner]] > history.Invokes[row]) return "an owner with several operations at once";
            last[owner] = row;
            ownerOf[row] = owner;
        }

        count = owners.Count;
        return null;
    }

    private static SpecialVerdict Judge(in KeyHistory history, List<Hold> holds, CheckOptions options)
    {
        var greatest = -1; // the hold with the greatest token so far
        for (var i = 0; i < holds.Count; i++)
        {
            if (i > 0 && holds[i].From < holds[i - 1].To) return SpecialVerdict.Invalid(Overlap(history, holds[i - 1], holds[i]));
            if (Token(history, holds[i].Acquire) is not { } token) continue;
            if (greatest >= 0 && token <= Token(history, holds[greatest].Acquire))
            {
                return SpecialVerdict.Invalid(Tokens(history, holds[greatest], holds[i]));
            }

            greatest = i;
        }

        if (!options.Certify) return SpecialVerdict.Valid(null);
        var order = new List<int>(history.Count);
        foreach (var hold in holds)
        {
            order.Add(history.Operations[hold.Acquire]);
            if (hold.Release >= 0) order.Add(history.Operations[hold.Release]);
        }

        return SpecialVerdict.Valid([.. order]);
    }

    // A process is an owner of its own kind, so that process 1 is not the owner named 1.
    private static ValueId Owner(in KeyHistory history, int row) =>
        history.Inputs[row].IsNull ? new(((long)history.History.Process[history.Operations[row]] << 3) | 7) : history.Inputs[row];

    private static long? Token(in KeyHistory history, int row) =>
        history.Outputs[row] != history.Inputs[row] && history.History.Values.TryGetInteger(history.Outputs[row], out var token) ? token : null;

    private static Anomaly Twice(in KeyHistory history, int first, int second)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.RealTime(first, second);
        return evidence.Build("double-acquire", $"{prose.Did(first)}, and {prose.Did(second)} for the same owner, without a release in between; the lock is not reentrant.");
    }

    private static Anomaly NotHeld(in KeyHistory history, int earlier, int release)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(release);
        return evidence.Build(
            "release-without-hold",
            $"{prose.Did(release)}, but its owner did not hold " +
            $"it{(earlier < 0 ? "" : $"; the owner's last step before was: {prose.Did(earlier)}")}.");
    }

    private static void Add(EvidenceBuilder evidence, Hold hold)
    {
        evidence.Add(hold.Acquire);
        if (hold.Release >= 0) evidence.Add(hold.Release);
    }

    private static Anomaly Overlap(in KeyHistory history, Hold one, Hold other)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        Add(evidence, one);
        Add(evidence, other);
        if (other.Release >= 0) evidence.RealTime(one.Acquire, other.Release);
        if (one.Release >= 0) evidence.RealTime(other.Acquire, one.Release);
        return evidence.Build(
            "mutual-exclusion", $"{Words(prose, one)}; {Words(prose, other)}. Both held the lock at {prose.Ended(other.Acquire)}.");
    }

    private static Anomaly Tokens(in KeyHistory history, Hold one, Hold other)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        Add(evidence, one);
        Add(evidence, other);
        if (other.Release >= 0) evidence.RealTime(one.Acquire, other.Release);
        return evidence.Build(
            "stale-token", $"{Words(prose, one)}; {Words(prose, other)}. The later hold has no greater fencing token than the earlier one.");
    }

    private static string Words(Prose prose, Hold hold) => hold.Release < 0
        ? $"{prose.Did(hold.Acquire)} and never released it"
        : $"{prose.Did(hold.Acquire)} and began to release it at {prose.Began(hold.Release)}";
}
