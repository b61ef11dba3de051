using Checker.Histories;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Quorum;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

public sealed class QuorumTests
{
    private static Pump Start(int nodes, params string[] bugs)
    {
        var pump = new Pump(new QuorumStore(), nodes, bugs);
        pump.RunSeconds(0.01);
        return pump;
    }

    [Fact]
    public void A_write_at_one_coordinator_is_read_at_every_other()
    {
        var pump = Start(5);
        Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(0), 1));
        for (var thread = 0; thread < 5; thread++) Assert.Equal(1L, pump.Read(pump.OpenClient(thread)).AsInteger());
    }

    [Fact]
    public void A_minority_may_be_away()
    {
        var pump = Start(5);
        var client = pump.OpenClient(0);
        pump.Kill(3);
        pump.Kill(4);
        Assert.Equal(OperationType.Ok, pump.Write(client, 1));
        Assert.Equal(1L, pump.Read(client).AsInteger());
        pump.Kill(2);
        Assert.Equal(OperationType.Fail, pump.Invoke(client, Function.Read).Type);
        Assert.Equal(OperationType.Info, pump.Write(client, 2));
    }

    [Fact]
    public void A_write_that_no_coordinator_took_certainly_failed()
    {
        var pump = Start(3);
        for (var node = 0; node < 3; node++) pump.Kill(node);
        Assert.Equal(OperationType.Fail, pump.Write(pump.OpenClient(0), 1));
    }

    [Fact]
    public void What_one_client_has_read_no_later_client_misses()
    {
        var pump = Start(5);
        LeaveValueAtOneNode(pump);
        Assert.Equal(2L, pump.Read(pump.OpenClient(1)).AsInteger());
        pump.Isolate(0);
        pump.Isolate(1);
        Assert.Equal(2L, pump.Read(pump.OpenClient(2)).AsInteger());
    }

    [Fact]
    public void Without_write_back_a_later_client_misses_what_an_earlier_one_has_read()
    {
        var pump = Start(5, "no-write-back");
        LeaveValueAtOneNode(pump);
        pump.Holds = static (_, _, message) => message is Store;
        Assert.Equal(2L, pump.Read(pump.OpenClient(1)).AsInteger());
        pump.Isolate(0);
        pump.Isolate(1);
        Assert.Equal(1L, pump.Read(pump.OpenClient(2)).AsInteger());
    }

    [Fact]
    public void Acknowledged_writes_survive_a_power_loss_of_all_nodes()
    {
        var pump = Start(3);
        WriteAndLosePower(pump);
        Assert.Equal(1L, pump.Read(pump.OpenClient(1)).AsInteger());
    }

    [Fact]
    public void Volatile_nodes_lose_acknowledged_writes_with_their_power()
    {
        var pump = Start(3, "volatile");
        WriteAndLosePower(pump);
        Assert.True(pump.Read(pump.OpenClient(1)).IsNull);
    }

    [Fact]
    public void Clock_timestamps_lose_a_write_of_a_node_whose_clock_is_slow()
    {
        foreach (var (bugs, expected) in new[] { (Array.Empty<string>(), 2L), (["clock-timestamps"], 1L) })
        {
            var pump = Start(3, bugs);
            pump.JumpClock(1, -50_000_000);
            Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(0), 1));
            Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(1), 2));
            Assert.Equal(expected, pump.Read(pump.OpenClient(2)).AsInteger());
        }
    }

    [Fact]
    public void A_late_copy_of_a_write_is_refused_by_a_coordinator_that_has_restarted()
    {
        var pump = Start(3);
        var client = pump.OpenClient(0);
        WriteRequest? copy = null;
        pump.Delivered = (_, _, message) => copy ??= message as WriteRequest;
        pump.Write(client, 1);
        pump.Write(client, 2);
        pump.Kill(0);
        pump.Restart(0);
        pump.RunSeconds(0.01);
        pump.Deliver(EndpointId.Client(0), EndpointId.Node(0), copy!);
        pump.RunSeconds(0.1);
        Assert.Equal(1L, copy!.Request.Value.AsInteger());
        Assert.Equal(2L, pump.Read(client).AsInteger());
    }

    [Fact]
    public void A_repeated_write_takes_effect_once()
    {
        var pump = Start(3);
        pump.Holds = static (_, to, message) => to == EndpointId.Client(0) && message is Answer;
        var write = Pump.Begin(pump.OpenClient(0), Function.Write, 1);
        pump.RunSeconds(0.1);
        var other = pump.OpenClient(1);
        pump.Write(other, 2);
        pump.Holds = static (_, _, _) => false;
        pump.RunSeconds(0.5);
        Assert.Equal(OperationType.Ok, Pump.Outcome(write).Type);
        Assert.Equal(2L, pump.Read(other).AsInteger());
    }

    [Fact]
    public void Offers_no_cas()
    {
        var pump = Start(3);
        var completion = pump.Invoke(pump.OpenClient(0), Function.Cas, Histories.Values.Value.List(1, 2));
        Assert.Equal(OperationType.Fail, completion.Type);
        Assert.Contains(Function.Cas, ((ITarget)new QuorumStore()).Unsupported);
    }

    [Fact]
    public void Quorums_that_do_not_meet_claim_nothing()
    {
        Deployment Configure(string reads, string writes) => new QuorumStore().Configure(
            new DeploymentOptions(5, new Dictionary<string, string> { ["read-quorum"] = reads, ["write-quorum"] = writes }, []));
        Assert.Equal(["linearizable"], Configure("1", "5").Claims(DataTypes.Register));
        Assert.Empty(Configure("2", "3").Claims(DataTypes.Register));
        Assert.Throws<ArgumentException>(() => Configure("6", "1"));
        Assert.Throws<ArgumentException>(() => Configure("none", "1"));
    }

    private static void LeaveValueAtOneNode(Pump pump)
    {
        pump.Write(pump.OpenClient(0), 1);
        pump.RunSeconds(0.1);
        pump.Holds = static (_, to, message) => message is Store && to != EndpointId.Node(0);
        var write = Pump.Begin(pump.OpenClient(0), Function.Write, 2);
        pump.RunSeconds(2);
        Assert.Equal(OperationType.Info, Pump.Outcome(write).Type);

        // The next coordinator's quorum has the one node that holds the value.
        pump.Holds = static (_, _, _) => false;
        pump.CutNodes(1, 3);
        pump.CutNodes(1, 4);
    }

    private static void WriteAndLosePower(Pump pump)
    {
        Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(0), 1));
        for (var node = 0; node < 3; node++) pump.Kill(node, powerLoss: true);
        for (var node = 0; node < 3; node++) pump.Restart(node);
    }
}
