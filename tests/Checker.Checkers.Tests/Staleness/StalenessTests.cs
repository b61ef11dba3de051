using Checker.Checkers.Staleness;
using Checker.Checkers.Tests.RealTime;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Staleness;

public class StalenessTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    // For each write that a read may have read from: how many writes lie between, and since when; the best of them counts.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_read_is_behind_by_the_writes_between(bool repeats)
    {
        var random = new Random(repeats ? 1 : 2);
        var (stale, fresh) = (0, 0);
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 12, infoShare: i % 3 == 0 ? 0.2 : 0, repeats, keys: 1 + (i % 2));
            var measured = ReadStaleness.Measure(small.Build(), DataTypes.Kv, CheckOptions.Default);
            Assert.True(measured.HasTimes);
            var at = 0;
            for (var read = 0; read < small.Ops.Count; read++)
            {
                var op = small.Ops[read];
                if (op.Op is not { Reads: true, Written: null, Info: false }) continue;
                var expected = Expected(small, op);
                if (expected is null)
                {
                    Assert.Contains(read, measured.Unmeasured);
                    continue;
                }

                Assert.Equal(read, measured.Operations[at]);
                Assert.True(
                    (measured.Versions[at], measured.Nanoseconds[at]) == expected,
                    $"{read}: {measured.Versions[at]}, {measured.Nanoseconds[at]}, expected {expected}:\n{small}");
                (stale, fresh) = expected.Value.Versions > 0 ? (stale + 1, fresh) : (stale, fresh + 1);
                at++;
            }

            Assert.Equal(at, measured.Operations.Length);
            Assert.Equal(at, measured.Summary.Reads);
            Assert.Equal(measured.Versions.ToArray().Count(v => v > 0), measured.Summary.Stale);
            Assert.Equal(measured.Summary.Stale, measured.Keys.Sum(key => key.Stale));
            Assert.Equal(measured.Versions.ToArray().Append(0).Max(), measured.Summary.Versions.Max);
        }

        Assert.True(stale > 1000 * Scale && fresh > 1000 * Scale, $"{stale} stale, {fresh} fresh");
    }

    // The least Δ for which the history is atomic once every read begins Δ earlier.
    [Fact]
    public void Delta_is_the_least_that_makes_the_history_atomic()
    {
        var random = new Random(3);
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < 3000 * Scale; i++)
        {
            var small = TimedHistory.Random(random, maxOps: 8, infoShare: i % 3 == 0 ? 0.2 : 0, keys: 1 + (i % 2), swaps: false);
            var measured = ReadStaleness.Measure(small.Build(), DataTypes.Kv, CheckOptions.Default);
            long? expected = null;
            for (var delta = 0; delta <= 20 && expected is null; delta++)
            {
                var earlier = new TimedHistory([.. small.Ops.Select(op => op.Op.Reads ? op with { Begin = op.Begin - delta } : op)]);
                if (RealTimeReference.KAtomic(earlier, 1)) expected = 1000L * delta;
            }

            Assert.True(measured.Delta == expected, $"{measured.Delta} ({measured.DeltaReason}), expected {expected}:\n{small}");
            Assert.Equal(measured.Delta is null, measured.DeltaReason is not null);
            var kind = expected switch { null => "none", 0 => "atomic", _ => "stale" };
            seen[kind] = seen.GetValueOrDefault(kind) + 1;
        }

        Assert.True(seen["atomic"] > 500 * Scale && seen["stale"] > 500 * Scale, string.Join(", ", seen));
    }

    [Fact]
    public void A_drawn_history_is_measured_as_it_looks()
    {
        var history = TimedHistory.Draw(
            "[ w1 ] [ w2 ]  [ w3 ]",
            "                        [ r3 ] [ r1 ] [ r2 ]").Build();
        var measured = ReadStaleness.Measure(history, DataTypes.Kv, CheckOptions.Default);
        Assert.Equal([0, 2, 1], measured.Versions.ToArray());

        // Ends lie at ten times their column plus the process: w2 ends at 120, w3 at 200; r1 begins at 311, r2 at 381.
        Assert.Equal([0, 1000L * (311 - 120), 1000L * (381 - 200)], measured.Nanoseconds.ToArray());
        Assert.Equal(2.0 / 3, measured.Summary.StaleShare, 6);
        var versions = measured.Summary.Versions;
        Assert.Equal((1, 2, 2, 2), (versions.P50, versions.P90, versions.P99, versions.Max));
        Assert.Equal([new(0, 1, 1), new(1, 2, 1), new(2, 5, 1)], versions.Histogram);
        Assert.Equal(1000L * (311 - 120), measured.Summary.Nanoseconds!.Max);
        Assert.Equal(3, Assert.Single(measured.Keys).Reads);
    }

    [Fact]
    public void Without_times_only_versions_are_measured()
    {
        var measured = ReadStaleness.Measure(SmallHistory.Parse("0 w x 1", "0 w x 2", "1 r x 1").Build(), DataTypes.Kv, CheckOptions.Default);
        Assert.False(measured.HasTimes);
        Assert.Equal([1], measured.Versions.ToArray());
        Assert.Equal(0, measured.Nanoseconds.Length);
        Assert.Null(measured.Summary.Nanoseconds);
        Assert.Null(measured.Delta);
        Assert.Contains("no times", measured.DeltaReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distribution_of_nothing_is_empty()
    {
        var none = StalenessDistribution.Of([]);
        Assert.Equal(0, none.Max);
        Assert.Empty(none.Histogram);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000)]
    [InlineData(4)]
    public void The_bars_of_a_histogram_hold_every_value_once(long max)
    {
        long[] values = [0, 0, 1, 3, max];
        var bars = StalenessDistribution.Of(values).Histogram;
        Assert.Equal(values.Length, bars.Sum(bar => bar.Count));
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.True(bars[^1].Count > 0);
    }

    private static (int Versions, long Nanoseconds)? Expected(TimedHistory small, TimedOp read)
    {
        var writes = small.Ops.Where(op => op.Writes && op.Op.Key == read.Op.Key).ToList();
        var sources = writes.Where(w => w.Op.Written == read.Op.ReadValue && w.Begin < read.End).Select(w => (TimedOp?)w).ToList();
        if (read.Op.ReadValue is null) sources.Add(null);
        (int, long)? best = null;
        foreach (var source in sources)
        {
            var between = writes.Where(w => !w.Op.Info && (source is null || source.Precedes(w)) && w.Precedes(read)).ToList();
            (int, long) behind = between.Count == 0 ? (0, 0) : (between.Count, 1000L * (read.Begin - between.Min(w => w.End)));
            if (best is null || behind.Item1 < best.Value.Item1) best = behind;
        }

        return best;
    }
}
