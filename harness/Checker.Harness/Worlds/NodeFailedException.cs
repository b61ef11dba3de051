using System.Globalization;
using Checker.Targets;

namespace Checker.Harness.Worlds;

/// <summary>The code of a node threw: a defect of the target, not a fault that was injected. Ends the run.</summary>
public sealed class NodeFailedException : Exception
{
    /// <summary>Without details.</summary>
    public NodeFailedException()
    {
    }

    /// <summary>With a message.</summary>
    public NodeFailedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public NodeFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the node, the true time in nanoseconds, and what it threw.</summary>
    public NodeFailedException(EndpointId node, long time, Exception innerException)
        : base(Describe(node, time, innerException), innerException)
    {
    }

    private static string Describe(EndpointId node, long time, Exception thrown) => string.Create(
        CultureInfo.InvariantCulture, $"node {node} threw {thrown.GetType().Name} at {time / 1e9:0.000000} s: {thrown.Message}");
}
