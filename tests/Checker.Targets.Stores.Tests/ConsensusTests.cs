using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;
using Checker.Targets.Stores.Consensus;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

public sealed class ConsensusTests
{
    private static Pump Start(int nodes, params string[] bugs)
    {
        var pump = new Pump(new ConsensusStore(), nodes, bugs);
        pump.RunSeconds(1);
        return pump;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Elects_one_leader_and_serves(int nodes)
    {
        var pump = Start(nodes);
        Assert.Single(pump.Primaries);
        var client = pump.OpenClient(0);
        Assert.True(pump.Read(client).IsNull);
        Assert.Equal(OperationType.Ok, pump.Write(client, 1));
        Assert.Equal(1L, pump.Read(client).AsInteger());
        Assert.Equal(OperationType.Ok, pump.Invoke(client, Function.Cas, Value.List(1, 2)).Type);
        Assert.Equal("cas-mismatch", pump.Invoke(client, Function.Cas, Value.List(1, 3)).Error);
        Assert.Equal(2L, pump.Read(pump.OpenClient(1)).AsInteger());
    }

    [Fact]
    public void Reads_through_the_log_see_the_latest_write()
    {
        var pump = new Pump(new ConsensusStore(), 3, null, ("reads", "log"));
        pump.RunSeconds(1);
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        Assert.Equal(1L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void Acknowledged_writes_survive_one_leader_after_another()
    {
        var pump = Start(3);
        var client = pump.OpenClient(0);
        for (var value = 1; value <= 6; value++)
        {
            Assert.Equal(OperationType.Ok, pump.Write(client, value));
            var leader = pump.Primaries[0];
            pump.Kill(leader, powerLoss: true);
            pump.RunSeconds(1);
            Assert.Equal((long)value, pump.Read(client).AsInteger());
            pump.Restart(leader);
            pump.RunSeconds(0.3);
        }
    }

    [Fact]
    public void A_deposed_leader_answers_no_read_unless_the_bug_is_planted()
    {
        foreach (var bugs in new[] { Array.Empty<string>(), ["stale-read"] })
        {
            var pump = Start(3, bugs);
            var behind = pump.OpenClient(0);
            Assert.Equal(OperationType.Ok, pump.Write(behind, 1));
            var deposed = pump.Primaries[0];
            for (var node = 0; node < 3; node++)
            {
                if (node == deposed) continue;
                pump.CutNodes(deposed, node);
                pump.CutClient(0, node);
            }

            pump.RunSeconds(1);
            Assert.Contains(deposed, pump.Primaries);
            var ahead = pump.OpenClient(1);
            pump.CutClient(1, deposed);
            Assert.Equal(OperationType.Ok, pump.Write(ahead, 2));
            var read = pump.Invoke(behind, Function.Read);
            if (bugs.Length == 0) Assert.Equal((OperationType.Fail, "timeout"), (read.Type, read.Error));
            else Assert.Equal((OperationType.Ok, (Value)1L), (read.Type, read.Value));
        }
    }

    [Fact]
    public void Entries_of_a_deposed_leader_that_were_not_committed_are_overwritten()
    {
        var pump = Start(3);
        var deposed = pump.Primaries[0];
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        for (var node = 0; node < 3; node++) pump.CutNodes(deposed, node);
        for (var node = 0; node < 3; node++)
        {
            if (node != deposed) pump.CutClient(0, node);
        }

        Assert.Equal(OperationType.Info, pump.Write(client, 2));
        var other = pump.OpenClient(1);
        pump.CutClient(1, deposed);
        Assert.Equal(OperationType.Ok, pump.Write(other, 3));
        pump.Heal();
        pump.RunSeconds(1);
        Assert.Equal(3L, pump.Read(client).AsInteger());
        pump.Kill(pump.Primaries[0]);
        pump.RunSeconds(1);
        Assert.Equal(3L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_command_that_two_leaders_took_in_takes_effect_once_unless_the_bug_is_planted()
    {
        foreach (var (bugs, expected) in new[] { (Array.Empty<string>(), 2L), (["apply-twice"], 1L) })
        {
            var pump = Start(3, bugs);
            var first = pump.OpenClient(0);
            pump.Write(first, 0);

            // The answer is lost, another client writes, and the leader dies: the next leader gets the same request again.
            pump.Holds = static (_, to, message) => to == EndpointId.Client(0) && message is Answer;
            var write = Pump.Begin(first, Function.Write, 1);
            pump.RunSeconds(0.02);
            Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(1), 2));
            pump.Kill(pump.Primaries[0]);
            pump.Holds = static (_, _, _) => false;
            pump.RunSeconds(0.97);
            Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
            Assert.Equal(expected, pump.Read(pump.OpenClient(2)).AsInteger());
        }
    }

    [Fact]
    public void A_node_votes_once_in_a_term_also_across_a_crash_unless_the_bug_is_planted()
    {
        foreach (var (bugs, expected) in new[] { (Array.Empty<string>(), 1), (["vote-without-persisting"], 2) })
        {
            var pump = new Pump(new ConsensusStore(), 3, bugs);
            pump.Kill(1);
            pump.Kill(2);
            var votes = 0;
            pump.Delivered = (_, _, message) => votes += message is Vote { Granted: true } ? 1 : 0;
            pump.Deliver(EndpointId.Node(1), EndpointId.Node(0), new RequestVote(5, 0, 0));
            pump.RunSeconds(0.01);
            pump.Kill(0, powerLoss: true);
            pump.Restart(0);
            pump.Deliver(EndpointId.Node(2), EndpointId.Node(0), new RequestVote(5, 0, 0));
            pump.RunSeconds(0.01);
            Assert.Equal(expected, votes);
        }
    }

    [Fact]
    public void No_vote_goes_to_a_candidate_with_an_older_log()
    {
        var pump = Start(3);
        pump.Write(pump.OpenClient(0), 1);
        var granted = 0;
        pump.Delivered = (_, _, message) => granted += message is Vote { Granted: true } ? 1 : 0;
        pump.Deliver(EndpointId.Node(1), EndpointId.Node(0), new RequestVote(1000, 100, 0));
        pump.Deliver(EndpointId.Node(1), EndpointId.Node(2), new RequestVote(1000, 0, 0));
        pump.Run(5 * Pump.Millisecond);
        Assert.Equal(0, granted);
    }

    [Fact]
    public void A_new_leader_skips_a_whole_term_of_conflicting_entries_at_once()
    {
        var pump = new Pump(new ConsensusStore(), 3);
        for (var node = 1; node < 3; node++) pump.Kill(node);
        var follower = EndpointId.Node(0);
        LogEntry Entry(long term) => new(term, new Command(-1, term, Function.Write, default, term));
        pump.Deliver(EndpointId.Node(1), follower, new AppendEntries(1, 1, 0, 0, [Entry(1), Entry(1)], 0));
        pump.Deliver(EndpointId.Node(1), follower, new AppendEntries(2, 1, 2, 1, [Entry(2), Entry(2), Entry(2)], 0));
        var results = new List<AppendResult>();
        pump.Delivered = (_, _, message) =>
        {
            if (message is AppendResult result) results.Add(result);
        };
        pump.Deliver(EndpointId.Node(2), follower, new AppendEntries(4, 1, 5, 3, [], 0));
        pump.Run(5 * Pump.Millisecond);
        Assert.Contains(results, static r => r is { Term: 4, Matches: false, Length: 2 });
    }

    [Fact]
    public void A_leader_commits_no_entry_of_an_older_term_by_counting_unless_the_bug_is_planted()
    {
        foreach (var (bugs, expected) in new[] { (Array.Empty<string>(), 0), (["commit-old-term"], 1) })
        {
            var pump = new Pump(new ConsensusStore(), 5, bugs);
            for (var node = 1; node < 5; node++) pump.Kill(node);
            var leader = EndpointId.Node(0);
            pump.Deliver(EndpointId.Node(1), leader, new AppendEntries(2, 1, 0, 0, [new LogEntry(2, new Command(-1, 1, Function.Write, default, 7))], 0));
            var term = 0L;
            var committed = 0;
            pump.Delivered = (_, _, message) =>
            {
                if (message is RequestVote request) term = request.Term;
                if (message is AppendEntries append) committed = Math.Max(committed, append.Committed);
            };

            // Figure 8 (c): elected by three, the node finds its old entry at two others and nothing of its own term anywhere.
            pump.RunSeconds(0.35);
            pump.Deliver(EndpointId.Node(1), leader, new Vote(term, true));
            pump.Deliver(EndpointId.Node(2), leader, new Vote(term, true));
            Assert.Equal([0], pump.Primaries);
            pump.Deliver(EndpointId.Node(1), leader, new AppendResult(term, 1, true, 1));
            pump.Deliver(EndpointId.Node(2), leader, new AppendResult(term, 1, true, 1));
            pump.RunSeconds(0.1);
            Assert.Equal(expected, committed);
        }
    }

    [Fact]
    public void Acknowledging_before_commit_loses_writes_with_their_leader()
    {
        var pump = Start(3, "ack-before-commit");
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        var leader = pump.Primaries[0];
        for (var node = 0; node < 3; node++) pump.CutNodes(leader, node);
        Assert.Equal(OperationType.Ok, pump.Write(client, 2));
        pump.Kill(leader);
        pump.RunSeconds(1);
        Assert.Equal(1L, pump.Read(client).AsInteger());
    }
}
