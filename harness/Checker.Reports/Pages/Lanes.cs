using System.Globalization;
using Checker.Histories;

namespace Checker.Reports.Pages;

/// <summary>
/// Assigns each process of a history to a row of the timeline. Where the header gives the number of threads, a thread keeps its row when its
/// process is retired; otherwise each process has a row, or, if they are many, a process takes over the row of one that has ended.
/// </summary>
internal sealed class Lanes
{
    private const int RowsForProcesses = 64;

    private readonly Dictionary<int, int> _laneOf;

    private Lanes(Dictionary<int, int> laneOf, IReadOnlyList<string> labels)
    {
        _laneOf = laneOf;
        Labels = labels;
    }

    /// <summary>What stands at the left of each row.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The row of a process.</summary>
    public int this[int process] => _laneOf[process];

    /// <summary>Assigns the rows of a history.</summary>
    public static Lanes Of(History history)
    {
        var lives = Lives(history);
        var processes = lives.Keys.Order().ToArray();
        if (history.Header.Concurrency is { } threads and > 0 && processes.Length > threads && Threads(lives, threads) is { } rows) return rows;
        return processes.Length <= RowsForProcesses
            ? new Lanes(Enumerable.Range(0, processes.Length).ToDictionary(lane => processes[lane]), [.. processes.Select(Label)])
            : Packed(lives);
    }

    private static string Label(int process) => string.Create(CultureInfo.InvariantCulture, $"process {process}");

    // The first invocation and the last event of each process.
    private static Dictionary<int, (int First, int Last)> Lives(History history)
    {
        var lives = new Dictionary<int, (int First, int Last)>();
        for (var op = 0; op < history.Count; op++)
        {
            var last = history.Complete[op] == History.Never ? history.Invoke[op] : history.Complete[op];
            var known = lives.TryGetValue(history.Process[op], out var life);
            lives[history.Process[op]] = known ? (life.First, Math.Max(life.Last, last)) : (history.Invoke[op], last);
        }

        return lives;
    }

    // Null if two processes of one thread live at the same time: then the numbers mean something else.
    private static Lanes? Threads(Dictionary<int, (int First, int Last)> lives, int threads)
    {
        var ends = new Dictionary<int, int>();
        foreach (var (process, life) in lives.OrderBy(entry => entry.Value.First))
        {
            if (ends.TryGetValue(process % threads, out var end) && end > life.First) return null;
            ends[process % threads] = life.Last;
        }

        var used = ends.Keys.Order().ToList();
        return new(
            lives.Keys.ToDictionary(process => process, process => used.IndexOf(process % threads)),
            [.. used.Select(thread => string.Create(CultureInfo.InvariantCulture, $"thread {thread}"))]);
    }

    private static Lanes Packed(Dictionary<int, (int First, int Last)> lives)
    {
        var free = new PriorityQueue<int, int>(); // rows by the end of their last process
        var laneOf = new Dictionary<int, int>();
        var rows = 0;
        foreach (var (process, life) in lives.OrderBy(entry => entry.Value.First))
        {
            var lane = free.TryPeek(out _, out var end) && end < life.First ? free.Dequeue() : rows++;
            laneOf[process] = lane;
            free.Enqueue(lane, life.Last);
        }

        return new(laneOf, [.. Enumerable.Range(1, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"row {row}"))]);
    }
}
