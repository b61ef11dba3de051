namespace Checker.Targets.Nodes;

/// <summary>The door of one node or client to time, randomness and the network. Everything it calls back runs on the endpoint's own thread.</summary>
public interface IEndpoint
{
    /// <summary>Who it is.</summary>
    EndpointId Self { get; }

    /// <summary>The number of nodes.</summary>
    int NodeCount { get; }

    /// <summary>The wall clock of its machine, nanoseconds since the start of the run. May jump and drift on nodes.</summary>
    long WallClock { get; }

    /// <summary>The monotonic clock of its machine, nanoseconds. Never jumps back; may drift on nodes.</summary>
    long MonotonicClock { get; }

    /// <summary>Its own stream of randomness.</summary>
    SeededRandom Random { get; }

    /// <summary>Sends a message. It may be lost; nobody says so.</summary>
    void Send(EndpointId to, Message message);

    /// <summary>Calls back after so many nanoseconds of the monotonic clock.</summary>
    ITimerHandle After(long nanoseconds, Action callback);

    /// <summary>Takes what arrives. Clients set it; nodes are called through <see cref="INode.Receive"/>.</summary>
    Action<EndpointId, Message>? OnReceive { get; set; }

    /// <summary>Writes a line to its log. Call it rarely: on elections and the like, not per message.</summary>
    void Log(string line);
}

/// <summary>A pending call.</summary>
public interface ITimerHandle
{
    /// <summary>Whether it still lies ahead.</summary>
    bool IsPending { get; }

    /// <summary>Calls it off; does nothing if it has fired.</summary>
    void Cancel();
}

/// <summary>The door of one node.</summary>
public interface INodeContext : IEndpoint
{
    /// <summary>What survives its crashes.</summary>
    IStorage Storage { get; }
}
