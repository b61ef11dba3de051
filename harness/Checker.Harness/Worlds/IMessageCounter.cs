namespace Checker.Harness.Worlds;

/// <summary>A world that counts messages.</summary>
public interface IMessageCounter
{
    /// <summary>The number of messages that reached a node or a client.</summary>
    long MessagesDelivered { get; }
}
