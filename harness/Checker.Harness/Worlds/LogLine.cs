namespace Checker.Harness.Worlds;

/// <summary>One line of a node's log.</summary>
/// <param name="Time">Nanoseconds since the start of the run, by true time rather than the node's clock.</param>
/// <param name="Text">What the node said, or what happened to it.</param>
public readonly record struct LogLine(long Time, string Text);

/// <summary>A cluster that keeps its nodes' logs in memory.</summary>
public interface ILogged
{
    /// <summary>
    /// The log of a node, from 0, over all its lives: what it wrote itself, and its starts, crashes, pauses and resumptions. A copy.
    /// </summary>
    IReadOnlyList<LogLine> LogOf(int node);
}
