using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Worlds;

/// <summary>What messages are delivered to: a machine with its node, or a client's place.</summary>
internal abstract class Receiver(EndpointId id)
{
    /// <summary>Who it is.</summary>
    public EndpointId Id { get; } = id;

    /// <summary>Changes at every crash and restart, so that what was meant for an earlier life can be told.</summary>
    public int Life { get; protected set; }

    /// <summary>Whether somebody is there.</summary>
    public abstract bool IsUp { get; }

    /// <summary>Whether what arrives has to wait.</summary>
    public virtual bool IsHolding => false;

    /// <summary>Keeps an event for later.</summary>
    public virtual void Hold(in Event item) => throw new System.Diagnostics.UnreachableException();

    /// <summary>A message was sent while nobody was there.</summary>
    public virtual void Miss()
    {
    }

    /// <summary>A message arrives.</summary>
    public abstract void Receive(EndpointId from, Message message);
}
