using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>An operation that a generator wants started now, or a line it wants logged.</summary>
/// <param name="Kind">Whether it is an operation or a log line.</param>
/// <param name="Time">When: the time of the context it was generated in, in nanoseconds since the start of the run.</param>
/// <param name="Thread">The thread that runs it; <see cref="GeneratorContext.Nemesis"/> is the nemesis.</param>
/// <param name="Process">The process that the thread now is; for the nemesis, <see cref="HistoryEvent.NemesisProcess"/>.</param>
/// <param name="F">The name of the function or of the fault; of a log line, its text.</param>
/// <param name="Key">The object; null if there is a single one.</param>
/// <param name="Value">The argument.</param>
public readonly record struct GeneratedOperation(
    GeneratedKind Kind, long Time, int Thread, int Process, string F, Value Key, Value Value)
{
    /// <summary>Whether it is to be run by a thread; a log line is not, and nobody is told of it.</summary>
    public bool IsInvocation => Kind == GeneratedKind.Invoke;

    /// <summary>Whether it is the nemesis's.</summary>
    public bool IsNemesis => Thread == GeneratorContext.Nemesis;

    /// <summary>What it does, without thread and time.</summary>
    public OperationTemplate Template => new(F, Value, Key);

    /// <summary>The event that says that it begins; the nemesis's are <see cref="EventType.Info"/>.</summary>
    /// <param name="index">The position in the history.</param>
    public HistoryEvent ToEvent(long index) => new(index, Time, Process, IsNemesis ? EventType.Info : EventType.Invoke, F, Key, Value);
}

/// <summary>What is generated.</summary>
public enum GeneratedKind : byte
{
    /// <summary>An operation for a thread.</summary>
    Invoke,

    /// <summary>A line for the log; takes no thread, is not part of the history, and is not counted by any limit.</summary>
    Log,
}
