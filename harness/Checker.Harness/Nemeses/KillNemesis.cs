using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>Kills nodes and, when it is healed, starts them again.</summary>
/// <param name="crash">What is lost with a node.</param>
/// <param name="scope">Which nodes.</param>
public sealed class KillNemesis(CrashKind crash, NodeScope scope) : INemesis
{
    /// <summary>The name of the family: <c>kill</c>, or <c>lose-unsynced-writes</c> for a power loss.</summary>
    public static string FamilyOf(CrashKind crash) => crash == CrashKind.Process ? "kill" : "lose-unsynced-writes";

    /// <inheritdoc/>
    public string Name => $"{FamilyOf(crash)}-{NodeScopes.NameOf(scope)}";

    /// <inheritdoc/>
    public string Summary =>
        (crash == CrashKind.Process ? "kills and restarts " : "takes the power, and with it every write that was not synced, from ")
        + NodeNemeses.Describe(scope);

    /// <inheritdoc/>
    public string Requires => "nodes that can be killed";

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => cluster is IKillable;

    /// <inheritdoc/>
    public ValueTask<Injection?> InjectAsync(NemesisContext context) =>
        NodeNemeses.InjectAsync(context, Name, scope, node => ((IKillable)context.Cluster).KillAsync(node, crash));
}

/// <summary>Pauses nodes: they stop without noticing, and go on when healed.</summary>
/// <param name="scope">Which nodes.</param>
public sealed class PauseNemesis(NodeScope scope) : INemesis
{
    /// <inheritdoc/>
    public string Name => $"pause-{NodeScopes.NameOf(scope)}";

    /// <inheritdoc/>
    public string Summary => "pauses and resumes " + NodeNemeses.Describe(scope);

    /// <inheritdoc/>
    public string Requires => "nodes that can be paused";

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => cluster is IPausable;

    /// <inheritdoc/>
    public ValueTask<Injection?> InjectAsync(NemesisContext context) =>
        NodeNemeses.InjectAsync(context, Name, scope, node => ((IPausable)context.Cluster).PauseAsync(node));
}

/// <summary>What faults of whole nodes have in common.</summary>
internal static class NodeNemeses
{
    public static string Describe(NodeScope scope) => scope switch
    {
        NodeScope.One => "one node",
        NodeScope.Minority => "a minority of the nodes",
        NodeScope.Majority => "a majority of the nodes",
        NodeScope.All => "all nodes",
        _ => "the nodes that believe themselves primary",
    };

    public static async ValueTask<Injection?> InjectAsync(
        NemesisContext context, string fault, NodeScope scope, Func<int, ValueTask<IFault>> inject)
    {
        var nodes = NodeScopes.Choose(scope, context);
        if (nodes.Count == 0) return null;
        var group = await FaultGroup.InjectAsync(nodes, inject);
        return new Injection(fault, NamesOf(nodes, context), group);
    }

    /// <summary>Nodes by name, as a list.</summary>
    public static Value NamesOf(IEnumerable<int> nodes, NemesisContext context) =>
        Value.List([.. nodes.Select(node => Value.String(context.NameOf(node)))]);
}
