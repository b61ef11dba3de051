using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Clients;

/// <summary>A client asks a node for an operation. Asking again with the same number asks for the same operation.</summary>
/// <param name="Id">The client's number for the operation; grows from one operation to the next.</param>
/// <param name="Function">What to do.</param>
/// <param name="Key">The object; null for a single register.</param>
/// <param name="Value">The argument.</param>
public sealed record Request(long Id, Function Function, Value Key, Value Value) : Message;

/// <summary>A node tells a client what came of its operation.</summary>
/// <param name="Id">The client's number for the operation.</param>
/// <param name="Type">How it ended.</param>
/// <param name="Value">The result.</param>
/// <param name="Error">Why it failed, or null.</param>
public sealed record Answer(long Id, OperationType Type, Value Value, string? Error) : Message
{
    /// <summary>It happened.</summary>
    public static Answer Ok(long id, Value value) => new(id, OperationType.Ok, value, null);

    /// <summary>It certainly did not happen and never will.</summary>
    public static Answer Fail(long id, string error) => new(id, OperationType.Fail, Value.Null, error);
}

/// <summary>A node sends a client elsewhere. It says nothing about other copies of the request.</summary>
/// <param name="Id">The client's number for the operation.</param>
/// <param name="Node">The node to ask, or −1 if nobody is known.</param>
public sealed record Redirect(long Id, int Node) : Message;

/// <summary>A client asks who serves it, before it sends anything that has an effect. The answer is a <see cref="Redirect"/>.</summary>
/// <param name="Id">The client's number for the operation.</param>
public sealed record Probe(long Id) : Message;
