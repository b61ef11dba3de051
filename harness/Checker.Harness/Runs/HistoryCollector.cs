using System.Diagnostics;
using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>Keeps the events of a run in memory, as the history to be checked.</summary>
internal sealed class HistoryCollector(DataType type, HistoryHeader header) : IObserver<HistoryEvent>
{
    private readonly HistoryBuilder _builder = new(type) { Header = header };

    /// <summary>The history so far. Nothing may be added afterwards.</summary>
    public History Build() => _builder.Build();

    public void OnNext(HistoryEvent value)
    {
        if (_builder.Add(value) is { } problem) throw new UnreachableException(
            $"the runner made a history that breaks its own rules: {problem}");
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }
}
