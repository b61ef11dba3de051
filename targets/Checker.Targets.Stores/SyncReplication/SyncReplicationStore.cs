using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Deployments;
using Checker.Targets.Stores.Replication;

namespace Checker.Targets.Stores.SyncReplication;

/// <summary>
/// Primary-backup replication in which the primary waits for every replica (Alsberg and Day, 1976), with reads at any node by the rule of
/// CRAQ (Terrace and Freedman, 2009, section 2.3).
/// </summary>
public sealed class SyncReplicationStore : INodeTarget
{
    /// <inheritdoc/>
    public string Name => "sync-replication";

    /// <inheritdoc/>
    public string Summary => "a fixed primary that waits for every replica; linearizable, no writes while a replica is away";

    /// <inheritdoc/>
    public string Protocol =>
        """
        The first node is the primary, for good. It appends every write and cas to its log, syncs, and only then sends the entry to the
        replicas, which append in order, sync and report. An entry that is durable at every node is committed: it is applied, in log order,
        and its client is answered. The primary repeats what was not reported and tells the replicas how far the log is committed.
        A node answers a read from committed state, and a replica that holds an entry for the key which it does not know to be committed
        sends the reader to the primary. A restarted primary answers no read before everything in its log is committed again.

        It is linearizable: an entry takes effect when the primary commits it. By then every replica holds it, so from then on a replica
        either knows the entry as committed or sends the reader to the primary. Entries are never lost, since they are durable at the
        primary
        before anybody else hears of them, and applied once, since the log remembers each client's last request.
        The price: while one replica is cut off, down or paused, no write completes. Once the primary has missed a replica for 0.2 s it
        refuses
        new writes; it remembers on disk what it has refused, so that no late copy of the request makes it happen after all.
        """;

    /// <inheritdoc/>
    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Kv, Histories.DataTypes.CasRegister, Histories.DataTypes.Register];

    /// <inheritdoc/>
    public IReadOnlyList<Function> Unsupported => [Function.Append, Function.Delete];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Settings => [new("reads", "where clients read", "any", ["any", "primary"])];

    /// <inheritdoc/>
    public IReadOnlyList<PlantedBug> Bugs =>
    [
        new("acknowledge-early", "the primary acknowledges a write before the replicas have it", ["linearizable"], ["partition"]),
        new("read-from-replica", "replicas answer reads without asking about writes they hold but do not know to be committed", ["linearizable"], []),
        new(
            "empty-first",
            "the primary takes the old value away when a write begins and puts the new one in when it is committed: " +
                "a read in between finds nothing (safe, not regular)",
            ["linearizable", "regular"],
            []),
    ];

    /// <inheritdoc/>
    public Deployment Configure(DeploymentOptions options)
    {
        var reader = new SettingReader(this, options);
        var settings = new SyncReplicationOptions(reader.Has("acknowledge-early"), reader.Has("read-from-replica"), reader.Has("empty-first"));
        var readsAtPrimary = reader.Text("reads") == "primary";
        return new StoreDeployment(
            options.Nodes,
            [typeof(Request), typeof(Answer), typeof(Redirect), typeof(Probe), typeof(CopyLog), typeof(LogCopied), typeof(Command), typeof(Refusal)],
            ["linearizable"],
            context => new SyncReplicationNode(context, settings),
            endpoint => new SyncReplicationClient(endpoint, readsAtPrimary));
    }
}
