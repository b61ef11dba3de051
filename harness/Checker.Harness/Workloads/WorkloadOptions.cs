namespace Checker.Harness.Workloads;

/// <summary>What can be tuned in a workload. A workload ignores what means nothing to it.</summary>
public sealed record WorkloadOptions
{
    /// <summary>The defaults.</summary>
    public static WorkloadOptions Default { get; } = new();

    /// <summary>Operations per second over all clients, on average; 200. They come as a Poisson process.</summary>
    public double Rate { get; init; } = 200;

    /// <summary>The share of reads; half.</summary>
    public double ReadFraction { get; init; } = 0.5;

    /// <summary>The share of compare-and-sets among the operations that are no reads; null: what the workload thinks right.</summary>
    public double? CasFraction { get; init; }

    /// <summary>The number of keys in use at a time; 10.</summary>
    public int Keys { get; init; } = 10;

    /// <summary>
    /// After so many operations a key is left alone for ever and a new one takes its place, so that the history of each stays short enough
    /// to check; 200.
    /// </summary>
    public int OperationsPerKey { get; init; } = 200;

    /// <summary>How often each of the keys in use is chosen.</summary>
    public KeyChoice KeyChoice { get; init; } = KeyChoice.Uniform;

    /// <summary>Whether no value is written twice: checking is much faster then, and wrong reads are explained better. On.</summary>
    public bool UniqueValues { get; init; } = true;

    /// <summary>The number of different values if they are not unique; 5.</summary>
    public int Values { get; init; } = 5;

    /// <summary>Throws unless every option makes sense.</summary>
    /// <exception cref="ArgumentException">One does not; the message says which and what was expected.</exception>
    public void Validate()
    {
        if (!(Rate > 0 && double.IsFinite(Rate))) throw new ArgumentException(
            $"rate {Rate}: expected a number of operations per second above 0");
        if (!(ReadFraction is >= 0 and <= 1)) throw new ArgumentException($"read fraction {ReadFraction}: expected a number from 0 to 1");
        if (!(CasFraction is null or (>= 0 and <= 1))) throw new ArgumentException(
            $"cas fraction {CasFraction}: expected a number from 0 to 1");
        if (Keys < 1) throw new ArgumentException($"keys {Keys}: expected at least 1");
        if (OperationsPerKey < 1) throw new ArgumentException($"operations per key {OperationsPerKey}: expected at least 1");
        if (Values < 1) throw new ArgumentException($"values {Values}: expected at least 1");
    }
}

/// <summary>How often each of several keys is chosen.</summary>
public enum KeyChoice
{
    /// <summary>All equally often.</summary>
    Uniform,

    /// <summary>The k-th in proportion to 1/k.</summary>
    Zipf,

    /// <summary>Each half as often as the one before.</summary>
    Exponential,
}
