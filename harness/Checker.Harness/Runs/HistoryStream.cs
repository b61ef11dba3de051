using System.Diagnostics;
using System.Reactive.Subjects;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Runs;

/// <summary>
/// The events of a run, as they happen: numbers them, gives them their time, and hands them to every subscriber in order. A subscriber that
/// throws is not called again; the first such failure is kept, for the run to end on.
/// </summary>
/// <param name="now">The clock of the run.</param>
internal sealed class HistoryStream(Func<long> now) : IObservable<HistoryEvent>, IDisposable
{
    private readonly Subject<HistoryEvent> _events = new();
    private long _next;

    /// <summary>What the first subscriber to fail threw; null if none has.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public IDisposable Subscribe(IObserver<HistoryEvent> observer) => _events.Subscribe(new Guard(observer, this));

    /// <summary>An event happens now.</summary>
    public HistoryEvent Publish(int process, EventType type, string f, Value key, Value value, string? error)
    {
        var e = new HistoryEvent(_next++, now(), process, type, f, key, value, error);
        _events.OnNext(e);
        return e;
    }

    /// <summary>No more events.</summary>
    public void Complete() => _events.OnCompleted();

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private sealed class Guard(IObserver<HistoryEvent> observer, HistoryStream stream) : IObserver<HistoryEvent>
    {
        private bool _failed;

        public void OnNext(HistoryEvent value)
        {
            if (_failed) return;
            try
            {
                observer.OnNext(value);
            }
            catch (Exception e) when (e is not (OutOfMemoryException or UnreachableException))
            {
                Fail(e);
            }
        }

        public void OnError(Exception error) => End(() => observer.OnError(error));

        public void OnCompleted() => End(observer.OnCompleted);

        private void End(Action tell)
        {
            if (_failed) return;
            try
            {
                tell();
            }
            catch (Exception e) when (e is not (OutOfMemoryException or UnreachableException))
            {
                Fail(e);
            }
        }

        private void Fail(Exception e)
        {
            _failed = true;
            stream.Failure ??= e;
        }
    }
}
