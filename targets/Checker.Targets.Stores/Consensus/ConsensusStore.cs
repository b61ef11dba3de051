using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Deployments;

namespace Checker.Targets.Stores.Consensus;

/// <summary>
/// Raft: Ongaro and Ousterhout, "In search of an understandable consensus algorithm" (2014); reads and client sessions as in Ongaro's
/// thesis
/// (2014), sections 6.3 and 6.4. Left out: snapshots, changes of membership, pre-vote.
/// </summary>
public sealed class ConsensusStore : INodeTarget
{
    /// <inheritdoc/>
    public string Name => "consensus";

    /// <inheritdoc/>
    public string Summary => "Raft: an elected leader replicates a log; linearizable while a majority is up";

    /// <inheritdoc/>
    public string Protocol =>
        """
        A node that hears from no leader for 150 to 300 ms stands for election in a new term; each node votes once in a term, and only for a
        candidate whose log is at least as up to date as its own. A majority makes a leader, which starts its term with an empty entry,
        appends
        the commands of clients and sends them on every 40 ms or sooner. A follower cuts what conflicts with the leader's log and appends
        the rest. Term, vote and log are on disk before a node answers. An entry of the leader's term that a majority holds is committed,
        and
        so is all before it; committed entries are applied in order and their clients are answered.
        A read waits until the leader has committed an entry in its term and, after the read has come, has heard from a majority that it
        still leads (read-index); with reads=log it goes through the log like a write.

        It is linearizable: two majorities meet, so a new leader's log has every committed entry, and a deposed leader can neither commit
        nor
        confirm a read. A client's request carries a number that the log remembers, so that asking again does not apply it twice.
        """;

    /// <inheritdoc/>
    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Kv, Histories.DataTypes.CasRegister, Histories.DataTypes.Register];

    /// <inheritdoc/>
    public IReadOnlyList<Function> Unsupported => [Function.Append, Function.Delete];

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Settings => [new("reads", "how the leader answers reads", "read-index", ["read-index", "log"])];

    /// <inheritdoc/>
    public IReadOnlyList<PlantedBug> Bugs =>
    [
        new("stale-read", "a leader answers reads without making sure that it still leads", ["linearizable"], ["partition"]),
        new("vote-without-persisting", "term and vote are forgotten in a crash, so a node can vote twice", ["linearizable"], ["partition", "kill"]),
        new(
            "commit-old-term",
            "a leader commits entries of earlier terms by counting, which a later leader may overwrite (figure 8; soonest with 3 nodes and a fault a second)",
            ["linearizable"],
            ["partition-primaries", "kill-primaries"]),
        new("ack-before-commit", "a leader answers writes that no other node may have", ["linearizable"], ["partition"]),
        new("apply-twice", "a request that was asked again is applied again", ["linearizable"], ["partition", "kill"]),
    ];

    /// <inheritdoc/>
    public Deployment Configure(DeploymentOptions options)
    {
        var reader = new SettingReader(this, options);
        var settings = new ConsensusOptions(
            reader.Text("reads") == "log",
            reader.Has("stale-read"),
            reader.Has("vote-without-persisting"),
            reader.Has("commit-old-term"),
            reader.Has("ack-before-commit"),
            reader.Has("apply-twice"));
        return new StoreDeployment(
            options.Nodes,
            [
                typeof(Request), typeof(Answer), typeof(Redirect), typeof(Probe), typeof(RequestVote), typeof(Vote), typeof(AppendEntries),
                typeof(AppendResult), typeof(LogEntry), typeof(Command), typeof(Ballot),
            ],
            ["linearizable"],
            context => new ConsensusNode(context, settings),
            endpoint => new ConsensusClient(endpoint));
    }
}
