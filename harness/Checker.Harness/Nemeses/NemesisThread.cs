using Checker.Harness.Worlds;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Nemeses;

/// <summary>
/// Plays a schedule: injects each fault at its time, heals it at its time, and says both to the history. Lives on the run's thread. A fault
/// that cannot be injected or healed is reported, not thrown.
/// </summary>
/// <param name="world">Where the time comes from.</param>
/// <param name="cluster">What is harmed.</param>
/// <param name="clients">The number of clients.</param>
/// <param name="publish">Takes each event: its function, value and error.</param>
public sealed class NemesisThread(IWorld world, ICluster cluster, int clients, Action<string, Value, string?> publish)
{
    private readonly List<FaultReport> _reports = [];
    private readonly List<string> _inForce = [];
    private readonly List<Wait> _waits = [];
    private readonly List<Task> _timelines = [];
    private bool _stopping;

    /// <summary>The faults that are over, in the order of their ends.</summary>
    public IReadOnlyList<FaultReport> Reports => _reports;

    /// <summary>The names of the faults now in force.</summary>
    public IReadOnlyList<string> InForce => _inForce;

    /// <summary>Begins; the times of the schedule count from now.</summary>
    public void Start(NemesisSchedule schedule)
    {
        var origin = world.Now;
        foreach (var timeline in schedule.Timelines) _timelines.Add(PlayAsync(timeline, origin));
    }

    /// <summary>Heals what is in force and injects nothing more. Done when everything is healed.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        foreach (var wait in _waits.ToArray()) wait.End();
        foreach (var timeline in _timelines) await timeline;
    }

    private async Task PlayAsync(FaultTimeline timeline, long origin)
    {
        for (var i = 0; i < timeline.Periods.Count && !_stopping; i++)
        {
            var period = timeline.Periods[i];
            await UntilAsync(origin + period.Start);
            if (_stopping) return;
            var context = new NemesisContext(cluster, clients, world.Random.Split("nemesis").Split(timeline.Nemesis.Name, i), world.After);
            var start = world.Now;
            Injection? injection;
            try
            {
                injection = await timeline.Nemesis.InjectAsync(context);
            }
            catch (Exception e) when (IsOperating(e))
            {
                publish("start-" + timeline.Nemesis.Name, Value.Null, e.Message);
                publish("stop-" + timeline.Nemesis.Name, Value.Null, "it was never in force");
                _reports.Add(
                    new FaultReport(timeline.Nemesis.Name, timeline.Nemesis.Name, Value.Null, start, world.Now, default, e.Message));
                continue;
            }

            if (injection is null) continue;
            publish("start-" + injection.Fault, injection.Details, null);
            _inForce.Add(injection.Fault);
            await UntilAsync(origin + period.Stop);
            await HealAsync(timeline.Nemesis, injection, start);
        }
    }

    private async Task HealAsync(INemesis nemesis, Injection injection, long start)
    {
        string? error = null;
        try
        {
            await injection.InForce.DisposeAsync();
        }
        catch (Exception e) when (IsOperating(e))
        {
            error = "could not be healed: " + e.Message;
        }

        var evidence = injection.InForce.Evidence;
        _inForce.Remove(injection.Fault);
        publish("stop-" + injection.Fault, Describe(evidence), error);
        _reports.Add(new FaultReport(nemesis.Name, injection.Fault, injection.Details, start, world.Now, evidence, error));
    }

    private Task UntilAsync(long time)
    {
        if (_stopping || time <= world.Now) return Task.CompletedTask;
        var wait = new Wait(_waits);
        wait.Timer = world.After(time - world.Now, wait.End);
        return wait.Task;
    }

    private static Value Describe(Evidence evidence) => Value.Map(
    [
        KeyValuePair.Create(Value.String("hits"), Value.Integer(evidence.Hits)),
        KeyValuePair.Create(Value.String("what"), Value.String(evidence.What ?? "")),
    ]);

    private static bool IsOperating(Exception e) => e is not OutOfMemoryException;

    /// <summary>A wait for a time that can be cut short.</summary>
    private sealed class Wait
    {
        private readonly TaskCompletionSource _done = new();
        private readonly List<Wait> _waits;

        public Wait(List<Wait> waits)
        {
            _waits = waits;
            waits.Add(this);
        }

        public ITimerHandle? Timer { get; set; }

        public Task Task => _done.Task;

        public void End()
        {
            if (!_waits.Remove(this)) return;
            Timer?.Cancel();
            _done.SetResult();
        }
    }
}
