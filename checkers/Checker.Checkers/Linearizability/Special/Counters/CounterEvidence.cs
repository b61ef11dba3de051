using System.Globalization;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>Says why a counter is not linearizable.</summary>
internal sealed class CounterEvidence(KeyHistory history, CounterLayers layers)
{
    private const int MostNamed = 20; // of many increments the rest goes without saying

    private readonly EvidenceBuilder _evidence = new(history);
    private readonly Prose _prose = new(history);

    private string Goes => layers.Sign > 0 ? "grows" : "shrinks";

    private string Smaller => layers.Sign > 0 ? "smaller" : "greater";

    private long Initial => layers.Sign * layers.Initial;

    /// <summary>A read of more returned before a read of less began.</summary>
    public Anomaly Reversed(int early, int late)
    {
        _evidence.RealTime(early, late);
        _evidence.Step(late, early, "forced", $"a counter that only {Goes} has the {Smaller} value first");
        return _evidence.Build("stale-read", $"{_prose.Did(early)}, and {_prose.Did(late)}, which began later but found {(layers.Sign > 0 ? "less" : "more")}, although the counter only {Goes}.");
    }

    /// <summary>A read below the value at first.</summary>
    public Anomaly TooLow(int row)
    {
        _evidence.Add(row);
        return _evidence.Build("phantom-read", string.Create(CultureInfo.InvariantCulture, $"{_prose.Did(row)}, but the counter began at {Initial} and only {Goes}."));
    }

    /// <summary>An increment between two reads of which the later did not find more.</summary>
    public Anomaly FitsNowhere(CounterIncrement job)
    {
        var before = Earliest(job.First - 1);
        var after = Latest(job.Last);
        _evidence.RealTime(before, job.Row);
        _evidence.RealTime(job.Row, after);
        return _evidence.Build(
            "lost-update", $"{_prose.Did(before)}; then {_prose.Did(job.Row)}; then {_prose.Did(after)}: the increment is missing from the last read.");
    }

    /// <summary>More acknowledged increments have to lie before a layer than its value allows.</summary>
    public Anomaly Missing(int last)
    {
        var inside = new int[last + 1]; // by gap: the increments that cannot lie before it, nor behind the last
        foreach (var job in layers.Increments) inside[Math.Min(job.First, last)] += IsInside(job, 0) ? 1 : 0;
        var (gap, room, count) = (last, 0L, 0L);
        for (; gap >= 0; gap--)
        {
            room += layers.Size(gap);
            count += inside[gap];
            if (count > room) break;
        }

        var after = Latest(last);
        var before = gap > 0 ? Earliest(gap - 1) : -1;
        _evidence.Add(after);
        var named = 0;
        foreach (var job in layers.Increments)
        {
            if (named >= Math.Min(room + 1, MostNamed)) break;
            if (!IsInside(job, gap)) continue;
            named++;
            _evidence.RealTime(job.Row, after);
            if (before >= 0) _evidence.RealTime(before, job.Row);
        }

        var since = before < 0 ? string.Create(CultureInfo.InvariantCulture, $"the counter began at {Initial}") : _prose.Did(before);
        return _evidence.Build(
            "lost-update",
            string.Create(CultureInfo.InvariantCulture, $"{_prose.Did(after)}, but {since}, and {Increments(room + 1)} began after that and ended before the read began: it misses at least one."));

        bool IsInside(CounterIncrement job, int from) => !job.IsUnknown && job.Last <= last && job.First >= from;
    }

    /// <summary>A layer counts more increments than can have come before it.</summary>
    public Anomaly TooMany(int layer)
    {
        var read = Earliest(layer, layer);
        _evidence.Add(read);
        var possible = 0; // they are by invocation
        while (possible < layers.Increments.Count && history.Invokes[layers.Increments.Rows[possible]] < history.Returns[read]) possible++;
        var value = layers.Values[layer];
        if (possible < value - layers.Initial)
        {
            if (possible <= 100) Add(layers.Increments.Rows[..possible]);
            return _evidence.Build(
                "phantom-read",
                string.Create(CultureInfo.InvariantCulture, $"{_prose.Did(read)}, but the counter began at {Initial} and {(possible == 0 ? "no increment" : "only " + Increments(possible))} had begun before the read ended."));
        }

        // All increments that can have come before are enough, but some of them had to come before an earlier, smaller read as well.
        var endsIn = new int[layer + 1]; // by gap: the increments that may lie there at the latest, or in this last one
        for (var number = 0; number < layers.Increments.Count; number++)
        {
            if (layers.Increments.First[number] <= layer) endsIn[Math.Min(layers.Increments.Last[number], layer)]++;
        }

        var (room, count) = (0L, 0L);
        var gap = layer;
        for (; gap > 0; gap--)
        {
            room += layers.Size(gap);
            count += endsIn[gap];
            if (count < room) break;
        }

        var before = gap > 0 ? Latest(gap - 1) : -1;
        var last = Earliest(layer);
        _evidence.Add(last);
        if (before >= 0) _evidence.Add(before);
        if (layers.Increments.Count <= 100) Add(layers.Increments.Rows);
        return _evidence.Build(
            "phantom-read",
            $"{_prose.Did(last)}{(before < 0 ? "" : ", and " + _prose.Did(before))}, but fewer increments can have come between than " +
            $"the values differ.");
    }

    /// <summary>The rows around a gap: the last reads before it, the first after it, and what may lie in it.</summary>
    public int[] Around(int gap)
    {
        var rows = new SortedSet<int> { Earliest(gap) };
        if (gap > 0) rows.Add(Latest(gap - 1));
        if (gap > 0) rows.Add(Earliest(gap - 1, gap - 1));
        rows.Add(Latest(gap));
        foreach (var job in layers.Increments)
        {
            if (job.First <= gap && job.Last >= gap) rows.Add(job.Row);
        }

        return [.. rows];
    }

    /// <summary>The increments cannot be shared out among the reads such that each finds what it found.</summary>
    public Anomaly Unshared(int gap, int[] rows, string needed)
    {
        const int Most = 8;
        foreach (var row in rows) _evidence.Add(row);
        var read = Earliest(gap, gap);
        var jobs = layers.Increments.Where(job => job.First <= gap && job.Last >= gap).ToArray();
        var some = jobs.Length is 0 or > Most ? "" : $": {string.Join("; ", jobs.Select(job => _prose.Did(job.Row)))}";
        var before = gap == 0
            ? string.Create(CultureInfo.InvariantCulture, $"the counter began at {Initial}")
            : _prose.Did(Latest(gap - 1));
        return _evidence.Build(
            "lost-update",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_prose.Did(read)}, and {before}; however the additions are shared out among the reads, those between these two cannot come to {needed}, which {jobs.Length} additions may be part of{some}."));
    }

    private static string Increments(long count) => count == 1 ? "one increment" : string.Create(CultureInfo.InvariantCulture, $"{count} increments");

    private void Add(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) _evidence.Add(row);
    }

    // The read that returned first among the layers from one on.
    private int Earliest(int from, int to = int.MaxValue)
    {
        var best = -1;
        foreach (var row in layers.ReadsOf(from, Math.Min(to, layers.Count - 1)))
        {
            if (best < 0 || history.Returns[row] < history.Returns[best]) best = row;
        }

        return best;
    }

    // The read that was invoked last among the layers up to one.
    private int Latest(int to)
    {
        var best = -1;
        foreach (var row in layers.ReadsOf(0, to))
        {
            if (best < 0 || history.Invokes[row] > history.Invokes[best]) best = row;
        }

        return best;
    }
}
