using Checker.Histories;
using Checker.Targets.Stores.Replication;
using Checker.Targets.Stores.SyncReplication;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

public sealed class SyncReplicationTests
{
    private static Pump Start(params string[] bugs) => new(new SyncReplicationStore(), 3, bugs);

    [Fact]
    public void Reads_what_was_written_at_every_node()
    {
        var pump = Start();
        var clients = Enumerable.Range(0, 3).Select(pump.OpenClient).ToArray();
        Assert.True(pump.Read(clients[1]).IsNull);
        Assert.Equal(OperationType.Ok, pump.Write(clients[0], 1));
        foreach (var client in clients) Assert.Equal(1L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void Cas_succeeds_on_the_value_it_expects_and_fails_on_another()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        Assert.Equal(OperationType.Ok, pump.Invoke(client, Function.Cas, Histories.Values.Value.List(1, 2)).Type);
        var mismatch = pump.Invoke(client, Function.Cas, Histories.Values.Value.List(1, 3));
        Assert.Equal((OperationType.Fail, "cas-mismatch"), (mismatch.Type, mismatch.Error));
        Assert.Equal(2L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_write_is_unknown_while_a_replica_is_cut_off_and_takes_effect_after_healing()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.Isolate(2);
        var completion = pump.Invoke(client, Function.Write, 1);
        Assert.Equal((OperationType.Info, "timeout"), (completion.Type, completion.Error));
        Assert.True(pump.Read(client).IsNull);
        pump.Heal();
        pump.RunSeconds(1);
        Assert.Equal(1L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_write_certainly_fails_once_the_primary_has_missed_a_replica_and_no_late_copy_makes_it_happen()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        Clients.Request? copy = null;
        pump.Isolate(2);
        pump.RunSeconds(0.3);
        pump.Delivered = (_, _, message) => copy ??= message as Clients.Request;
        var completion = pump.Invoke(client, Function.Write, 1);
        Assert.Equal((OperationType.Fail, "a replica is away"), (completion.Type, completion.Error));
        pump.Heal();
        pump.Kill(0, powerLoss: true);
        pump.Restart(0);
        pump.RunSeconds(0.3);
        pump.Deliver(EndpointId.Client(0), EndpointId.Node(0), copy!);
        pump.RunSeconds(0.3);
        Assert.True(pump.Read(client).IsNull);
        Assert.Equal(OperationType.Ok, pump.Write(client, 2));
    }

    [Fact]
    public void A_write_that_stands_in_the_log_is_not_refused_after_a_restart()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.Isolate(2);
        var write = Pump.Begin(client, Function.Write, 1);
        pump.RunSeconds(0.1);
        pump.Kill(0, powerLoss: true);
        pump.Restart(0);
        pump.RunSeconds(0.6);
        pump.Heal();
        pump.RunSeconds(0.25);
        Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
        Assert.Equal(1L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_replica_with_an_uncommitted_write_sends_its_reader_to_the_primary()
    {
        var pump = Start();
        var writer = pump.OpenClient(0);
        var reader = pump.OpenClient(1);
        pump.Write(writer, 1);
        pump.CutNodes(0, 2);
        var write = Pump.Begin(writer, Function.Write, 2);
        pump.RunSeconds(0.1);
        Assert.Equal(1L, pump.Read(reader).AsInteger());
        pump.Heal();
        pump.RunSeconds(0.1);
        Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
        Assert.Equal(2L, pump.Read(reader).AsInteger());
    }

    [Fact]
    public void A_restarted_primary_answers_no_read_before_its_log_is_committed_again()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        pump.Kill(0);
        pump.CutNodes(0, 1);
        pump.Restart(0);
        pump.CutClient(0, 1);
        pump.CutClient(0, 2);
        var read = pump.Invoke(client, Function.Read);
        Assert.Equal((OperationType.Fail, "timeout"), (read.Type, read.Error));
        pump.Heal();
        Assert.Equal(1L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void Acknowledged_writes_survive_a_power_loss_of_all_nodes()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        for (var value = 1; value <= 5; value++) Assert.Equal(OperationType.Ok, pump.Write(client, value));
        for (var node = 0; node < 3; node++) pump.Kill(node, powerLoss: true);
        for (var node = 0; node < 3; node++) pump.Restart(node);
        Assert.Equal(5L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_request_that_is_asked_again_takes_effect_once()
    {
        var pump = Start();
        var first = pump.OpenClient(0);
        var second = pump.OpenClient(1);

        // The first answer is lost: the client asks again after its patience, and another client has written in between.
        pump.Holds = static (_, to, message) => to == EndpointId.Client(0) && message is Clients.Answer;
        var write = Pump.Begin(first, Function.Write, 1);
        pump.RunSeconds(0.1);
        Assert.Equal(OperationType.Ok, pump.Write(second, 2));
        pump.Holds = static (_, _, _) => false;
        pump.RunSeconds(0.5);
        Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
        Assert.Equal(2L, pump.Read(second).AsInteger());
    }

    [Fact]
    public void A_replica_that_comes_back_from_nothing_but_its_disk_catches_up()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.Write(client, 1);
        pump.Kill(2, powerLoss: true);
        var write = Pump.Begin(client, Function.Write, 2);
        pump.RunSeconds(0.2);
        Assert.False(write.IsCompleted);
        pump.Restart(2);
        pump.RunSeconds(0.2);
        Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
    }

    [Fact]
    public void A_piece_of_the_log_that_would_leave_a_gap_is_not_taken()
    {
        var pump = Start();
        var reports = new List<int>();
        pump.Delivered = (_, _, message) =>
        {
            if (message is LogCopied copied) reports.Add(copied.Length);
        };
        var command = new Commands.Command(-1, 1, Function.Write, default, 9);
        pump.Deliver(EndpointId.Node(0), EndpointId.Node(1), new CopyLog(3, [command], 4));
        pump.Run(2 * Pump.Millisecond);
        Assert.NotEmpty(reports);
        Assert.All(reports, static length => Assert.Equal(0, length));
    }

    [Fact]
    public void Acknowledging_early_shows_an_old_value_at_a_replica_that_is_cut_off()
    {
        var pump = Start("acknowledge-early");
        var writer = pump.OpenClient(0);
        pump.CutNodes(0, 1);
        Assert.Equal(OperationType.Ok, pump.Write(writer, 1));
        Assert.True(pump.Read(pump.OpenClient(1)).IsNull);
    }

    [Fact]
    public void Reading_from_a_replica_shows_an_old_value_that_is_no_longer_committed()
    {
        var pump = Start("read-from-replica");
        pump.Holds = static (_, to, message) => to == EndpointId.Node(1) && message is CopyLog { Entries.Count: 0 };
        Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(0), 1));
        Assert.True(pump.Read(pump.OpenClient(1)).IsNull);
    }
}
