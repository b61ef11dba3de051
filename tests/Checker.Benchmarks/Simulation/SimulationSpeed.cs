using System.Diagnostics;
using System.Globalization;
using Checker.Harness.Simulation;
using Checker.Harness.Worlds;
using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Nodes;
using Checker.Targets.Stores;

namespace Checker.Benchmarks.Simulation;

/// <summary>
/// Messages per second of the simulated world on one core: 20 clients in a closed loop on five nodes, first on a plain replicating node that costs next to
/// nothing itself, then on every bundled store. Arguments: virtual seconds for the plain node (default 60), seconds for a store (default 20).
/// </summary>
internal static class SimulationSpeed
{
    private const int Clients = 20;

    public static int Run(string[] args)
    {
        var plain = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
        var store = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        Console.WriteLine($"{"5 nodes, 20 clients",-22} {"virtual s",9} {"wall s",8} {"CPU s",8} {"messages",11} {"per CPU s",11} {"events",11} " +
            $"{"bytes/message",14} {"ops",9}");
        _ = Measure(new PlainDeployment(), 1); // warms up
        Print("plain", plain, Measure(new PlainDeployment(), plain));
        foreach (var target in StoreCatalogue.All)
        {
            _ = Measure(target.Configure(DeploymentOptions.Plain(5)), 1);
            Print(target.Name, store, Measure(target.Configure(DeploymentOptions.Plain(5)), store));
        }

        return 0;
    }

    private static void Print(string name, int seconds, Figures f) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-22} {seconds,9} {f.Seconds,8:0.00} {f.Cpu,8:0.00} {f.Messages,11} {f.Messages / f.Cpu,11:0} {f.Events,11} " +
            $"{(double)f.Bytes / f.Messages,14:0.0} {f.Operations,9}"));

    private static Figures Measure(Deployment deployment, int seconds)
    {
        var world = new SimulatedWorld(1);
        var operations = 0L;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        world.Run(async () =>
        {
            var cluster = world.Deploy(deployment);
            var workers = new Task[Clients];
            for (var i = 0; i < Clients; i++) workers[i] = Work(await cluster.OpenClientAsync(i, CancellationToken.None), i);
            await Task.WhenAll(workers);
        });
        cpu = Environment.CpuUsage.TotalTime - cpu; // of the whole process: collector and compiler included
        return new(clock.Elapsed.TotalSeconds, cpu.TotalSeconds, world.MessagesDelivered, world.EventsPlayed, GC.GetAllocatedBytesForCurrentThread() - bytes,
            operations);

        async Task Work(IClient client, int process)
        {
            for (var i = 0; world.Now < seconds * 1_000_000_000L; i++)
            {
                var invocation = i % 2 == 0
                    ? new Invocation(process, Function.Write, i % 8, i)
                    : new Invocation(process, Function.Read, i % 8, default);
                var completion = await client.InvokeAsync(invocation, CancellationToken.None);
                operations++;
                if (completion.Type != OperationType.Ok) await world.Delay(1_000_000);
            }
        }
    }

    private readonly record struct Figures(double Seconds, double Cpu, long Messages, long Events, long Bytes, long Operations);
}
