using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Rules out what doubtful reads cannot have found, by the narrowed times of operations: what was written after the read, and what another write certainly
/// replaced before it. What that leaves narrows the times further.
/// </summary>
internal sealed class VersionDoubts
{
    private const int MostRounds = 16;

    private readonly VersionHistory _history;
    private readonly VersionBounds _bounds;
    private readonly (long[] Ends, int[] Latest)?[] _finished; // by register: writes that happened, by their end, and the latest begin up to each

    private VersionDoubts(VersionHistory history, VersionBounds bounds)
    {
        _history = history;
        _bounds = bounds;
        _finished = new (long[], int[])?[history.Registers];
    }

    /// <summary>Rules out what it can. O(n log n) for each round.</summary>
    /// <param name="history">The operations; afterwards with fewer doubts.</param>
    /// <param name="impossible">An operation for which there is no time, or nothing that it can have found; −1 if there is none.</param>
    public static VersionBounds Narrow(ref VersionHistory history, out int impossible)
    {
        for (var round = 0; ; round++)
        {
            var bounds = new VersionBounds(history);
            impossible = bounds.Impossible;
            if (impossible >= 0 || history.Doubtful.Length == 0 || round == MostRounds) return bounds;
            var doubts = new VersionDoubts(history, bounds);
            var last = -1;
            var left = history.Without((doubt, version) =>
            {
                last = doubt;
                return doubts.Excludes(doubt, version);
            });
            if (left is null) impossible = history.Doubtful[last];
            if (left is null || ReferenceEquals(left, history)) return bounds;
            history = left;
        }
    }

    private bool Excludes(int doubt, int version)
    {
        var reader = _history.Doubtful[doubt];
        var since = LatestBefore(_history.Register[version], _bounds.First[reader]);
        return _history.Writer[version] is >= 0 and var writer
            ? _bounds.First[writer] >= _bounds.Last[reader] || _bounds.Last[writer] <= since
            : since >= 0;
    }

    // The latest begin of a write that has certainly ended by a gap; −1 if none has.
    private int LatestBefore(int register, int gap)
    {
        var (ends, latest) = _finished[register] ??= Finished(_history.Written[register]);
        var ended = PositionSort.CountUpTo(ends, gap);
        return ended == 0 ? -1 : latest[ended - 1];
    }

    private (long[] Ends, int[] Latest) Finished(ReadOnlySpan<int> written)
    {
        var ends = new List<long>(written.Length);
        foreach (var version in written)
        {
            var writer = _history.Writer[version];
            if (!_bounds.IsOptional(writer)) ends.Add(PositionSort.Entry(_bounds.Last[writer], writer));
        }

        var sorted = ends.ToArray();
        PositionSort.Sort(sorted);
        var latest = new int[sorted.Length];
        for (var i = 0; i < latest.Length; i++)
        {
            var begin = _bounds.First[PositionSort.NumberOf(sorted[i])];
            latest[i] = i == 0 ? begin : Math.Max(begin, latest[i - 1]);
        }

        return (sorted, latest);
    }
}
