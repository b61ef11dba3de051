using System.Globalization;

namespace Checker.Targets;

/// <summary>One end of a link: a node, or the client of a worker thread.</summary>
/// <param name="Value">Nodes from 0 up; the client of worker thread t is −1 − t.</param>
public readonly record struct EndpointId(int Value)
{
    /// <summary>Whether it is a node.</summary>
    public bool IsNode => Value >= 0;

    /// <summary>The number of the node, from 0, or of the client's worker thread, from 0.</summary>
    public int Ordinal => Value >= 0 ? Value : -1 - Value;

    /// <summary>The node of that number.</summary>
    public static EndpointId Node(int ordinal) => new(ordinal);

    /// <summary>The client of that worker thread.</summary>
    public static EndpointId Client(int thread) => new(-1 - thread);

    /// <summary>The name in logs and histories: <c>n1</c>, <c>n2</c> … for nodes, <c>c0</c>, <c>c1</c> … for clients.</summary>
    public override string ToString() =>
        IsNode ? string.Create(CultureInfo.InvariantCulture, $"n{Value + 1}") : string.Create(CultureInfo.InvariantCulture, $"c{Ordinal}");
}
