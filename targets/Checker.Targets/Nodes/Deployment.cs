using Checker.Histories;

namespace Checker.Targets.Nodes;

/// <summary>A configured node target: makes its nodes and clients, whatever the world.</summary>
public abstract class Deployment
{
    /// <summary>The number of nodes.</summary>
    public abstract int Nodes { get; }

    /// <summary>
    /// The concrete message types and the types it stores, for worlds that send bytes. Each is a record whose properties are numbers, strings, booleans, <see
    /// cref="Checker.Histories.Values.Value"/>s,
    /// records and arrays or lists of these.
    /// </summary>
    public abstract IReadOnlyList<Type> MessageTypes { get; }

    /// <summary>The names of the consistency models that this configuration promises for a data type, strongest first.</summary>
    public abstract IReadOnlyList<string> Claims(DataType type);

    /// <summary>Makes one node, at its first start and again after every crash; it recovers from <see cref="INodeContext.Storage"/>.</summary>
    public abstract INode CreateNode(INodeContext context);

    /// <summary>Makes the client of one worker thread; it serves one process after another.</summary>
    public abstract IClient CreateClient(IEndpoint endpoint);
}
