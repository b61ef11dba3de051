using System.Reactive.Subjects;
using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>Follows the events of a run and says how it goes whenever it is asked to. From one thread only.</summary>
public sealed class ProgressMeter : IObserver<HistoryEvent>, IObservable<RunProgress>, IDisposable
{
    private readonly Subject<RunProgress> _snapshots = new();
    private readonly Dictionary<int, long> _open = [];
    private readonly Dictionary<string, RunCounts> _byFunction = [];
    private readonly LatencyHistogram _latency = new();
    private RunCounts _counts;
    private long _lastCompleted;
    private long _lastTime;

    /// <summary>Operations so far.</summary>
    public RunCounts Counts => _counts;

    /// <summary>Operations so far, by function.</summary>
    public IReadOnlyDictionary<string, RunCounts> CountsByFunction => _byFunction;

    /// <inheritdoc/>
    public IDisposable Subscribe(IObserver<RunProgress> observer) => _snapshots.Subscribe(observer);

    /// <inheritdoc/>
    public void OnNext(HistoryEvent value)
    {
        if (value.IsNemesis) return;
        if (value.Type == EventType.Invoke)
        {
            _open[value.Process] = value.Time;
            return;
        }

        _counts = _counts.With(value.Type);
        _byFunction[value.F] = _byFunction.GetValueOrDefault(value.F).With(value.Type);
        if (_open.Remove(value.Process, out var invoked) && value.Type == EventType.Ok) _latency.Add(value.Time - invoked);
    }

    /// <inheritdoc/>
    public void OnError(Exception error) => _snapshots.OnError(error);

    /// <inheritdoc/>
    public void OnCompleted() => _snapshots.OnCompleted();

    /// <summary>Takes a snapshot and tells the subscribers.</summary>
    public void Tick(RunPhase phase, long time, long timeLeft, IReadOnlyList<string> faults)
    {
        var elapsed = time - _lastTime;
        var rate = elapsed > 0 ? (_counts.Total - _lastCompleted) * 1e9 / elapsed : 0;
        _snapshots.OnNext(new RunProgress(phase, time, timeLeft, _counts, _open.Count, rate, _latency.Quantiles(), [.. faults]));
        _lastTime = time;
        _lastCompleted = _counts.Total;
        _latency.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _snapshots.Dispose();
}
