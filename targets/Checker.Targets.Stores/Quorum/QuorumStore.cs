using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Deployments;

namespace Checker.Targets.Stores.Quorum;

/// <summary>
/// Registers on quorums: Attiya, Bar-Noy and Dolev, "Sharing memory robustly in message-passing systems" (1995), with many writers as in
/// Lynch and Shvartsman (1997); with one writer and reads of one round as in Wei, Huang, Cao and Lu, "Almost strong consistency" (2015).
/// </summary>
public sealed class QuorumStore : INodeTarget
{
    /// <inheritdoc/>
    public string Name => "quorum";

    /// <inheritdoc/>
    public string Summary => "every node coordinates, majorities store; linearizable while any majority is up";

    /// <inheritdoc/>
    public string Protocol =>
        """
        Every node holds every key with its version: a counter and, to break ties, the writer. Any node coordinates what its clients ask.
        To write, the coordinator loads the key from R nodes, takes a counter above all it found, and stores the value at W nodes. To
        read, it
        loads the key from R nodes, picks the newest version and, unless W nodes are already known to hold it, stores it at W nodes before
        it answers (write-back). A node keeps the newest version it was sent, and answers for what is durable only.

        It is linearizable if R + W > N: every load meets every finished store, so a write comes after all writes and reads that finished
        before it, and a read returns nothing older than what an earlier read returned, because that was written back. Without
        write-back, a value that only a minority holds yet can be read by one client and then missed by the next.
        A write belongs to one boot of one coordinator and is never repeated elsewhere: it would get a second version. When the
        coordinator dies in between, nobody knows whether the write will be seen. There is no cas: quorums of registers cannot decide it.

        With write-back=no a read answers at once: it returns nothing older than the last write that had finished when it began, and may
        return one under way and then no longer (regular). With writers=owner one node, by the key's hash, coordinates all writes of a key,
        one after another: it has each in its own replica first, and begins the next when W nodes hold it, however long that takes. Without
        write-back a read is then at most one write behind (2-atomic; Wei, Huang, Cao and Lu, 2015).
        A node that missed a write learns of it only from the write-back of a read that met it. If R + W does not exceed N, a read may meet
        none who knows, for ever: nothing is claimed then, not even that all agree in the end.
        """;

    /// <inheritdoc/>
    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Kv, Histories.DataTypes.Register];

    /// <inheritdoc/>
    public IReadOnlyList<Function> Unsupported => [Function.Cas, Function.Append, Function.Delete];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Settings =>
    [
        new("read-quorum", "nodes asked by a read (R): a number, or majority", "majority", []),
        new("write-quorum", "nodes that must store a write (W): a number, or majority", "majority", []),
        new("write-back", "whether a read makes sure that W nodes hold what it returns", "yes", ["yes", "no"]),
        new("writers", "which node coordinates the writes of a key: any that a client asks, or its owner alone", "any", ["any", "owner"]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PlantedBug> Bugs =>
    [
        new(
            "no-write-back",
            "a read returns a value that no write quorum may hold; " +
                "unless set, R is half of the nodes and W just enough to meet it, so that more writes stay halfway",
            ["linearizable"],
            ["partition"]),
        new("small-quorum", "reads and writes ask half of the nodes at most, so that their quorums need not meet", ["linearizable"], ["partition"]),
        new("clock-timestamps", "versions are wall-clock times: a write of a node whose clock is slow is lost", ["linearizable"], ["clock"]),
        new("volatile", "nodes answer for a value before it is on disk, where it arrives once a second", ["linearizable"], ["lose-unsynced-writes"]),
    ];

    /// <inheritdoc/>
    public Deployment Configure(DeploymentOptions options)
    {
        var reader = new SettingReader(this, options);
        var nodes = options.Nodes;
        var majority = (nodes / 2) + 1;
        var half = Math.Max(1, nodes / 2);
        var isUneven = reader.Has("no-write-back");
        var reads = reader.Has("small-quorum") ? half : reader.Count("read-quorum", isUneven ? half : majority);
        var writes = reader.Has("small-quorum") ? half : reader.Count("write-quorum", isUneven ? nodes - half + 1 : majority);
        var hasOwners = reader.Text("writers") == "owner";
        var writesBack = reader.Text("write-back") == "yes";
        var settings = new QuorumOptions(
            reads, writes, writesBack && !reader.Has("no-write-back"), hasOwners, reader.Has("clock-timestamps"), reader.Has("volatile"));
        var meets = reader.Has("small-quorum") || reads + writes > nodes;
        return new StoreDeployment(
            nodes,
            [
                typeof(Request), typeof(Answer), typeof(Probe), typeof(Welcome), typeof(WriteRequest), typeof(Load), typeof(Loaded), typeof(Store),
                typeof(Stored), typeof(VersionedValue), typeof(Version), typeof(Boot),
            ],
            Claims(meets, writesBack, hasOwners),
            context => new QuorumNode(context, settings),
            endpoint => new QuorumClient(endpoint, hasOwners));
    }

    private static IReadOnlyList<string> Claims(bool meets, bool writesBack, bool hasOwners)
    {
        if (!meets) return [];
        if (writesBack) return ["linearizable"];
        return hasOwners ? ["2-atomic", "regular"] : ["regular"];
    }
}
