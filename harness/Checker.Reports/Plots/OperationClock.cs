using Checker.Histories;
using Checker.Reports.Charts;

namespace Checker.Reports.Plots;

/// <summary>
/// The times of a history for drawing. A history without times is drawn in the order of its events, one second an event, and says so.
/// </summary>
internal sealed class OperationClock
{
    private readonly History _history;

    public OperationClock(History history)
    {
        _history = history;
        HasTimes = history.Count > 0 && !history.InvokeTime.Contains(-1L);
        var last = 0L;
        for (var op = 0; op < history.Count; op++) last = Math.Max(last, Math.Max(StartOf(op), EndOf(op)));
        foreach (var e in history.Nemesis) last = Math.Max(last, Of(e.Position, e.Time));
        End = last;
    }

    /// <summary>Whether every operation has a time.</summary>
    public bool HasTimes { get; }

    /// <summary>The last time of the history in nanoseconds.</summary>
    public long End { get; }

    /// <summary>The end in seconds; never 0.</summary>
    public double EndSeconds => Math.Max(End, 1000) / 1e9;

    /// <summary>The horizontal axis.</summary>
    public Axis Axis => HasTimes
        ? new("time since the start of the run", AxisUnit.Seconds, 0, EndSeconds)
        : new("order of events (the history has no times)", AxisUnit.Number, 0, EndSeconds);

    /// <summary>How latencies read.</summary>
    public AxisUnit Unit => HasTimes ? AxisUnit.Seconds : AxisUnit.Number;

    /// <summary>When an operation begins, in nanoseconds.</summary>
    public long StartOf(int op) => Of(_history.Invoke[op], _history.InvokeTime[op]);

    /// <summary>When an operation completes, in nanoseconds; −1 if it never does.</summary>
    public long EndOf(int op) => _history.Complete[op] == History.Never ? -1 : Of(_history.Complete[op], _history.CompleteTime[op]);

    /// <summary>The time of an event at a position.</summary>
    public long Of(int position, long time) => HasTimes ? Math.Max(time, 0) : position * 1_000_000_000L;
}
