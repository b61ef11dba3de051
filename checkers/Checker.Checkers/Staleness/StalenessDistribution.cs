namespace Checker.Checkers.Staleness;

/// <summary>
/// How the staleness of reads is spread, fresh reads (0) included. A percentile is the least measured value that at least that share of
/// the reads does not exceed (nearest rank).
/// </summary>
/// <param name="P50">The median.</param>
/// <param name="P90">What 90 % of the reads do not exceed.</param>
/// <param name="P99">What 99 % of the reads do not exceed.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Histogram">
/// Adjoining bars from 0 up to the one that holds <paramref name="Max"/>: first 0 alone, then steps of 1, 2 and 5 times a power of ten.
/// </param>
public sealed record StalenessDistribution(long P50, long P90, long P99, long Max, IReadOnlyList<StalenessBucket> Histogram)
{
    /// <summary>The distribution of some measured values. O(n log n).</summary>
    /// <param name="values">The values, none negative, in any order; if there is none, everything is 0 and the histogram empty.</param>
    public static StalenessDistribution Of(ReadOnlySpan<long> values)
    {
        if (values.Length == 0) return new StalenessDistribution(0, 0, 0, 0, []);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new StalenessDistribution(Rank(sorted, 50), Rank(sorted, 90), Rank(sorted, 99), sorted[^1], Bars(sorted));
    }

    private static long Rank(long[] sorted, int percent) => sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];

    private static List<StalenessBucket> Bars(long[] sorted)
    {
        var bars = new List<StalenessBucket>();
        var at = 0;
        for (var (from, to) = (0L, 1L); at < sorted.Length; (from, to) = (to, Next(to)))
        {
            var first = at;
            while (at < sorted.Length && (sorted[at] < to || to == long.MaxValue)) at++;
            bars.Add(new StalenessBucket(from, to, at - first));
        }

        return bars;
    }

    // 1, 2, 5, 10, 20, 50 …
    private static long Next(long step)
    {
        var power = 1L;
        while (power <= step / 10) power *= 10;
        if (step > long.MaxValue / 5) return long.MaxValue;
        return step / power == 2 ? power * 5 : step * 2;
    }
}
