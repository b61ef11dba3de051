using System.Numerics;

namespace Checker.Harness.Runs;

/// <summary>Counts lengths of time in buckets that are 1/32 of their size wide: constant space, quantiles exact to about 3 %.</summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;

    private readonly int[] _counts = new int[(64 - SubBits + 1) * Sub];
    private long _total;
    private long _largest;

    /// <summary>Counts one.</summary>
    /// <param name="nanoseconds">Not negative.</param>
    public void Add(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        _counts[Bucket(nanoseconds)]++;
        _total++;
        _largest = Math.Max(_largest, nanoseconds);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _total = 0;
        _largest = 0;
    }

    /// <summary>The quantiles.</summary>
    public LatencyQuantiles Quantiles() => new(Quantile(50), Quantile(95), Quantile(99), _largest);

    /// <summary>The upper end of the bucket that holds the quantile; 0 if nothing was counted.</summary>
    /// <param name="percent">1 to 100.</param>
    public long Quantile(int percent)
    {
        if (_total == 0) return 0;
        var rank = ((_total * percent) + 99) / 100;
        var seen = 0L;
        for (var bucket = 0; ; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank) return Math.Min(_largest, UpperEnd(bucket));
        }
    }

    // Below 32 each number has its bucket; above, each octave has 32.
    private static int Bucket(long value)
    {
        if (value < Sub) return (int)value;
        var shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) * Sub) + (int)((value >> shift) - Sub);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < Sub) return bucket;
        var shift = (bucket / Sub) - 1;
        return ((long)(Sub + (bucket % Sub) + 1) << shift) - 1;
    }
}
