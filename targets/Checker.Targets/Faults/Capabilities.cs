namespace Checker.Targets.Faults;

/// <summary>A cluster whose nodes can be killed.</summary>
public interface IKillable
{
    /// <summary>Kills a node at once; healing restarts it. Killing a dead node changes nothing and leaves no evidence.</summary>
    /// <param name="node">The node, from 0.</param>
    /// <param name="crash">What is lost with it.</param>
    ValueTask<IFault> KillAsync(int node, CrashKind crash);
}

/// <summary>What a crash loses.</summary>
public enum CrashKind
{
    /// <summary>The process dies (<c>kill -9</c>): memory is lost, what was written to storage stays with the operating system.</summary>
    Process,

    /// <summary>The machine loses power: what was written but not synced is lost as well.</summary>
    PowerLoss,
}

/// <summary>A cluster whose nodes can be paused.</summary>
public interface IPausable
{
    /// <summary>Stops a node without its noticing (SIGSTOP): messages and timers wait; healing lets it go on.</summary>
    ValueTask<IFault> PauseAsync(int node);
}

/// <summary>A cluster whose links can be cut.</summary>
public interface IPartitionable
{
    /// <summary>Drops every message on the links, one way each; cuts add up, and healing one leaves the others.</summary>
    ValueTask<IFault> CutAsync(IReadOnlyList<Link> links);
}

/// <summary>A cluster whose links can be made bad.</summary>
public interface ILinkDegradable
{
    /// <summary>Makes the links bad, one way each; faults on one link add up.</summary>
    ValueTask<IFault> DegradeAsync(IReadOnlyList<Link> links, LinkQuality quality);
}

/// <summary>A cluster whose nodes' clocks can be set.</summary>
public interface IClockSkewable
{
    /// <summary>Moves a node's wall clock by so many nanoseconds (either sign); healing sets it right.</summary>
    ValueTask<IFault> JumpClockAsync(int node, long nanoseconds);

    /// <summary>Lets a node's clocks run at a rate (1.05: five per cent fast); healing sets rate and wall clock right.</summary>
    ValueTask<IFault> DriftClockAsync(int node, double rate);
}

/// <summary>One direction of the connection between two endpoints.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
public readonly record struct Link(EndpointId From, EndpointId To);

/// <summary>How bad a link is.</summary>
/// <param name="DelayNanoseconds">Added to every message's way.</param>
/// <param name="JitterNanoseconds">The mean of an exponentially distributed further delay.</param>
/// <param name="Loss">The probability that a message is lost.</param>
/// <param name="Duplication">The probability that a message arrives twice.</param>
/// <param name="Reordering">The probability that a message may overtake or be overtaken; the others keep their order.</param>
public sealed record LinkQuality(
    long DelayNanoseconds = 0, long JitterNanoseconds = 0, double Loss = 0, double Duplication = 0, double Reordering = 0);
