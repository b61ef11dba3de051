using Checker.Harness.Simulation;
using Checker.Harness.Worlds;
using Checker.Targets.Faults;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run() => Assert.Equal(Trace(7, 3), Trace(7, 3));

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(Trace(7, 3), Trace(8, 3));

    [Fact]
    public void The_same_seed_gives_the_same_run_beside_other_runs_on_other_threads()
    {
        var alone = Trace(7, 3);
        var traces = new string[8];
        Parallel.For(0, traces.Length, i => traces[i] = Trace(7, 3));
        Assert.All(traces, trace => Assert.Equal(alone, trace));
    }

    [Fact]
    public void Another_client_does_not_change_what_the_first_one_sees()
    {
        static string OfFirst(int clients) => Scenario(7, clients, faults: false, out _)[0];
        Assert.Equal(OfFirst(1), OfFirst(5));
    }

    [Fact]
    public void The_fingerprint_tells_runs_apart()
    {
        _ = Scenario(7, 3, faults: true, out var first);
        _ = Scenario(7, 3, faults: true, out var second);
        _ = Scenario(8, 3, faults: true, out var other);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    private static string Trace(long seed, int clients) => string.Join('\n', Scenario(seed, clients, faults: true, out _));

    // What each client received, and when.
    private static string[] Scenario(long seed, int clients, bool faults, out ulong fingerprint)
    {
        var world = new SimulatedWorld(seed);
        var traces = new string[clients];
        world.Run(async () =>
        {
            var cluster = world.Deploy(new ProbeStore(3));
            var probes = new ProbeClient[clients];
            for (var i = 0; i < clients; i++)
            {
                var trace = new List<string>();
                var probe = (ProbeClient)await cluster.OpenClientAsync(i, CancellationToken.None);
                probe.Endpoint.OnReceive = (from, message) => trace.Add($"{world.Now} {from} {message}");
                probes[i] = probe;
                var index = i;
                world.After(2_000_000_000, () => traces[index] = string.Join('\n', trace));
            }

            for (var round = 0; round < 200; round++)
            {
                if (faults && round == 50) await ((ILinkDegradable)cluster).DegradeAsync(
                    [TestRun.Between(0, 1)], new LinkQuality(1000, 100_000, 0.1, 0.1, 0.1));
                if (faults && round == 100) await ((IKillable)cluster).KillAsync(1, CrashKind.PowerLoss);
                foreach (var probe in probes)
                {
                    probe.Send(round % 3, new Ping(round));
                    probe.Send(2, new SetAlarm(round, 1_000));
                    if (!faults) continue; // what follows shares state or a disk with the other clients
                    probe.Send(0, new Relay(round, 1));
                    probe.Send(0, new Increment(round, Sync: true));
                    probe.Send(1, new GetNotes(round));
                }

                await world.Delay(1_000_000 + world.Random.Next(1_000));
            }

            await world.Delay(2_000_000_000);
        });
        fingerprint = world.Fingerprint;
        Assert.All(traces, Assert.NotNull);
        return traces;
    }
}
