using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>A line of the nemesis: a fault begins, ends or is described.</summary>
/// <param name="Position">The position among all events of the history.</param>
/// <param name="Time">Nanoseconds since the start of the run; −1 if the file has no times.</param>
/// <param name="Type">The type of the event, as a rule <see cref="EventType.Info"/>.</param>
/// <param name="F">The fault, such as <c>start-partition</c>.</param>
/// <param name="Value">Its details.</param>
/// <param name="Error">What went wrong with it, or null.</param>
public sealed record NemesisEvent(int Position, long Time, EventType Type, string F, Value Value, string? Error);
