using System.Runtime.CompilerServices;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// When the leases of a history may lapse, in the order of events. Places are twice the positions of events, so that a lapse has a place
/// between two of them: a lease may lapse from just before the first event on whose clock shows that its time is over.
/// </summary>
/// <remarks>
/// Clocks are trusted no further than they agree with the order of events. A lease begins at the least time that its invocation or any
/// later event shows; its end has come where any event so far shows it. Both make it shorter than it may have been, never longer.
/// </remarks>
internal sealed class LeaseEnds
{
    /// <summary>The place of a lapse that cannot have come before the end of the history.</summary>
    public const long Never = long.MaxValue;

    private const long NanosecondsPerMillisecond = 1_000_000;

    private static readonly ConditionalWeakTable<History, LeaseEnds> OfHistories = [];
    private readonly long[] _latest; // by position: the greatest time so far
    private readonly long[] _least; // by position: the least time from there on; long.MaxValue if none is known

    private LeaseEnds(History history)
    {
        _latest = new long[history.EventCount];
        _least = new long[history.EventCount];
        Array.Fill(_latest, -1);
        Array.Fill(_least, long.MaxValue);
        for (var operation = 0; operation < history.Count; operation++)
        {
            Read(history.Invoke[operation], history.InvokeTime[operation]);
            Read(history.Complete[operation], history.CompleteTime[operation]);
        }

        for (var at = 1; at < _latest.Length; at++) _latest[at] = Math.Max(_latest[at], _latest[at - 1]);
        for (var at = _least.Length - 2; at >= 0; at--) _least[at] = Math.Min(_least[at], _least[at + 1]);

        void Read(int position, long time)
        {
            if (position != History.Never && time >= 0) _latest[position] = _least[position] = time;
        }
    }

    /// <summary>Reads the clocks of a history once, O(events), 16 bytes for each.</summary>
    public static LeaseEnds Of(History history) => OfHistories.GetValue(history, static read => new LeaseEnds(read));

    /// <summary>The place from which on a lease may have lapsed; <see cref="Never"/> if no clock shows its end. O(log events).</summary>
    /// <param name="invoke">The position of the acquire's invocation.</param>
    /// <param name="milliseconds">The lease.</param>
    public long After(int invoke, long milliseconds)
    {
        if (milliseconds == 0 || _least[invoke] == long.MaxValue) return 2L * invoke;
        var end = _least[invoke] + (milliseconds * NanosecondsPerMillisecond);
        var (low, high) = (0, _latest.Length); // the first event by which a clock has shown the end
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_latest[middle] >= end) high = middle;
            else low = middle + 1;
        }

        return low == _latest.Length ? Never : Math.Max(2L * invoke, (2L * low) - 1);
    }
}
