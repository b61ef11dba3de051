using Checker.Histories;
using Checker.Targets.Stores.Quorum;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

/// <summary>Quorums whose keys have owners: never more than one write of a key is under way.</summary>
public sealed class QuorumOwnerTests
{
    [Fact]
    public void Any_client_writes_through_the_owner()
    {
        var pump = Start();
        for (var thread = 0; thread < 3; thread++)
        {
            Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(thread), thread + 1));
            Assert.Equal(thread + 1L, pump.Read(pump.OpenClient(thread + 10)).AsInteger());
        }
    }

    [Fact]
    public void A_second_write_waits_until_a_quorum_holds_the_first()
    {
        var pump = Start();
        var stored = Stored(pump);
        pump.Holds = static (_, _, message) => message is Stored;
        var first = Pump.Begin(pump.OpenClient(0), Function.Write, 1);
        pump.RunSeconds(0.1);
        var second = Pump.Begin(pump.OpenClient(1), Function.Write, 2);
        pump.RunSeconds(0.2);
        Assert.DoesNotContain(2, stored);
        pump.Release();
        pump.RunSeconds(0.5);
        Assert.Equal(OperationType.Ok, Pump.Outcome(first).Type);
        Assert.Equal(OperationType.Ok, Pump.Outcome(second).Type);
        Assert.Equal(2L, pump.Read(pump.OpenClient(2)).AsInteger());
    }

    [Fact]
    public void After_a_power_loss_the_owner_first_brings_its_last_write_to_a_quorum()
    {
        var pump = Start();
        var stored = Stored(pump);
        var owner = -1;
        pump.Holds = (from, _, message) =>
        {
            if (message is Store) owner = from.Ordinal;
            return message is Store;
        };
        var first = Pump.Begin(pump.OpenClient(0), Function.Write, 1);
        pump.RunSeconds(2);
        Assert.Equal(OperationType.Info, Pump.Outcome(first).Type);
        Assert.Empty(stored);
        pump.Holds = static (_, _, _) => false;
        pump.Kill(owner, powerLoss: true);
        pump.Restart(owner);
        pump.RunSeconds(0.1);
        Assert.Equal(OperationType.Ok, pump.Write(pump.OpenClient(1), 2));
        Assert.Equal([1, 1, 2, 2], stored);
        Assert.Equal(2L, pump.Read(pump.OpenClient(2)).AsInteger());
    }

    [Fact]
    public void Claims_what_it_keeps()
    {
        static IReadOnlyList<string> Claims(string writers, string writeBack) => new QuorumStore().Configure(
            new DeploymentOptions(5, new Dictionary<string, string> { ["writers"] = writers, ["write-back"] = writeBack }, [])).Claims(DataTypes.Register);
        Assert.Equal(["linearizable"], Claims("owner", "yes"));
        Assert.Equal(["2-atomic", "regular"], Claims("owner", "no"));
        Assert.Equal(["regular"], Claims("any", "no"));
    }

    private static Pump Start()
    {
        var pump = new Pump(new QuorumStore(), 3, null, ("writers", "owner"), ("write-back", "no"));
        pump.RunSeconds(0.01);
        return pump;
    }

    // The values that arrive at replicas other than the owner's, in order.
    private static List<long> Stored(Pump pump)
    {
        var stored = new List<long>();
        pump.Delivered = (_, _, message) =>
        {
            if (message is Store store) stored.Add(store.Content.Value.AsInteger());
        };
        return stored;
    }
}
