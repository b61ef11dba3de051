using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>What a machine or a client's place stands on. All calls are made on, and all callbacks come back on, the thread it lives on.</summary>
internal interface IHost
{
    /// <summary>True time, nanoseconds since the start of the run.</summary>
    long Now { get; }

    /// <summary>The number of nodes.</summary>
    int NodeCount { get; }

    /// <summary>What makes nodes and clients.</summary>
    Deployment Deployment { get; }

    /// <summary>The root of the run's randomness; only for splitting.</summary>
    SeededRandom Random { get; }

    /// <summary>What is due here.</summary>
    EventQueue Queue { get; }

    /// <summary>Refuses calls from other threads.</summary>
    void CheckThread();

    /// <summary>Sends a message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    void Send(Receiver sender, EndpointId to, Message message);

    /// <summary>Does something on the thread that the machine lives on.</summary>
    ValueTask Invoke(Action action);

    /// <summary>A node has died: its connections break.</summary>
    void Disconnect(Receiver receiver);

    /// <summary>A node is about to start: it can be reached again.</summary>
    void Connect(Receiver receiver);
}
