using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Deployments;

namespace Checker.Targets.Stores.Causal;

/// <summary>
/// Causal replication by vectors of dependencies: Ahamad, Neiger, Burns, Kohli and Hutto, "Causal memory" (1995); last writer wins as in
/// COPS (Lloyd, Freedman, Kaminsky and Andersen, 2011).
/// </summary>
public sealed class CausalStore : INodeTarget
{
    /// <inheritdoc/>
    public string Name => "causal";

    /// <inheritdoc/>
    public string Summary => "every node answers alone, updates wait for what they depend on; causal, available on both sides of a cut";

    /// <inheritdoc/>
    public string Protocol =>
        """
        Every node takes reads and writes without asking another. A write becomes an update with the number of updates of each node that
        its node had applied; the node appends it to its log, syncs, shows it, answers and sends it to the others, again until they report
        it. A node applies an update of another once it has applied the updates before it of the same origin and all it depends on.

        With conflicts=arrival the update applied last stays: each node runs through all updates in an order of its own that keeps
        causality (causal-memory), but two nodes may keep different values for ever. With conflicts=last-writer-wins the update with
        the greatest Lamport time stays, ties broken by the node: an order common to all nodes that keeps causality (causal-convergence).
        With conflicts=siblings a node keeps all updates of a key that do not know of each other, as Dynamo and Riak do, and a read returns any
        of them: what it depends on has been overwritten for nobody, but a client may see two concurrent writes in one order and then in
        the other (causal).
        This holds for sticky clients, which would rather fail than ask another node. A roaming client may meet a node that
        lacks what it has read or written: nothing is claimed; but one that roams for its reads only still has its writes applied in their
        order everywhere (monotonic-writes). There is no cas: it needs agreement.
        """;

    /// <inheritdoc/>
    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Kv, Histories.DataTypes.Register];

    /// <inheritdoc/>
    public IReadOnlyList<Function> Unsupported => [Function.Cas, Function.Append, Function.Delete];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Settings =>
    [
        new(
            "conflicts",
            "which of two concurrent writes stays (siblings: both, and a read returns either)",
            "last-writer-wins",
            ["last-writer-wins", "arrival", "siblings"]),
        new("sessions", "whether a client stays with its node", "sticky", ["sticky", "roaming-reads", "roaming"]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PlantedBug> Bugs =>
    [
        new(
            "no-dependency-check",
            "an update is applied when it arrives, in the order of its origin only, though what it depends on is missing",
            ["causal", "causal-convergence", "causal-memory"],
            ["partition"]),
    ];

    /// <inheritdoc/>
    public Deployment Configure(DeploymentOptions options)
    {
        var reader = new SettingReader(this, options);
        var sessions = reader.Text("sessions") switch
        {
            "roaming" => CausalSessions.Roaming,
            "roaming-reads" => CausalSessions.RoamingReads,
            _ => CausalSessions.Sticky,
        };
        var conflicts = reader.Text("conflicts") switch
        {
            "arrival" => Conflicts.Arrival,
            "siblings" => Conflicts.Siblings,
            _ => Conflicts.LastWriterWins,
        };
        var causal = new CausalOptions(conflicts, !reader.Has("no-dependency-check"));
        return new StoreDeployment(
            options.Nodes,
            [typeof(Request), typeof(Answer), typeof(Updates), typeof(UpdatesHeld), typeof(Update)],
            Claims(sessions, conflicts),
            context => new CausalNode(context, causal),
            endpoint => new CausalClient(endpoint, sessions));
    }

    // All nodes come to hold all updates. Where the last writer wins they then hold the same values, whoever asks.
    private static IReadOnlyList<string> Claims(CausalSessions sessions, Conflicts conflicts) => (sessions, conflicts) switch
    {
        (CausalSessions.Sticky, Conflicts.LastWriterWins) => ["causal-convergence", "eventual"],
        (CausalSessions.Sticky, Conflicts.Arrival) => ["causal-memory"],
        (CausalSessions.Sticky, _) => ["causal"],
        (CausalSessions.RoamingReads, Conflicts.LastWriterWins) => ["monotonic-writes", "eventual"],
        (CausalSessions.RoamingReads, Conflicts.Arrival) => ["monotonic-writes"],
        (_, Conflicts.LastWriterWins) => ["eventual"],
        _ => [],
    };
}
