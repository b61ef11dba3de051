using System.Diagnostics;
using Checker.Harness.Worlds;
using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Runs;

/// <summary>
/// Runs a plan: sets up, generates, breaks, records, heals, reads for the last time, closes. One algorithm for every world.
/// </summary>
public static class Run
{
    /// <summary>Runs a plan in a world that is used for nothing else, on the calling thread.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="world">Where; it must have been made with the plan's seed. The caller disposes it.</param>
    /// <param name="observers">Who is told meanwhile.</param>
    /// <param name="cancellation">Stops early: faults are healed and open operations ended, but nothing more is read.</param>
    /// <returns>The result; a target that could not be set up or broke down is one too.</returns>
    /// <exception cref="ArgumentException">The plan makes no sense; nothing was run.</exception>
    public static RunResult Execute(RunPlan plan, IWorld world, RunObservers? observers = null, CancellationToken cancellation = default)
    {
        plan.Validate();
        observers ??= RunObservers.None;
        var deployment = plan.Configure();
        var wall = Stopwatch.StartNew();
        using var stream = new HistoryStream(() => world.Now);
        using var meter = new ProgressMeter();
        var recording = new HistoryCollector(plan.Workload.Type, HeaderOf(plan, deployment));
        using var collecting = stream.Subscribe(recording);
        using var measuring = stream.Subscribe(meter);
        using var telling = observers.Progress is { } progress ? meter.Subscribe(progress) : null;
        var subscriptions = observers.Events.Select(stream.Subscribe).ToArray();
        using var session = new RunSession(plan, world, deployment, stream, meter, observers.Log, cancellation);
        var error = Play(session, world);
        stream.Complete();
        foreach (var subscription in subscriptions) subscription.Dispose();
        if (stream.Failure is { } failure) error = $"an observer of the history failed: {failure.Message}";

        var whole = new Dictionary<string, RunCounts>(meter.CountsByFunction);
        return new RunResult
        {
            Plan = plan,
            End = error is not null ? RunEnd.Failed : session.WasCancelled ? RunEnd.Cancelled : RunEnd.Completed,
            Error = error,
            History = recording.Build(),
            Counts = meter.Counts,
            CountsByFunction = whole,
            Faults = session.Faults,
            Vacuity = Vacuity.Of(plan.Nemeses, session.Faults, session.MainCounts, whole, plan.Workload.Type),
            Liveness = session.Liveness,
            Logs = session.Logs,
            Models = ModelsOf(plan, deployment),
            RunTime = world.Now,
            WallTime = wall.Elapsed,
            Messages = (world as IMessageCounter)?.MessagesDelivered,
            ReplayCommand = ReplayCommand.Of(plan),
        };
    }

    /// <summary>
    /// Runs a plan in a world made for it, and if the plan says so a second time in another one, to see whether the histories are the same.
    /// </summary>
    /// <param name="plan">What to run.</param>
    /// <param name="worlds">Makes the world of a seed.</param>
    /// <param name="observers">Who is told meanwhile; of the first run only.</param>
    /// <param name="cancellation">Stops early; a run that was stopped is not repeated.</param>
    /// <exception cref="ArgumentException">The plan makes no sense; nothing was run.</exception>
    public static RunResult Execute(
        RunPlan plan, Func<long, IWorld> worlds, RunObservers? observers = null, CancellationToken cancellation = default)
    {
        if (!plan.VerifyDeterminism) return ExecuteOnce(plan, worlds, observers, cancellation);
        observers ??= RunObservers.None;
        var header = HeaderOf(plan);
        using var first = new HistoryDigest(header);
        var result = ExecuteOnce(plan, worlds, observers with { Events = [.. observers.Events, first] }, cancellation);
        if (result.End == RunEnd.Cancelled) return result;
        using var second = new HistoryDigest(header);
        ExecuteOnce(plan, worlds, RunObservers.None with { Events = [second] }, cancellation);
        return result with { Determinism = first.DifferencesFrom(second) };
    }

    /// <summary>The header of the history of a plan; known before the run, so that a file can begin with it.</summary>
    /// <exception cref="ArgumentException">The plan makes no sense.</exception>
    public static HistoryHeader HeaderOf(RunPlan plan) => HeaderOf(plan, plan.Configure());

    private static RunResult ExecuteOnce(RunPlan plan, Func<long, IWorld> worlds, RunObservers? observers, CancellationToken cancellation)
    {
        var world = worlds(plan.Seed);
        try
        {
            return Execute(plan, world, observers, cancellation);
        }
        finally
        {
            world.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static HistoryHeader HeaderOf(RunPlan plan, Deployment deployment)
    {
        var other = new List<KeyValuePair<string, Value>>
        {
            new("world", plan.World),
            new("nemesis", Value.List([.. plan.Nemeses.Select(nemesis => Value.String(nemesis.Name))])),
            new("time-limit", Durations.Text(plan.TimeLimit)),
            new("rate", Value.Decimal(plan.WorkloadOptions.Rate)),
        };
        if (plan.Settings.Count > 0)
        {
            other.Add(
                new("settings", Value.Map(plan.Settings.Select(s => KeyValuePair.Create(Value.String(s.Key), Value.String(s.Value))))));
        }

        if (plan.Bugs.Count > 0) other.Add(new("bugs", Value.List([.. plan.Bugs.Select(Value.String)])));
        return new HistoryHeader
        {
            Type = plan.Workload.Type.Name,
            Target = plan.Target.Name,
            Workload = plan.Workload.Name,
            Seed = plan.Seed,
            Nodes = [.. Enumerable.Range(0, deployment.Nodes).Select(node => EndpointId.Node(node).ToString())],
            Concurrency = plan.Concurrency,
            Other = other,
        };
    }

    private static IReadOnlyList<string> ModelsOf(RunPlan plan, Deployment deployment)
    {
        var claims = deployment.Claims(plan.Workload.Type);
        return claims.Count > 0 ? claims : plan.Workload.Models;
    }

    // Says what went wrong with the target; what is wrong with the plan or with Checker itself is thrown.
    private static string? Play(RunSession session, IWorld world)
    {
        try
        {
            world.Run(session.PlayAsync);
            return null;
        }
        catch (Exception e) when (e is RunFailedException or NodeFailedException)
        {
            TearDown(session, world);
            return e.Message;
        }
        catch
        {
            TearDown(session, world);
            throw;
        }
    }

    // A world in which nodes throw may have to be tried again: each of them may do it once more.
    private static void TearDown(RunSession session, IWorld world)
    {
        session.Abandon();
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                world.Run(session.TearDownAsync);
                return;
            }
            catch (NodeFailedException)
            {
            }
            catch (InvalidOperationException)
            {
                // Nothing happens any more in this world, so there is nothing left to close.
                return;
            }
        }
    }
}
