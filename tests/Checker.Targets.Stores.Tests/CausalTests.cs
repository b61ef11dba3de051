using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Stores.Causal;
using Checker.Targets.Stores.Tests.Pumps;

namespace Checker.Targets.Stores.Tests;

public sealed class CausalTests
{
    private static Pump Start(string? bug = null, params (string Name, string Value)[] settings) => new(
        new CausalStore(), 3, bug is null ? null : [bug], settings);

    [Fact]
    public void Writes_on_both_sides_of_a_cut_and_agrees_when_it_heals()
    {
        var pump = Start();
        pump.CutNodes(0, 1);
        pump.CutNodes(0, 2);
        var first = pump.OpenClient(0);
        var second = pump.OpenClient(1);
        Assert.Equal(OperationType.Ok, pump.Write(first, 1));
        Assert.Equal(OperationType.Ok, pump.Write(second, 2));
        Assert.Equal(1L, pump.Read(first).AsInteger());
        pump.Heal();
        pump.RunSeconds(0.5);
        Assert.Equal(pump.Read(second), pump.Read(first));
    }

    [Fact]
    public void An_update_waits_for_what_it_depends_on()
    {
        Assert.True(ReadBehindACut(null).IsNull);
        Assert.Equal(2L, ReadBehindACut("no-dependency-check").AsInteger());
    }

    [Fact]
    public void An_acknowledged_write_survives_a_power_loss()
    {
        var pump = Start();
        var client = pump.OpenClient(0);
        pump.CutNodes(0, 1);
        pump.CutNodes(0, 2);
        pump.Write(client, 1);
        pump.Kill(0, powerLoss: true);
        pump.Restart(0);
        Assert.Equal(1L, pump.Read(client).AsInteger());
        pump.Heal();
        pump.RunSeconds(0.5);
        Assert.Equal(1L, pump.Read(pump.OpenClient(1)).AsInteger());
    }

    [Fact]
    public void Siblings_are_kept_until_a_write_knows_them()
    {
        var pump = Start(null, ("conflicts", "siblings"));
        var (first, second) = (pump.OpenClient(0), pump.OpenClient(1));
        pump.CutNodes(0, 1);
        pump.Write(first, 1);
        pump.Write(second, 2);
        pump.Heal();
        pump.RunSeconds(0.5);
        Assert.Equal([1L, 2L], Enumerable.Range(0, 40).Select(_ => pump.Read(first).AsInteger()).Distinct().Order());
        pump.Write(first, 3);
        pump.RunSeconds(0.5);
        foreach (var client in new[] { first, second }) Assert.Equal([3L], Enumerable.Range(0, 10).Select(_ => pump.Read(client).AsInteger()).Distinct());
    }

    // The third node cannot hear the first, but hears the second, whose write came after the first's.
    private static Value ReadBehindACut(string? bug)
    {
        var pump = Start(bug);
        pump.CutNodes(0, 2);
        pump.Write(pump.OpenClient(0), 1);
        pump.RunSeconds(0.2);
        pump.Write(pump.OpenClient(1), 2);
        pump.RunSeconds(0.2);
        return pump.Read(pump.OpenClient(2));
    }
}
