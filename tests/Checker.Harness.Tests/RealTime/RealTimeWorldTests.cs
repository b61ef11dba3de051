using Checker.Harness.RealTime;
using Checker.Harness.Tests.Worlds;
using Checker.Harness.Worlds;
using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Stores;
using Xunit;

namespace Checker.Harness.Tests.RealTime;

public sealed class RealTimeWorldTests
{
    public static TheoryData<string> Stores => [.. StoreCatalogue.All.Select(static store => store.Name)];

    [Theory]
    [MemberData(nameof(Stores))]
    public void Bundled_stores_run_as_they_are_and_come_back_from_a_crash(string name)
    {
        var world = new RealTimeWorld(1);
        world.Run(async () =>
        {
            await using var cluster = world.Deploy(StoreCatalogue.Find(name)!.Configure(DeploymentOptions.Plain(3)));
            var clients = new[] { await cluster.OpenClientAsync(0, default), await cluster.OpenClientAsync(1, default) };
            await Until(
                world,
                async () => (await clients[0].InvokeAsync(new(0, Function.Write, "x", 1), default)).Type == OperationType.Ok);
            var crash = await ((IKillable)cluster).KillAsync(0, CrashKind.PowerLoss);
            await crash.DisposeAsync();
            await Until(
                world,
                async () => (await clients[1].InvokeAsync(new(1, Function.Write, "y", "two"), default)).Type == OperationType.Ok);
            await Until(
                world,
                async () => (await clients[0].InvokeAsync(new(0, Function.Read, "y", default), default)) is { Type: OperationType.Ok } read &&
                    read.Value == "two");
        });
        Assert.True(world.MessagesDelivered > 0);
    }

    [Fact]
    public void Asynchronous_code_comes_back_to_the_thread_of_the_run()
    {
        var world = new RealTimeWorld(1);
        var thread = Environment.CurrentManagedThreadId;
        world.Run(async () =>
        {
            await Task.Run(static () => { });
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Task.Yield();
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        });
    }

    [Fact]
    public void A_disposed_world_has_let_go_of_its_ports()
    {
        var ports = new List<int>();
        TestRun.Play(new RealTimeWorld(1), async run =>
        {
            await run.OpenAsync(0);
            ports.AddRange(Enumerable.Range(0, 3).Select(i => ((RealTimeCluster)run.Cluster).HostOf(EndpointId.Node(i))!.Port));
            Assert.DoesNotContain(0, ports);
        });
        foreach (var port in ports)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            Assert.Throws<System.Net.Sockets.SocketException>(() => socket.Connect(System.Net.IPAddress.Loopback, port));
        }
    }

    [Fact]
    public void Rejects_a_world_used_from_another_thread()
    {
        var world = new RealTimeWorld(1);
        world.Run(async () =>
            await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => world.After(1, static () => { }))));
    }

    private static async Task Until(RealTimeWorld world, Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            Assert.True(world.Now < 60_000_000_000, "waited in vain");
            await world.Delay(5_000_000);
        }
    }
}
