using Checker.Targets.Nodes;
using Checker.Targets.Stores.AsyncReplication;
using Checker.Targets.Stores.Causal;
using Checker.Targets.Stores.Consensus;
using Checker.Targets.Stores.Quorum;
using Checker.Targets.Stores.SyncReplication;

namespace Checker.Targets.Stores;

/// <summary>The bundled stores.</summary>
public static class StoreCatalogue
{
    /// <summary>All of them, in the order of <c>checker list targets</c>.</summary>
    public static IReadOnlyList<INodeTarget> All { get; } =
        [new SyncReplicationStore(), new AsyncReplicationStore(), new QuorumStore(), new ConsensusStore(), new CausalStore()];

    /// <summary>The store of that name, or null.</summary>
    public static INodeTarget? Find(string name) => All.FirstOrDefault(store => store.Name == name);
}
