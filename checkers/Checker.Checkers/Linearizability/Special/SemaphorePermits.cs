using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides semaphores, whatever the permits: a release can only help and does so best at its invocation, an acquire can only hurt and does so
/// least at its return. So there is one order to try: releases by invocation, those of unknown outcome too, acquires by return, those of
/// unknown outcome not at all. It fails iff every order does. O(n) but for sorting the returns.
/// </summary>
/// <remarks>
/// To move a release to an earlier place leaves more permits in between; to move an acquire to a later place does, too, and those that it finds
/// there are those that the last one before it left, or more.
/// </remarks>
internal sealed class SemaphorePermits : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "semaphore permits";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Semaphore.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        using var entries = new Rented<long>(history.Count);
        var acquires = 0;
        var total = Initial(history);
        for (var row = 0; row < history.Count; row++)
        {
            if (PermitHolds.Permits(history, row) is not { } permits) return SpecialVerdict.NotApplicable("permits that are no number");
            if (permits > 1L << 62 || total < -(1L << 62) || permits > long.MaxValue - Math.Max(0, total)) return SpecialVerdict.NotApplicable("permits beyond 64 bits");
            if (history.Functions[row] == Function.Release) total += permits;
            else if (history.Returns[row] != KeyHistory.Never) entries.Span[acquires++] = PositionSort.Entry(history.Returns[row], row);
        }

        var byReturn = entries.Span[..acquires];
        PositionSort.Sort(byReturn);
        var order = options.Certify ? new List<int>(history.Count) : null;
        var (left, next) = (Initial(history), 0);
        foreach (var entry in byReturn)
        {
            var row = PositionSort.NumberOf(entry);
            left += Release(history, ref next, history.Returns[row], order) - PermitHolds.Permits(history, row)!.Value;
            if (left < 0) return SpecialVerdict.Invalid(Overdrawn(history, row, -left));
            order?.Add(row);
        }

        Release(history, ref next, KeyHistory.Never, order);
        return SpecialVerdict.Valid(order is null ? null : RealTime.ToOperations([.. order], history));
    }

    // What the releases invoked before a position give back.
    private static long Release(in KeyHistory history, ref int next, int position, List<int>? order)
    {
        var permits = 0L;
        for (; next < history.Count && history.Invokes[next] < position; next++)
        {
            if (history.Functions[next] != Function.Release) continue;
            permits += PermitHolds.Permits(history, next)!.Value;
            order?.Add(next);
        }

        return permits;
    }

    private static long Initial(in KeyHistory history) => history.History.Values.TryGetInteger(history.Initial, out var permits) ? permits : 1;

    // The acquires up to one that are too many together, without those of a process that it released again, all of them at once.
    private static Anomaly Overdrawn(in KeyHistory history, int last, long missing)
    {
        const int Most = 8;
        var holds = new PermitHolds(history);
        var (hold, releases) = (new List<int>(), new List<int>());
        var end = history.Returns[last];
        for (var row = 0; row < history.Count && history.Invokes[row] < end; row++)
        {
            if (history.Functions[row] == Function.Release && !holds.Release(row, hold)) releases.Add(row);
            else if (history.Functions[row] == Function.Acquire && history.Returns[row] <= end) holds.Acquire(row);
        }

        var acquired = new List<int>();
        foreach (var row in holds.Held.OrderBy(row => row == last ? int.MaxValue : row))
        {
            var permits = PermitHolds.Permits(history, row)!.Value;
            if (row != last && permits < missing) missing -= permits;
            else acquired.Add(row);
        }

        var (evidence, prose, sum) = (new EvidenceBuilder(history), new Prose(history), 0L);
        foreach (var row in acquired.Concat(releases)) evidence.Add(row);
        foreach (var row in acquired) sum += PermitHolds.Permits(history, row)!.Value;
        var given = Initial(history);
        foreach (var row in releases) given += PermitHolds.Permits(history, row)!.Value;
        var more = acquired.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {acquired.Count - Most} more before") : "";
        var since = releases.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", the {releases.Count} releases begun by then included");
        return evidence.Build(
            "overdrawn",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join("; ", acquired.TakeLast(Most).Select(prose.Did))}{more}: by {prose.Ended(last)} these took {sum} permits that nobody had given back, but there were {given} at most{since}."));
    }
}
