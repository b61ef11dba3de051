using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>One operation of a history, as a convenient copy of its columns. For reports and explanations; hot paths read the columns.</summary>
/// <param name="Index">Its number: operations are numbered from 0 by invocation.</param>
/// <param name="Process">The process that invoked it.</param>
/// <param name="Type">How it ended.</param>
/// <param name="Function">What it does.</param>
/// <param name="Key">The number of its object, see <see cref="History.KeyName"/>.</param>
/// <param name="Input">The value of its invocation.</param>
/// <param name="Output">The value of its completion; null if it never completed.</param>
/// <param name="Invoke">The position of its invocation among all events.</param>
/// <param name="Complete">The position of its completion, whatever its type; <see cref="History.Never"/> if there is none.</param>
/// <param name="InvokeTime">Nanoseconds since the start; −1 if unknown.</param>
/// <param name="CompleteTime">Nanoseconds since the start; −1 if unknown or never.</param>
public readonly record struct Operation(
    int Index,
    int Process,
    OperationType Type,
    Function Function,
    int Key,
    ValueId Input,
    ValueId Output,
    int Invoke,
    int Complete,
    long InvokeTime,
    long CompleteTime);
