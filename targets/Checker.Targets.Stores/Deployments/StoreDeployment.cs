using Checker.Histories;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Deployments;

/// <summary>A configured store.</summary>
internal sealed class StoreDeployment(
    int nodes,
    IReadOnlyList<Type> messageTypes,
    IReadOnlyList<string> claims,
    Func<INodeContext, INode> createNode,
    Func<IEndpoint, IClient> createClient) : Deployment
{
    /// <inheritdoc/>
    public override int Nodes => nodes;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> MessageTypes => messageTypes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims(DataType type) => claims;

    /// <inheritdoc/>
    public override INode CreateNode(INodeContext context) => createNode(context);

    /// <inheritdoc/>
    public override IClient CreateClient(IEndpoint endpoint) => createClient(endpoint);
}
