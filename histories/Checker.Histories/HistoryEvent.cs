using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>One line of a history, self-contained: what the runner publishes and recorders write.</summary>
/// <param name="Index">The position in the history, from 0.</param>
/// <param name="Time">Nanoseconds since the start of the run.</param>
/// <param name="Process">The process, from 0; <see cref="NemesisProcess"/> is the nemesis.</param>
/// <param name="Type">What the event says.</param>
/// <param name="F">The name of the function, or of the fault.</param>
/// <param name="Key">The object; null is the single object of a history without keys.</param>
/// <param name="Value">The argument (invoke) or the result (ok).</param>
/// <param name="Error">Why it failed, or why its outcome is unknown; null if there is nothing to say.</param>
public readonly record struct HistoryEvent(
    long Index, long Time, int Process, EventType Type, string F, Value Key, Value Value, string? Error = null)
{
    /// <summary>The process number of the nemesis, written <c>"nemesis"</c> in files.</summary>
    public const int NemesisProcess = -1;

    /// <summary>Whether the event is the nemesis's.</summary>
    public bool IsNemesis => Process == NemesisProcess;
}
