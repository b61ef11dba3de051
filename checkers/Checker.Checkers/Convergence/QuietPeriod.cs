using System.Globalization;
using Checker.Checkers.Prose;
using Checker.Histories;

namespace Checker.Checkers.Convergence;

/// <summary>
/// The quiet period of a history: what lies after the last event that disturbs. Updates that did not fail disturb until their completion
/// (until their invocation, if they have none), and so does every line of the nemesis.
/// </summary>
internal sealed class QuietPeriod
{
    private static readonly (string Opener, string Closer)[] Pairs =
        [("start", "stop"), ("kill", "restart"), ("kill", "start"), ("pause", "resume"), ("break", "heal")];

    private readonly History _history;
    private readonly long _earliest;

    /// <summary>Finds it. O(operations).</summary>
    /// <param name="history">The history.</param>
    /// <param name="updates">Tells updates from reads.</param>
    /// <param name="wait">How much time must have passed in quiet before a read counts, in nanoseconds.</param>
    public QuietPeriod(History history, Func<int, bool> updates, long wait)
    {
        _history = history;
        var last = -1;
        var time = -1L;
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Types[op] == OperationType.Fail || !updates(op)) continue;
            HasUpdates = true;
            var ended = history.Complete[op] != History.Never;
            var end = ended ? history.Complete[op] : history.Invoke[op];
            if (end <= last) continue;
            last = end;
            time = ended ? history.CompleteTime[op] : history.InvokeTime[op];
            LastUpdate = op;
        }

        foreach (var line in history.Nemesis)
        {
            if (line.Position <= last) continue;
            last = line.Position;
            time = line.Time;
            LastUpdate = -1;
        }

        Start = last;
        OpenFault = FindOpenFault(history);
        _earliest = wait <= 0 || last < 0 ? long.MinValue : time < 0 || time > long.MaxValue - wait ? long.MaxValue : time + wait;
        StartTime = time;
    }

    /// <summary>The position of the last event that disturbs; −1 if there is none.</summary>
    public int Start { get; }

    /// <summary>Its time in nanoseconds; −1 if unknown.</summary>
    public long StartTime { get; }

    /// <summary>The update that disturbs last; −1 if that is a line of the nemesis, or nothing.</summary>
    public int LastUpdate { get; }

    /// <summary>Whether there is an update that did not fail.</summary>
    public bool HasUpdates { get; }

    /// <summary>The line that brought a fault which no later line ends; null if every fault ends.</summary>
    public NemesisEvent? OpenFault { get; }

    /// <summary>Whether an operation began in the quiet period, and late enough.</summary>
    public bool Contains(int operation) => _history.Invoke[operation] > Start && _history.InvokeTime[operation] >= _earliest;

    /// <summary>When it began, in words: "120 ms, when the last update had ended (line 17)".</summary>
    public string Text
    {
        get
        {
            if (Start < 0) return "the beginning: nothing was ever updated";
            var what = LastUpdate >= 0 ? "when the last update had ended" : "when the last fault was over";
            return string.Create(CultureInfo.InvariantCulture, $"{Moment.Text(_history, StartTime, Start)}, {what} (line {_history.Line(Start)})");
        }
    }

    // A fault is in force if the last line that speaks of it brings it. Tools that write each line twice do no harm.
    private static NemesisEvent? FindOpenFault(History history)
    {
        var last = new Dictionary<string, NemesisEvent?>();
        foreach (var line in history.Nemesis)
        {
            if (line.F.StartsWith("stop-", StringComparison.Ordinal)) last[line.F["stop-".Length..]] = null;
            if (line.F.StartsWith("start-", StringComparison.Ordinal)) last[line.F["start-".Length..]] = line;
            var closes = false;
            foreach (var (opener, closer) in Pairs)
            {
                if (line.F != closer || !last.ContainsKey(opener)) continue;
                last[opener] = null;
                closes = true;
            }

            if (!closes && Pairs.Any(pair => pair.Opener == line.F)) last[line.F] = line;
        }

        return history.Nemesis.LastOrDefault(line => last.ContainsValue(line));
    }
}
