using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Reports;

/// <summary>A stretch of a history in which a fault was in force.</summary>
/// <param name="Fault">The kind, such as <c>partition</c>.</param>
/// <param name="Details">What the nemesis said when it injected the fault; null if nothing.</param>
/// <param name="Evidence">What the nemesis said when it healed the fault; null if nothing or if it never healed.</param>
/// <param name="StartPosition">The position of the injection among all events.</param>
/// <param name="EndPosition">The position of the healing; the number of events if there is none.</param>
/// <param name="StartTime">The time of the injection in nanoseconds; −1 if unknown.</param>
/// <param name="EndTime">The time of the healing in nanoseconds; the last time of the history if there is none; −1 if unknown.</param>
/// <param name="Healed">Whether the history has the healing.</param>
public sealed record FaultPeriod(
    string Fault,
    Value Details,
    Value Evidence,
    int StartPosition,
    int EndPosition,
    long StartTime,
    long EndTime,
    bool Healed)
{
    private static readonly (string Start, string Stop)[] Pairs =
        [("start", "stop"), ("kill", "restart"), ("kill", "start"), ("pause", "resume"), ("break", "heal")];

    /// <summary>The periods of a history, by start. A fault that never heals lasts to the end.</summary>
    /// <remarks>
    /// Read are <c>start-X … stop-X</c> and, from other tools' histories, <c>start … stop</c>, <c>kill … start</c>,
    /// <c>pause … resume</c>. Several faults of a kind may overlap: the first healing ends the first of them. Tools that log a nemesis
    /// operation twice (its beginning and its completion) give one period.
    /// </remarks>
    public static IReadOnlyList<FaultPeriod> Of(History history)
    {
        var periods = new List<FaultPeriod>();
        var open = new Dictionary<string, Queue<int>>();
        var lastClosed = new Dictionary<string, int>();
        var last = LastTime(history);
        NemesisEvent? previous = null;
        foreach (var e in history.Nemesis)
        {
            var repeats = previous is not null && previous.F == e.F &&
                (previous.Value.IsNull || previous.Value == e.Value || previous.Type == EventType.Invoke);
            previous = repeats ? null : e;
            if (ClosedBy(e.F, open) is { } closed)
            {
                var index = open[closed].Dequeue();
                periods[index] = periods[index] with { Evidence = e.Value, EndPosition = e.Position, EndTime = e.Time, Healed = true };
                lastClosed[e.F] = index;
            }
            else if (repeats && lastClosed.TryGetValue(e.F, out var index))
            {
                periods[index] = periods[index] with { Evidence = e.Value, EndPosition = e.Position, EndTime = e.Time };
            }
            else if (Opens(e.F) is { } fault)
            {
                if (!open.TryGetValue(fault, out var queue)) open[fault] = queue = new();
                if (repeats && queue.Count > 0)
                {
                    periods[^1] = periods[^1] with { Details = e.Value };
                    continue;
                }

                queue.Enqueue(periods.Count);
                periods.Add(new(fault, e.Value, default, e.Position, history.EventCount, e.Time, last, Healed: false));
            }
        }

        return periods;
    }

    private static string? Opens(string f)
    {
        if (f.StartsWith("start-", StringComparison.Ordinal)) return f["start-".Length..];
        return f switch { "start" => "fault", "kill" or "pause" or "break" => f, _ => null };
    }

    private static string? ClosedBy(string f, Dictionary<string, Queue<int>> open)
    {
        if (f.StartsWith("stop-", StringComparison.Ordinal)) return IsOpen(f["stop-".Length..]);
        foreach (var (start, stop) in Pairs)
        {
            if (f == stop && IsOpen(start == "start" ? "fault" : start) is { } fault) return fault;
        }

        return null;

        string? IsOpen(string fault) => open.TryGetValue(fault, out var queue) && queue.Count > 0 ? fault : null;
    }

    private static long LastTime(History history)
    {
        var last = -1L;
        foreach (var time in history.InvokeTime) last = Math.Max(last, time);
        foreach (var time in history.CompleteTime) last = Math.Max(last, time);
        foreach (var e in history.Nemesis) last = Math.Max(last, e.Time);
        return last;
    }
}
