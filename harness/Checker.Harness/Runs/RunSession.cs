using Checker.Harness.Nemeses;
using Checker.Harness.Worlds;
using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Runs;

/// <summary>
/// One run from set-up to teardown, on the run's thread. Whatever happens, faults are healed, open operations get their completion, and
/// clients and cluster are closed.
/// </summary>
internal sealed class RunSession(
    RunPlan plan, IWorld world, Deployment deployment, HistoryStream stream, ProgressMeter meter, Action<string>? log,
        CancellationToken cancellation)
    : IDisposable
{
    private const long TickInterval = 250_000_000;
    private const int TicksPerSnapshot = 4;
    private const long PatienceWithTheTarget = 60 * Intervals.Second;

    private readonly List<RunFinding> _liveness = [];
    private ICluster? _cluster;
    private ClientThread[] _clients = [];
    private NemesisThread? _nemesis;
    private OperationLoop? _loop;
    private ITimerHandle? _tick;
    private RunPhase _phase = RunPhase.Setup;
    private long _phaseDeadline;
    private long _mainEnd;
    private int _ticks;

    /// <summary>The log of each node; empty if the cluster keeps none.</summary>
    public IReadOnlyList<IReadOnlyList<LogLine>> Logs { get; private set; } = [];

    /// <summary>What the cluster failed to do once everything was healed.</summary>
    public IReadOnlyList<RunFinding> Liveness => _liveness;

    /// <summary>Every fault that is over.</summary>
    public IReadOnlyList<FaultReport> Faults => _nemesis?.Reports ?? [];

    /// <summary>The operations of the main phase alone.</summary>
    public IReadOnlyDictionary<string, RunCounts> MainCounts { get; private set; } = new Dictionary<string, RunCounts>();

    /// <summary>Whether the user stopped it before its end.</summary>
    public bool WasCancelled { get; private set; }

    private bool MustStop
    {
        get
        {
            WasCancelled |= _phase < RunPhase.Teardown && cancellation.IsCancellationRequested;
            return stream.Failure is not null || WasCancelled;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loop?.Dispose();

    /// <summary>Plays all phases.</summary>
    public async Task PlayAsync()
    {
        try
        {
            Enter(RunPhase.Setup, 0);
            Tick();
            if (!MustStop) await SetUpAsync();
            if (!MustStop) await PlayMainAsync();
            if (!MustStop) await RecoverAsync();
            if (!MustStop) await ReadFinallyAsync();
        }
        finally
        {
            await TearDownAsync();
        }
    }

    /// <summary>Gives every open operation its completion. For a world that broke down; needs no time.</summary>
    public void Abandon() => _loop?.AbandonAll("abandoned: the run ended");

    /// <summary>
    /// Heals and closes everything, also if a phase was left in the middle. Says what could not be closed; throws nothing.
    /// </summary>
    public async Task<string?> TearDownAsync()
    {
        string? error = null;
        Enter(RunPhase.Teardown, 0);
        try
        {
            if (_nemesis is not null) await _nemesis.StopAsync();
            Abandon();
            foreach (var client in _clients) await client.CloseAsync();
            if (_cluster is ILogged logged) Logs = [.. Enumerable.Range(0, _cluster.Nodes.Count).Select(logged.LogOf)];
            if (_cluster is not null) await _cluster.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            error = $"the cluster could not be closed: {e.Message}";
        }

        _cluster = null;
        _clients = [];
        _tick?.Cancel();
        _phase = RunPhase.Done;
        meter.Tick(_phase, world.Now, 0, []);
        return error;
    }

    private async Task SetUpAsync()
    {
        try
        {
            _cluster = world.Deploy(deployment);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ArgumentException))
        {
            throw new RunFailedException($"the target \"{plan.Target.Name}\" could not be set up: {e.Message}", e);
        }

        foreach (var nemesis in plan.Nemeses)
        {
            if (nemesis.CanHarm(_cluster)) continue;
            throw new ArgumentException(
                $"nemesis \"{nemesis.Name}\" needs {nemesis.Requires}, which the target \"{plan.Target.Name}\" in the world " +
                $"\"{world.Name}\" does not have");
        }

        _clients = [.. Enumerable.Range(0, plan.Concurrency).Select(thread => new ClientThread(thread, _cluster))];
        foreach (var client in _clients)
        {
            try
            {
                await client.OpenAsync(cancellation);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new RunFailedException($"the target \"{plan.Target.Name}\" could not be reached: {e.Message}", e);
            }
        }

        _nemesis = new NemesisThread(
            world, _cluster, plan.Concurrency, (f, value, error) =>
                stream.Publish(HistoryEvent.NemesisProcess, EventType.Info, f, default, value, error));
        _loop = new OperationLoop(world, plan.Workload.Type, stream, _clients, log);
    }

    private async Task PlayMainAsync()
    {
        Enter(RunPhase.Main, plan.TimeLimit);
        _mainEnd = world.Now + plan.TimeLimit;
        var schedule = plan.Schedule ?? NemesisSchedule.Draw(
            plan.Nemeses, plan.NemesisOptions, plan.TimeLimit, world.Random.Split("nemesis"));
        _nemesis!.Start(schedule);
        await _loop!.PlayAsync(plan.Workload.Main(plan.WorkloadOptions), plan.TimeLimit);
        await _nemesis.StopAsync();
        await _loop.DrainAsync(plan.DrainLimit);
        MainCounts = new Dictionary<string, RunCounts>(meter.CountsByFunction);
    }

    private async Task RecoverAsync()
    {
        Enter(RunPhase.Recovery, plan.RecoveryLimit + plan.SettleTime);
        await _loop!.PlayAsync(new RecoveryProbe(plan.Workload.Probe, plan.Concurrency), plan.RecoveryLimit);
        await _loop.DrainAsync(plan.DrainLimit);
        if (MustStop) return;
        foreach (var thread in Enumerable.Range(0, plan.Concurrency).Except(_loop.Succeeded))
        {
            _liveness.Add(new RunFinding(
                "no-recovery",
                $"client {thread} had no operation succeed within {Durations.Text(plan.RecoveryLimit)} after all faults were healed" +
                (_clients[thread].LastError is { } error ? $"; the last error was: {error}" : "")));
        }

        await world.Delay(plan.SettleTime);
    }

    private async Task ReadFinallyAsync()
    {
        Enter(RunPhase.FinalReads, plan.FinalReadsLimit);
        await _loop!.PlayAsync(plan.Workload.Final(_loop.Keys), plan.FinalReadsLimit);
        await _loop.DrainAsync(plan.DrainLimit);
        if (MustStop) return;
        foreach (var thread in Enumerable.Range(0, plan.Concurrency).Except(_loop.Succeeded))
        {
            _liveness.Add(new RunFinding(
                "no-final-reads",
                $"no final read of client {thread} succeeded, although all faults were healed" +
                (_clients[thread].LastError is { } error ? $"; the last error was: {error}" : "")));
        }
    }

    private void Enter(RunPhase phase, long limit)
    {
        _phase = phase;
        _phaseDeadline = world.Now + limit + plan.DrainLimit + PatienceWithTheTarget;
    }

    private void Tick()
    {
        if (_phase is RunPhase.Teardown or RunPhase.Done) return;
        _tick = world.After(TickInterval, Tick);
        if (_ticks++ % TicksPerSnapshot == 0)
        {
            meter.Tick(_phase, world.Now, _phase == RunPhase.Main ? Math.Max(0, _mainEnd - world.Now) : 0, _nemesis?.InForce ?? []);
        }

        if (MustStop) _loop?.EndPhase();
        if (world.Now > _phaseDeadline)
        {
            throw new RunFailedException(
                $"the target did not let the phase \"{_phase}\" end in time: opening, healing or closing it hangs");
        }
    }
}
