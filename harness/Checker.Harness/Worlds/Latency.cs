using Checker.Targets;

namespace Checker.Harness.Worlds;

/// <summary>How long something takes: a distribution over nanoseconds.</summary>
public abstract record Latency
{
    /// <summary>Draws one.</summary>
    public abstract long Sample(SeededRandom random);

    /// <summary>Always the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Latency Constant(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        return new ConstantLatency(nanoseconds);
    }

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included, all equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or begins below zero.</exception>
    public static Latency Uniform(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(low);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        return new UniformLatency(low, high);
    }

    /// <summary>At least <paramref name="minimum"/>, and on top of it exponentially distributed with mean <paramref name="mean"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Latency Exponential(long minimum, long mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        return new ExponentialLatency(minimum, mean);
    }

    private sealed record ConstantLatency(long Nanoseconds) : Latency
    {
        public override long Sample(SeededRandom random) => Nanoseconds;
    }

    private sealed record UniformLatency(long Low, long High) : Latency
    {
        public override long Sample(SeededRandom random) => random.Next(Low, High + 1);
    }

    private sealed record ExponentialLatency(long Minimum, long Mean) : Latency
    {
        public override long Sample(SeededRandom random) => Minimum + (long)random.Exponential(Mean);
    }
}
