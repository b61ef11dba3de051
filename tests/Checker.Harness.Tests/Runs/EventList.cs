using Checker.Histories;

namespace Checker.Harness.Tests.Runs;

/// <summary>Remembers every event.</summary>
internal sealed class EventList : IObserver<HistoryEvent>
{
    public List<HistoryEvent> Items { get; } = [];

    public bool IsCompleted { get; private set; }

    public Action<HistoryEvent> OnEvent { get; init; } = _ => { };

    public void OnNext(HistoryEvent value)
    {
        Items.Add(value);
        OnEvent(value);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted() => IsCompleted = true;
}
