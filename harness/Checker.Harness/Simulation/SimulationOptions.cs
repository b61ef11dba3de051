using Checker.Harness.Worlds;

namespace Checker.Harness.Simulation;

/// <summary>The simulated network while nothing is broken.</summary>
/// <remarks>
/// Every link keeps its order, as a TCP connection does: a message never arrives before one that was sent earlier on the same link.
/// <see cref="Reordering"/> is the probability that a message is freed from this order, so that it may overtake or be overtaken. Copies made
/// by <see cref="Duplication"/> take their own time and keep no order.
/// </remarks>
public sealed record NetworkProfile
{
    /// <summary>From node to node. Default: 0.2 ms and exponentially distributed 0.3 ms more.</summary>
    public Latency NodeToNode { get; init; } = Latency.Exponential(200_000, 300_000);

    /// <summary>Between clients and nodes, either way. Default: as between nodes.</summary>
    public Latency ClientToNode { get; init; } = Latency.Exponential(200_000, 300_000);

    /// <summary>From a node to itself. Default: 1 µs.</summary>
    public Latency ToSelf { get; init; } = Latency.Constant(1_000);

    /// <summary>The probability that a message is lost. Default: 0.</summary>
    public double Loss { get; init; }

    /// <summary>The probability that a message arrives twice. Default: 0.</summary>
    public double Duplication { get; init; }

    /// <summary>The probability that a message keeps no order. Default: 0.</summary>
    public double Reordering { get; init; }
}

/// <summary>What a simulated world is made of.</summary>
/// <param name="Seed">The seed of all its randomness.</param>
public sealed record SimulationOptions(long Seed)
{
    /// <summary>The network.</summary>
    public NetworkProfile Network { get; init; } = new();

    /// <summary>How long a disk takes to sync. Default: 0.1 ms and exponentially distributed 0.1 ms more.</summary>
    public Latency Sync { get; init; } = Latency.Exponential(100_000, 100_000);

    /// <summary>The virtual time, in nanoseconds, that no run may pass: a run that never ends is an error. Default: one day.</summary>
    public long TimeLimit { get; init; } = 86_400_000_000_000;
}
