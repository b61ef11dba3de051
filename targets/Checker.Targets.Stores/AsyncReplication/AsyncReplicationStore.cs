using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Deployments;
using Checker.Targets.Stores.Replication;

namespace Checker.Targets.Stores.AsyncReplication;

/// <summary>
/// Primary-backup replication in which the replicas lag behind, as in the default replication of most databases. Its session guarantees
/// are those
/// of Terry et al. (1994).
/// </summary>
public sealed class AsyncReplicationStore : INodeTarget
{
    /// <inheritdoc/>
    public string Name => "async-replication";

    /// <inheritdoc/>
    public string Summary => "a fixed primary that acknowledges at once, replicas lag; eventual, stale reads at replicas";

    /// <inheritdoc/>
    public string Protocol =>
        """
        The first node is the primary, for good. It appends every write and cas to its log, syncs, applies and answers; then it sends the
        entry to the replicas, which append in order, sync and apply. The primary repeats what a replica has not reported.
        A node answers reads from what it has applied.

        Reads at replicas are stale while an entry is on its way, and for as long as a replica is cut off: this is not linearizable. Every
        replica goes through the primary's states in order and gets there in the end: eventual.
        A sticky client reads at one node only, so it never goes back in time (monotonic-reads), and what it sees is always a state the
        primary once
        had, so writes are seen in their order and after what their writer had read (monotonic-writes, writes-follow-reads). It may miss
        its own writes.
        A roaming client reads at any node and may go back in time.
        Every answer says how far the node had applied the log. With guarantees=read-your-writes a client makes the nodes it reads at wait
        for its last write, with monotonic-reads for all it has read from, with all for both. A client that never goes back and sees its
        own writes fits its operations into the primary's one order: sequential. Writes stand in that order as they came in real time, and
        only reads may be late (real-time-causal). So does a sticky client with read-your-writes alone.
        With reads=primary there is one copy that counts, durable before anybody sees it: linearizable, also through crashes, because no
        replica ever takes over. What is given up is availability while the primary is away, and everything if its disk is lost.
        """;

    /// <inheritdoc/>
    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Kv, Histories.DataTypes.CasRegister, Histories.DataTypes.Register];

    /// <inheritdoc/>
    public IReadOnlyList<Function> Unsupported => [Function.Append, Function.Delete];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Settings =>
    [
        new("reads", "where clients read", "replica", ["replica", "primary"]),
        new("sessions", "whether a client that reads at replicas stays with one", "sticky", ["sticky", "roaming"]),
        new("guarantees", "what a replica must have applied before it answers a client", "none", ["none", "read-your-writes", "monotonic-reads", "all"]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PlantedBug> Bugs =>
    [
        new("no-catch-up", "the primary sends every entry once: a replica that misses one stays behind for ever", ["eventual"], ["partition"]),
    ];

    /// <inheritdoc/>
    public Deployment Configure(DeploymentOptions options)
    {
        var reader = new SettingReader(this, options);
        var readsAt = reader.Text("reads") == "primary" ? ReadsAt.Primary : reader.Text("sessions") == "sticky" ? ReadsAt.OwnNode : ReadsAt.AnyNode;
        var guarantees = reader.Text("guarantees") switch
        {
            "read-your-writes" => SessionGuarantees.ReadYourWrites,
            "monotonic-reads" => SessionGuarantees.MonotonicReads,
            "all" => SessionGuarantees.All,
            _ => SessionGuarantees.None,
        };
        return new StoreDeployment(
            options.Nodes,
            [
                typeof(Request), typeof(Answer), typeof(ReadAfter), typeof(AnswerAt), typeof(Redirect), typeof(Probe), typeof(CopyLog), typeof(LogCopied),
                typeof(Command),
            ],
            Claims(readsAt, guarantees),
            context => new AsyncReplicationNode(context, repeats: !reader.Has("no-catch-up")),
            endpoint => new AsyncReplicationClient(endpoint, readsAt, guarantees));
    }

    private static IReadOnlyList<string> Claims(ReadsAt readsAt, SessionGuarantees guarantees)
    {
        if (readsAt == ReadsAt.Primary) return ["linearizable"];
        var isMonotonic = readsAt == ReadsAt.OwnNode || guarantees.HasFlag(SessionGuarantees.MonotonicReads);
        return (guarantees.HasFlag(SessionGuarantees.ReadYourWrites), isMonotonic) switch
        {
            (true, true) => ["sequential", "real-time-causal", "eventual"],
            (true, false) => ["read-your-writes", "monotonic-writes", "writes-follow-reads", "eventual"],
            (false, true) => ["monotonic-reads", "monotonic-writes", "writes-follow-reads", "eventual"],
            _ => ["monotonic-writes", "writes-follow-reads", "eventual"],
        };
    }
}
