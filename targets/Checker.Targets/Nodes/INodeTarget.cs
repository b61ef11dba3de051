namespace Checker.Targets.Nodes;

/// <summary>A target that is written as message-passing nodes: any world can run it.</summary>
public interface INodeTarget : ITarget
{
    /// <summary>Configures it.</summary>
    /// <exception cref="ArgumentException">A setting, bug or number of nodes makes no sense; the message says what was expected.</exception>
    Deployment Configure(DeploymentOptions options);
}
