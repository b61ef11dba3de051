namespace Checker.Targets.Nodes;

/// <summary>
/// The protocol of one replica, single-threaded: the world calls one method at a time. It is made anew after every crash and touches nothing but
/// its context, so that the same code runs in simulation and for real.
/// </summary>
public interface INode
{
    /// <summary>Whether it believes itself primary (leader, head …) now; nemeses aim at this.</summary>
    bool IsPrimary { get; }

    /// <summary>Called once after it was made: recover from storage, set timers, send.</summary>
    void Start();

    /// <summary>A message has arrived. Messages may be lost, doubled, late and out of order; who sent one is known for sure.</summary>
    void Receive(EndpointId from, Message message);
}

/// <summary>What endpoints send each other: immutable records.</summary>
public abstract record Message;
