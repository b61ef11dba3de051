using Checker.Histories;
using Checker.Targets.Stores.AsyncReplication;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

public sealed class AsyncReplicationTests
{
    private static Pump Start(params (string Name, string Value)[] settings) => new(new AsyncReplicationStore(), 3, null, settings);

    [Fact]
    public void Acknowledges_at_once_and_shows_an_old_value_at_a_replica_that_is_cut_off()
    {
        var pump = Start();
        pump.CutNodes(0, 1);
        Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(0), 1));
        var reader = pump.OpenClient(1);
        Assert.True(pump.Read(reader).IsNull);
        pump.Heal();
        pump.RunSeconds(0.5);
        Assert.Equal(1L, pump.Read(reader).AsInteger());
    }

    [Fact]
    public void A_sticky_client_fails_to_read_rather_than_read_elsewhere()
    {
        var pump = Start();
        pump.Kill(1);
        var read = pump.Invoke(pump.OpenClient(1), Function.Read);
        Assert.Equal((OperationType.Fail, "timeout"), (read.Type, read.Error));
    }

    [Fact]
    public void A_roaming_client_finds_a_node_that_answers()
    {
        var pump = Start(("sessions", "roaming"));
        var client = pump.OpenClient(1);
        pump.Write(client, 1);
        pump.Kill(1);
        var values = Enumerable.Range(0, 10).Select(_ => pump.Invoke(client, Function.Read)).ToArray();
        Assert.Contains(values, static v => v.Type == OperationType.Ok);
    }

    [Fact]
    public void Reads_at_the_primary_see_every_acknowledged_write_also_after_a_power_loss()
    {
        var pump = Start(("reads", "primary"));
        var client = pump.OpenClient(1);
        pump.CutNodes(0, 1);
        pump.CutNodes(0, 2);
        for (var value = 1; value <= 3; value++)
        {
            Assert.Equal(OperationType.Ok, pump.Write(client, value));
            Assert.Equal((long)value, pump.Read(client).AsInteger());
            pump.Kill(0, powerLoss: true);
            pump.Restart(0);
            Assert.Equal((long)value, pump.Read(client).AsInteger());
        }
    }

    [Fact]
    public void A_replica_never_goes_back_through_a_power_loss()
    {
        var pump = Start();
        var writer = pump.OpenClient(0);
        var reader = pump.OpenClient(1);
        pump.Write(writer, 1);
        pump.RunSeconds(0.1);
        Assert.Equal(1L, pump.Read(reader).AsInteger());
        pump.Isolate(0);
        pump.Kill(1, powerLoss: true);
        pump.Restart(1);
        Assert.Equal(1L, pump.Read(reader).AsInteger());
    }

    [Fact]
    public void Claims_no_more_than_the_configuration_keeps()
    {
        var store = new AsyncReplicationStore();
        IReadOnlyList<string> Claims(string name, string value) =>
            store.Configure(new DeploymentOptions(3, new Dictionary<string, string> { [name] = value }, [])).Claims(DataTypes.Kv);
        Assert.Equal(["linearizable"], Claims("reads", "primary"));
        Assert.Equal(["monotonic-writes", "writes-follow-reads", "eventual"], Claims("sessions", "roaming"));
        Assert.DoesNotContain("read-your-writes", Claims("sessions", "sticky"));
    }
}
